"""Which raster tiles a view is made of."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gateways.maps.projection import HEIGHT, TILE, WIDTH, View

DEEPEST = 19
"""The zoom beyond which servers have no tiles."""
LARGEST = 1024 * 1024
"""Pixels that one tile may have."""


@dataclass(frozen=True, slots=True)
class Tiles:
    """All the tiles of one view, which lie on the disk already."""

    zoom: int
    paths: Mapping[tuple[int, int], Path]
    credit: str


def zoom_of(view: View) -> int:
    """The zoom whose tiles are shown a little larger than they are: their names get readable."""
    return max(0, min(DEEPEST, round(view.zoom - 0.75)))


def places(view: View, zoom: int) -> Iterator[tuple[int, int]]:
    """Columns and rows in view; columns go on beyond the antimeridian."""
    side = TILE * 2 ** (view.zoom - zoom)
    first, last = math.floor(view.left / side), math.floor((view.left + WIDTH) / side)
    top, bottom = math.floor(view.top / side), math.floor((view.top + HEIGHT) / side)
    for y in range(max(0, top), min(2**zoom - 1, bottom) + 1):
        for x in range(first, last + 1):
            yield x, y
