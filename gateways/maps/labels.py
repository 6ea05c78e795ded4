"""Names of streets, parks and waters, where there is room for them."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from gateways.maps.city import City, Line, Window
from gateways.maps.projection import HEIGHT, WIDTH

FONTS = Path(__file__).parents[2] / "data" / "fonts"
NAMED = (
    "street.primary",
    "street.secondary",
    "street.tertiary",
    "street.pedestrian",
    "street.minor",
)
"""Those first whose names are wanted most."""
SIZE, HALO = 20, 3
MOST = 9
AIR = 14
"""Pixels between two names, and between a name and a pin."""

Box = tuple[float, float, float, float]


@lru_cache(maxsize=16)
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(FONTS / name, size)


def write_names(
    image: Image.Image,
    city: City,
    window: Window,
    colours: Mapping[str, str],
    taken: Sequence[Box],
) -> None:
    """Along their streets, none over another, none in the boxes that are ``taken``."""
    kept = list(taken)
    written: set[str] = set()
    for name, stretch in _stretches(city, window):
        if len(written) == MOST:
            return
        if name in written:
            continue
        (x, y), angle = _middle(stretch)
        label = _label(name, colours["ink"], colours["halo"]).rotate(
            angle, Image.Resampling.BICUBIC, expand=True
        )
        box = (
            x - label.width / 2,
            y - label.height / 2,
            x + label.width / 2,
            y + label.height / 2,
        )
        if _inside(box) and not any(_touch(box, other) for other in kept):
            image.paste(label, (round(box[0]), round(box[1])), label)
            kept.append(box)
            written.add(name)


def _stretches(city: City, window: Window) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """Straight enough pieces of streets that are as long as their names, the longest first."""
    room: Callable[[str], float] = font(SIZE).getlength
    for layer in NAMED:
        found = [
            (length, shape.name, stretch)
            for shape in city.seen(layer, window)
            if shape.name
            for line in shape.lines
            for length, stretch in _straight(_pixels(window, line))
            if length > room(shape.name) + AIR
        ]
        for _, name, stretch in sorted(found, reverse=True):
            yield name, stretch


def _pixels(window: Window, line: Line) -> list[tuple[float, float]]:
    flat = window.points(line)
    fine = window.sharper
    return [(x / fine, y / fine) for x, y in zip(flat[::2], flat[1::2], strict=True)]


def _straight(
    line: Sequence[tuple[float, float]],
) -> Iterator[tuple[float, list[tuple[float, float]]]]:
    """The part of the line in the picture, if its ends are nearly as far apart as it is long."""
    inside = [(x, y) for x, y in line if 0 <= x <= WIDTH and 0 <= y <= HEIGHT]
    if len(inside) < 2:
        return
    length = sum(math.dist(a, b) for a, b in pairwise(inside))
    if math.dist(inside[0], inside[-1]) > 0.97 * length:
        yield length, inside


def _middle(stretch: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], float]:
    """The centre, and the angle at which the name reads from left to right."""
    (x, y), (u, v) = stretch[0], stretch[-1]
    angle = math.degrees(math.atan2(y - v, u - x))
    if angle > 90:
        angle -= 180
    elif angle <= -90:
        angle += 180
    return ((x + u) / 2, (y + v) / 2), angle


@lru_cache(maxsize=512)
def _label(name: str, ink: str, halo: str) -> Image.Image:
    left, top, right, bottom = font(SIZE).getbbox(name, stroke_width=HALO)
    label = Image.new("RGBA", (math.ceil(right - left) + 2, math.ceil(bottom - top) + 2))
    ImageDraw.Draw(label).text(
        (1 - left, 1 - top), name, fill=ink, font=font(SIZE), stroke_width=HALO, stroke_fill=halo
    )
    return label


def _inside(box: Box) -> bool:
    return box[0] >= 6 and box[1] >= 6 and box[2] <= WIDTH - 6 and box[3] <= HEIGHT - 30


def _touch(a: Box, b: Box) -> bool:
    return a[0] < b[2] + AIR and b[0] < a[2] + AIR and a[1] < b[3] + AIR and b[1] < a[3] + AIR
