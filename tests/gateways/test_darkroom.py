import io
import struct
import zipfile
import zlib
from collections.abc import Callable

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


def where_it_was_taken() -> Image.Exif:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (60.0, 10.0, 16.0), 3: "E", 4: (24.0, 56.0, 37.0)}
    return exif


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
async def test_no_photo_tells_where_it_was_taken(format_: str) -> None:
    told = picture(format_, exif=where_it_was_taken())
    assert Image.open(io.BytesIO(told)).getexif().get_ifd(0x8825)
    harmless = Image.open(io.BytesIO(await clean(told)))
    assert dict(harmless.getexif()) == {}
    assert not harmless.info.keys() & {"exif", "xmp", "icc_profile", "comment"}


def an_archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("hidden.txt", "smuggled")
    return out.getvalue()


def png_with(name: bytes, content: bytes) -> bytes:
    """A chunk of its own right after the header."""
    whole = picture("PNG")
    return whole[:33] + chunk(name, content) + whole[33:]


@pytest.mark.parametrize(
    "content",
    [
        picture("JPEG") + an_archive(),
        picture("PNG") + an_archive(),
        picture("WEBP") + an_archive(),
        picture("JPEG", comment=b"<script>smuggled()</script>"),
        png_with(b"tEXt", b"Comment\0<?php smuggled(); ?>"),
        picture("JPEG") + b"%PDF-1.7 smuggled",
        picture("JPEG") + picture("PNG") + b"smuggled",
    ],
    ids=["jpeg+zip", "png+zip", "webp+zip", "jpeg+html", "png+php", "jpeg+pdf", "jpeg+png"],
)
async def test_what_is_two_things_at_once_leaves_as_a_picture_alone(content: bytes) -> None:
    harmless = await clean(content)
    assert b"smuggled" not in harmless
    assert not zipfile.is_zipfile(io.BytesIO(harmless))
    assert Image.open(io.BytesIO(harmless)).size == (40, 30)


@pytest.mark.parametrize(
    "bomb",
    [
        lambda: picture("PNG", (5000, 5000), mode="1"),
        lambda: png_with(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(200_000_000))),
        lambda: png_with(b"iCCP", b"profile\0\0" + zlib.compress(bytes(200_000_000))),
    ],
    ids=["as many pixels as may be", "a text that swells", "a profile that swells"],
)
async def test_a_bomb_that_opens_is_made_small_or_refused(bomb: Callable[[], bytes]) -> None:
    try:
        harmless = await clean(bomb())
    except Invalid:
        return
    assert max(Image.open(io.BytesIO(harmless)).size) <= 1600
    assert len(harmless) < 100_000


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
