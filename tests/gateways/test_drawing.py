"""What is drawn when it is sent."""

import io

import pytest
from PIL import Image

from gateways.drawing import Pictures
from views.drawn import PREFIX, Bar, Chart, Sticker

STICKER = Sticker("https://t.me/parkplace_bot?start=qr_0000000007", "Park Place", ("Scan",), "7")


async def stored(key: str) -> bytes:
    return key.encode()


async def read(key: str) -> bytes:
    return await Pictures(stored, PREFIX).read(key)


def chart(*values: int, caption: str = "") -> str:
    return Chart("Earnings", tuple(Bar("Jun", value, caption) for value in values)).key


def inked(content: bytes, colour: tuple[int, int, int]) -> int:
    """How many pixels have that colour."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    return sum(count for count, it in image.getcolors(image.width * image.height) if it == colour)


async def test_everything_else_is_read_from_the_store() -> None:
    assert await read("ab12") == b"ab12"


async def test_higher_values_are_higher_bars() -> None:
    blue = (47, 128, 237)
    amounts = [inked(await read(chart(100, value)), blue) for value in (0, 1, 50, 100)]
    assert amounts == sorted(set(amounts))


@pytest.mark.parametrize("values", [(0,) * 12, (1,) * 12, (10**12, 0, 1)])
async def test_a_chart_of_any_values_can_be_drawn(values: tuple[int, ...]) -> None:
    assert (await read(chart(*values))).startswith(b"\x89PNG")


async def test_a_caption_that_does_not_fit_is_left_out() -> None:
    long = await read(chart(*(1,) * 12, caption="€1,000,000,000,000,000.00"))
    assert long == await read(chart(*(1,) * 12, caption=""))


async def test_a_label_is_as_large_among_many_bars_as_among_few() -> None:
    faint = (123, 135, 148)

    def bars(count: int) -> str:
        return Chart("", tuple(Bar("" if n else "06.05", 1, "") for n in range(count))).key

    assert inked(await read(bars(30)), faint) == inked(await read(bars(3)), faint) > 0


async def test_letters_of_all_our_languages_are_there() -> None:
    said = [
        await read(Chart("", (Bar("", 1, letter),)).key)
        for letter in ("\uffff", *"€£₴¥ÄöñéçІїєґяфł—")
    ]
    assert len(set(said)) == len(said)


async def test_a_sticker_is_a_picture_and_a_page_to_print() -> None:
    assert (await read(STICKER.key)).startswith(b"\x89PNG")
    assert (await read(STICKER.page)).startswith(b"%PDF")


async def test_a_sticker_says_where_it_leads() -> None:
    other = Sticker(STICKER.link[:-1] + "8", STICKER.head, STICKER.lines, STICKER.foot)
    assert await read(other.key) != await read(STICKER.key)
