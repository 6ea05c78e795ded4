"""Where a made-up world has its towns: the principal place of every time zone, with its country."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from market.domain.place import EARTH_RADIUS, Point

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TOWN_SIZE = 3_000.0
"""Metres from the middle of a town within which half of its spaces lie, roughly."""
EDGE_SHARE = 0.01
"""Of all spaces, at each of the places where a flat map of the world ends."""
LONELY_SHARE = 0.02
"""Of all spaces, strewn over the whole globe."""


@dataclass(frozen=True, slots=True)
class City:
    name: str
    at: Point
    zone: str
    country: str


EDGES = (
    City("North Pole", Point(90.0, 0.0), "Etc/UTC", ""),
    City("South Pole", Point(-90.0, 0.0), "Antarctica/McMurdo", "AQ"),
    City("Taveuni", Point(-16.83, 180.0), "Pacific/Fiji", "FJ"),
    City("Wrangel", Point(71.2, -180.0), "Asia/Anadyr", "RU"),
)
NOWHERE = City("Nowhere", Point(0.0, 0.0), "Etc/UTC", "")


def cities() -> list[City]:
    """From the time zone database, whose table places each zone's best-known town."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    return list(_rows(table))


def _rows(table: str) -> Iterator[City]:
    for line in table.splitlines():
        if not line.startswith("#"):
            country, place, zone = line.split("\t")[:3]
            name = zone.rpartition("/")[2].replace("_", " ")
            yield City(name, _point(place), zone, country)


def _point(iso6709: str) -> Point:
    """The point behind ``+DDMM+DDDMM`` or ``+DDMMSS+DDDMMSS``."""
    degrees: list[float] = []
    for sign, digits in re.findall(r"([+-])(\d+)", iso6709):
        whole, rest = (2, digits[2:]) if not degrees else (3, digits[3:])
        minutes, seconds = int(rest[:2]), int(rest[2:] or 0)
        value = int(digits[:whole]) + minutes / 60 + seconds / 3600
        degrees.append(-value if sign == "-" else value)
    return Point(*degrees)


def scattered(chance: np.random.Generator, places: list[City], count: int) -> tuple[Ints, Floats]:
    """For each space the number of its city, and its latitude and longitude in degrees.

    Towns differ in size as real ones do, few large and many small. ``places`` ends with EDGES and
    NOWHERE.
    """
    towns = len(places) - len(EDGES) - 1
    weights = np.full(len(places), EDGE_SHARE)
    sizes = chance.pareto(1.1, towns) + 0.2
    weights[:towns] = sizes / sizes.sum() * (1 - len(EDGES) * EDGE_SHARE - LONELY_SHARE)
    weights[-1] = LONELY_SHARE
    home = chance.choice(len(places), count, p=weights)
    middles = np.array([place.at.unit_vector() for place in places])
    around = chance.standard_normal((count, 3)) * chance.exponential(1.0, (count, 1))
    vectors = middles[home] + around * (TOWN_SIZE / EARTH_RADIUS)
    vectors[home == len(places) - 1] = chance.standard_normal(
        (int((home == len(places) - 1).sum()), 3)
    )
    return home, _degrees(vectors)


def _degrees(vectors: Floats) -> Floats:
    """Latitude and longitude of the points of the globe to which vectors lead from its middle."""
    x, y, z = vectors.T
    radians: Floats = np.stack([np.arctan2(z, np.hypot(x, y)), np.arctan2(y, x)], axis=1)
    degrees: Floats = np.degrees(radians)
    return degrees
