"""Web Mercator: places as pixels, and which part of the world a picture shows."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

TILE = 256
"""Pixels of the square that holds the whole world at zoom 0."""
WIDTH, HEIGHT = 800, 400
"""Of a picture: sharp on a phone, whose chat is some 350 points wide."""
CLOSEST, WIDEST = 17.0, 3.0
"""Zooms: a few houses, and a continent."""
SIDES, TOP, FOOT = 64, 96, 46
"""Pixels kept free around what must be seen: pins stand above their places."""
POLE = 85.0511
"""Degrees of latitude beyond which Mercator shows nothing."""

Place = tuple[float, float]
"""Latitude and longitude in degrees."""


@dataclass(frozen=True, slots=True)
class View:
    """A part of the world: the pixel of its left upper corner in the world at that zoom."""

    zoom: float
    left: float
    top: float

    def pixel(self, lat: float, lng: float) -> tuple[float, float]:
        """Where a place is in the picture; around the world by the shorter way."""
        world = TILE * 2**self.zoom
        x, y = unit(lat, lng)
        across = (x * world - self.left - WIDTH / 2 + world / 2) % world - world / 2 + WIDTH / 2
        return across, y * world - self.top

    def pixels(self, metres: float, lat: float) -> float:
        """A length near a latitude."""
        across = 40_075_016.7 * math.cos(math.radians(lat))
        return metres / across * TILE * 2**self.zoom


def unit(lat: float, lng: float) -> tuple[float, float]:
    """A place in the square of side 1 that holds the whole world."""
    sine = math.sin(math.radians(max(-POLE, min(POLE, lat))))
    return lng / 360 + 0.5, 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def fitted(places: Sequence[Place], closest: float = CLOSEST) -> View:
    """As near as shows all the places, which may lie on both sides of the antimeridian."""
    first = unit(*places[0])
    spots = [_beside(first, unit(*place)) for place in places]
    (west, east), (north, south) = ((min(line), max(line)) for line in zip(*spots, strict=True))
    room = min(
        _ratio(WIDTH - 2 * SIDES, east - west),
        _ratio(HEIGHT - TOP - FOOT, south - north),
    )
    zoom = max(WIDEST, min(closest, math.log2(room / TILE)))
    world = TILE * 2**zoom
    return View(
        zoom,
        (west + east) / 2 * world - WIDTH / 2,
        (north + south) / 2 * world - (TOP + HEIGHT - FOOT) / 2,
    )


def _beside(first: tuple[float, float], spot: tuple[float, float]) -> tuple[float, float]:
    """The copy of a place that is not a world away."""
    return spot[0] - round(spot[0] - first[0]), spot[1]


def _ratio(pixels: float, span: float) -> float:
    return pixels / span if span > 1e-12 else math.inf
