"""Draws charts, stickers and maps at the moment they are sent."""

import asyncio
import io
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
from PIL import Image, ImageDraw, ImageFont

_FONTS = Path(__file__).parent.parent / "data" / "fonts"
_PAPER, _INK, _FAINT, _LINE, _BAR = "#ffffff", "#1f2933", "#7b8794", "#e4e7eb", "#2f80ed"
_CHART = (1200, 720)
_PAGE = (1240, 1748)
"""A6 at 300 dots an inch."""
_DPI = 300
_SMALLEST = 11
"""Pixels of letters that can still be read."""

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pictures:
    """Reads what is stored; what begins with ``prefix`` is drawn from the facts in its key."""

    stored: Callable[[str], Awaitable[bytes]]
    prefix: str
    others: Mapping[str, Callable[[Facts], Awaitable[bytes]]] = field(default_factory=dict)
    """Who draws what is not drawn here, by its kind."""

    async def read(self, key: str) -> bytes:
        if not key.startswith(self.prefix):
            return await self.stored(key)
        kind, _, facts = key.removeprefix(self.prefix).partition(":")
        if kind in self.others:
            return await self.others[kind](json.loads(facts))
        return await asyncio.to_thread(_DRAW[kind], json.loads(facts))


def chart(facts: Facts) -> bytes:
    """Bars side by side, each with its label below and what it stands for above."""
    image = Image.new("RGB", _CHART, _PAPER)
    draw = ImageDraw.Draw(image)
    width, height = _CHART
    left, right, top, floor = 60, width - 60, 170, height - 90
    draw.text((left, 56), facts["title"], fill=_INK, font=_font(38, bold=True), anchor="lm")
    for part in range(5):
        level = floor - (floor - top) * part / 4
        draw.line((left, level, right, level), fill=_LINE, width=2)
    bars = facts["bars"]
    most = max(*(bar["value"] for bar in bars), 1)
    step = (right - left) / len(bars)
    captions = _size([bar["caption"] for bar in bars], step * 0.98, 22)
    # A label may be as wide as the gap to the next one.
    named = [bar["label"] for bar in bars if bar["label"]]
    room = (right - left) / max(len(named), 1) * 0.9
    labels = _size(named, room, 24)
    for number, bar in enumerate(bars):
        centre = left + (number + 0.5) * step
        level = floor - (floor - top) * bar["value"] / most
        if bar["value"]:
            box = (centre - step * 0.34, level, centre + step * 0.34, floor)
            radius = 10 if floor - level > 20 else 0
            draw.rounded_rectangle(box, radius, fill=_BAR, corners=(True, True, False, False))
        _centred(draw, (centre, level - 18), bar["caption"], step * 0.98, captions, _INK)
        _centred(draw, (centre, floor + 34), bar["label"], room, labels, _FAINT)
    return _saved(image, "PNG")


def sticker(facts: Facts) -> bytes:
    return _saved(_sticker(facts), "PNG")


def page(facts: Facts) -> bytes:
    """The sticker as a page of A6 to print."""
    return _saved(_sticker(facts), "PDF", resolution=_DPI)


def _sticker(facts: Facts) -> Image.Image:
    image = Image.new("RGB", _PAGE, _PAPER)
    draw = ImageDraw.Draw(image)
    width, height = _PAGE
    draw.rectangle((0, 0, width, 230), fill=_BAR)
    _centred(draw, (width / 2, 115), facts["head"], width - 160, 110, _PAPER, bold=True)
    code = _code(facts["link"], width - 240)
    image.paste(code, ((width - code.width) // 2, 270))
    head, *lines = facts["lines"]
    _centred(draw, (width / 2, 300 + code.height), head, width - 160, 52, _INK, bold=True)
    size = _size(lines, width - 160, 52)
    for number, line in enumerate(lines, 1):
        at = (width / 2, 300 + code.height + 90 * number)
        _centred(draw, at, line, width - 160, size, _INK)
    _centred(draw, (width / 2, height - 70), facts["foot"], width - 160, 40, _FAINT)
    return image


def _code(link: str, side: int) -> Image.Image:
    """As large as whole pixels a module allow; a quarter of it may be scratched off."""
    code = segno.make(link, error="q", micro=False)
    stream = io.BytesIO()
    modules, _ = code.symbol_size()
    code.save(stream, kind="png", scale=side // modules, dark=_INK, light=_PAPER)
    return Image.open(stream).convert("RGB")


def _centred(
    draw: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    room: float,
    size: int,
    colour: str,
    *,
    bold: bool = False,
) -> None:
    """Text in the middle, as small as it must be to fit; not at all where nobody could read it."""
    size = _size([text], room, size, bold=bold)
    font = _font(size, bold=bold)
    if font.getlength(text) <= room:
        draw.text(at, text, fill=colour, font=font, anchor="mm")


def _size(texts: Sequence[str], room: float, size: int, *, bold: bool = False) -> int:
    """The one size at which each of them fits, if it can be read then; at most so large."""
    while size > _SMALLEST and any(_font(size, bold=bold).getlength(text) > room for text in texts):
        size -= 1
    return size


@lru_cache(maxsize=64)
def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(_FONTS / name, size)


def _saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


_DRAW: Mapping[str, Callable[[Facts], bytes]] = {
    "chart": chart,
    "sticker": sticker,
    "page": page,
}
