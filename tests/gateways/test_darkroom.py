import io
import struct
import zlib

import pytest
from PIL import Image

from gateways.darkroom import Darkroom, clean
from market.domain.errors import Invalid


def picture(format_: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 200 if mode == "L" else None).save(out, format_, **options)
    return out.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check


def png_that_claims(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


async def test_what_a_camera_writes_into_a_photo_does_not_leave() -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    told = picture("JPEG", exif=exif, comment=b"by me") + b"glued on"
    assert b"taken at home" in told
    harmless = await clean(told)
    assert not any(word in harmless for word in (b"taken at home", b"by me", b"glued on", b"Exif"))


async def test_a_photo_held_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = Image.open(io.BytesIO(await clean(picture("JPEG", (40, 30), exif=exif))))
    assert turned.size == (30, 40)


@pytest.mark.parametrize(
    ("format_", "mode"),
    [("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"), ("WEBP", "RGB")],
)
async def test_every_allowed_kind_becomes_a_jpeg(format_: str, mode: str) -> None:
    clean_one = Image.open(io.BytesIO(await clean(picture(format_, mode=mode))))
    assert (clean_one.format, clean_one.mode, clean_one.size) == ("JPEG", "RGB", (40, 30))


async def test_a_large_picture_becomes_a_handy_one() -> None:
    clean_one = Image.open(io.BytesIO(await clean(picture("JPEG", (4000, 3000)))))
    assert clean_one.size == (1600, 1200)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture at all",
        picture("JPEG")[:200],
        picture("GIF"),
        picture("TIFF"),
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        picture("PNG", (6000, 5000), mode="1"),
        png_that_claims(60_000, 60_000),
        png_that_claims(4999, 5000),
    ],
    ids=[
        "nothing",
        "text",
        "half a picture",
        "a kind not allowed",
        "another",
        "a program",
        "a drawing",
        "more pixels than anybody needs",
        "a bomb",
        "a bomb within the limit, cut short",
    ],
)
async def test_what_is_no_proper_picture_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid, match=r"photo"):
        await clean(content)


async def test_a_photo_is_downloaded_cleaned_and_kept() -> None:
    kept = []

    async def download(file_id: str) -> bytes:
        assert file_id == "abc"
        return picture("PNG")

    async def keep(content: bytes) -> str:
        kept.append(content)
        return "its key"

    assert await Darkroom(download, keep).develop("abc") == "its key"
    assert kept[0].startswith(b"\xff\xd8")
