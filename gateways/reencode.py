"""Makes a harmless JPEG out of whatever is sent, as a program of its own: picture in, picture out.

Run by :mod:`gateways.darkroom` with ``python -I``. A picture is a program for its decoder, so it is
decoded where it can waste or break nothing but this process. Imports nothing of ours, to be quick.
"""

import io
import resource
import sys
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 25_000_000
MAX_MEMORY = 768 * 1024 * 1024
MAX_CPU_SECONDS = 20
SIDE = 1600
"""Pixels of the longer side at most."""

BAD = (
    UnidentifiedImageError,
    Image.DecompressionBombWarning,
    Image.DecompressionBombError,
    MemoryError,
    OSError,
    ValueError,
    SyntaxError,  # of a broken PNG
)
REFUSED = 3
"""Exit code for what is not such a picture."""


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_SECONDS, MAX_CPU_SECONDS))
    try:
        sys.stdout.buffer.write(reencoded(sys.stdin.buffer.read()))
    except BAD as error:
        sys.stderr.write(f"{type(error).__name__}: {error}")
        return REFUSED
    return 0


def reencoded(content: bytes) -> bytes:
    """The picture upright, without metadata and what is glued on. Raises what Pillow raises."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    with Image.open(io.BytesIO(content), formats=FORMATS) as image:
        # Lets a JPEG decode at a smaller scale; others are decoded whole.
        image.draft("RGB", (SIDE, SIDE))
        upright = ImageOps.exif_transpose(image)
    upright.thumbnail((SIDE, SIDE))
    clean = Image.new("RGB", upright.size, "white")
    visible = upright.convert("RGBA")
    clean.paste(visible, mask=visible.getchannel("A"))
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=86)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
