"""What stands on a map: numbered pins, where the person is, and how exact a place is."""

import math
from collections.abc import Sequence
from functools import lru_cache

from PIL import Image, ImageDraw

from gateways.maps.labels import Box, font

RADIUS = 27
"""Of a pin's head, in pixels."""
STEM = 52
"""From the place up to the middle of the head."""
APART = 2 * RADIUS + 3
FINE = 4
"""How much larger pins are drawn first, to have smooth edges."""

Spot = tuple[float, float]


def heads(feet: Sequence[Spot]) -> list[Spot]:
    """Where the heads of the pins go: straight above their feet, or aside where two would meet."""
    found = [(x, y - STEM) for x, y in feet]
    for _ in range(60):
        if not _push(found):
            break
    return found


def _push(spots: list[Spot]) -> bool:
    """Move apart what overlaps; whether anything did."""
    moved = False
    for one in range(len(spots)):
        for other in range(one):
            (x, y), (u, v) = spots[one], spots[other]
            away = math.hypot(x - u, y - v)
            if away >= APART:
                continue
            # What lies on the very same spot goes to the sides.
            dx, dy = ((x - u) / away, (y - v) / away) if away > 1 else (1.0, 0.0)
            by = (APART - away) / 2 + 0.5
            spots[one] = (x + dx * by, y + dy * by / 2)
            spots[other] = (u - dx * by, v - dy * by / 2)
            moved = True
    return moved


def boxes(feet: Sequence[Spot], tops: Sequence[Spot]) -> list[Box]:
    """What the pins cover."""
    return [
        (
            min(x, u - RADIUS),
            min(y, v - RADIUS),
            max(x, u + RADIUS),
            max(y, v + RADIUS),
        )
        for (x, y), (u, v) in zip(feet, tops, strict=True)
    ]


def plant(image: Image.Image, foot: Spot, head: Spot, label: str, colour: str, edge: str) -> None:
    """A pin whose head stands away from its foot, in whatever direction."""
    stamp, left, top = _pin(round(head[0] - foot[0]), round(head[1] - foot[1]), label, colour, edge)
    image.paste(stamp, (round(foot[0]) + left, round(foot[1]) + top), stamp)


def stand(image: Image.Image, at: Spot, colour: str) -> None:
    """The dot that map applications show for oneself."""
    dot = _dot(colour)
    image.paste(dot, (round(at[0]) - dot.width // 2, round(at[1]) - dot.height // 2), dot)


def encircle(image: Image.Image, at: Spot, radius: float, colour: str) -> None:
    """Somewhere in here."""
    disc = _disc(round(radius), colour)
    image.paste(disc, (round(at[0]) - disc.width // 2, round(at[1]) - disc.height // 2), disc)


@lru_cache(maxsize=256)
def _pin(dx: int, dy: int, label: str, colour: str, edge: str) -> tuple[Image.Image, int, int]:
    """The picture of a pin, and where its corner lies as seen from its foot."""
    margin = RADIUS + 4
    left, top = min(0, dx) - margin, min(0, dy) - margin
    size = (abs(dx) + 2 * margin, abs(dy) + 2 * margin)
    big = Image.new("RGBA", (size[0] * FINE, size[1] * FINE))
    draw = ImageDraw.Draw(big)
    foot = (-left * FINE, -top * FINE)
    head = ((dx - left) * FINE, (dy - top) * FINE)
    for more, fill in ((3, edge), (0, colour)):
        draw.polygon(_stem(foot, head, (9 + more) * FINE, more * FINE), fill=fill)
        _circle(draw, head, (RADIUS - 3 + more) * FINE, fill)
    draw.text(head, label, fill="#ffffff", font=font(29 * FINE, bold=True), anchor="mm")
    return big.reduce(FINE), left, top


def _stem(foot: Spot, head: Spot, half: float, longer: float) -> list[Spot]:
    """A triangle from the head to the foot, a little beyond it for the edge."""
    dx, dy = foot[0] - head[0], foot[1] - head[1]
    length = math.hypot(dx, dy) or 1.0
    dx, dy = dx / length, dy / length
    return [
        (head[0] - dy * half, head[1] + dx * half),
        (head[0] + dy * half, head[1] - dx * half),
        (foot[0] + dx * longer, foot[1] + dy * longer),
    ]


@lru_cache(maxsize=4)
def _dot(colour: str) -> Image.Image:
    side = 64 * FINE
    big = Image.new("RGBA", (side, side))
    draw = ImageDraw.Draw(big)
    middle = (side / 2, side / 2)
    _circle(draw, middle, 30 * FINE, f"{colour}3c")
    _circle(draw, middle, 14 * FINE, "#ffffff")
    _circle(draw, middle, 10 * FINE, colour)
    return big.reduce(FINE)


@lru_cache(maxsize=16)
def _disc(radius: int, colour: str) -> Image.Image:
    side = (2 * radius + 6) * 2
    big = Image.new("RGBA", (side, side))
    draw = ImageDraw.Draw(big)
    middle = (side / 2, side / 2)
    _circle(draw, middle, radius * 2 + 3, f"{colour}b0")
    _circle(draw, middle, radius * 2 - 2, f"{colour}30")
    return big.reduce(2)


def _circle(draw: ImageDraw.ImageDraw, middle: Spot, radius: float, fill: str) -> None:
    x, y = middle
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)
