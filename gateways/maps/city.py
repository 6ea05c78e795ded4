"""A city out of its GeoJSON (``data/README.md`` describes it), painted as streets and houses."""

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, Self

from PIL import ImageDraw

from gateways.maps.projection import TILE, Place, View, unit

AREAS = ("land", "green", "water", "pier", "square", "parking", "building")
STREETS: Mapping[str, float] = {
    "service": 3.2,
    "pedestrian": 5,
    "minor": 7,
    "tertiary": 8,
    "secondary": 9,
    "primary": 10,
}
"""Metres of carriageway, those first that lie below the others."""
THINNEST: Mapping[str, float] = {"service": 1.2, "pedestrian": 1.4}
"""Pixels that it takes to be seen; 2.2 for all others."""
RAILS = {"rail.rail": ("rail", 1.6), "rail.tram": ("tram", 1.0)}
ANYWHERE = 0.0003
"""Degrees around the city that still count as in it."""

Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """Rings of an area or lines of a street, in the square that holds the whole world."""

    lines: tuple[Line, ...]
    box: tuple[float, float, float, float]
    name: str


@dataclass(frozen=True, slots=True)
class Window:
    """A view of the world on a canvas that is ``sharper`` times as fine as the picture."""

    view: View
    size: tuple[int, int]
    sharper: int
    metre: float
    """Pixels of the picture."""

    @property
    def scale(self) -> float:
        return TILE * 2**self.view.zoom * self.sharper

    def length(self, metres: float) -> float:
        return metres * self.metre * self.sharper

    def points(self, line: Line) -> list[float]:
        """x, y, x, y... on the canvas."""
        scale, left, top = self.scale, self.view.left * self.sharper, self.view.top * self.sharper
        return [at for x, y in line for at in (x * scale - left, y * scale - top)]

    def shows(self, box: tuple[float, float, float, float]) -> bool:
        left, top = self.view.left * self.sharper, self.view.top * self.sharper
        return (
            box[0] * self.scale < left + self.size[0]
            and box[1] * self.scale < top + self.size[1]
            and box[2] * self.scale > left
            and box[3] * self.scale > top
        )


@dataclass(frozen=True)
class City:
    bounds: tuple[float, float, float, float]
    """West, south, east and north in degrees."""
    credit: str
    layers: Mapping[str, list[Shape]] = field(repr=False)

    @classmethod
    def read(cls, path: Path) -> Self:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            data = json.load(file)
        layers: dict[str, list[Shape]] = {}
        for feature in data["features"]:
            if feature["geometry"]["type"] == "Point" or not feature["geometry"]["coordinates"]:
                continue
            layers.setdefault(_layer(feature["properties"]), []).append(_shape(feature))
        west, south, east, north = data["bbox"]
        return cls((west, south, east, north), data["attribution"], layers)

    def holds(self, place: Place) -> bool:
        west, south, east, north = self.bounds
        lat, lng = place
        return (
            south - ANYWHERE <= lat <= north + ANYWHERE
            and west - ANYWHERE <= lng <= east + ANYWHERE
        )

    @cached_property
    def corners(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom in the square that holds the whole world."""
        west, south, east, north = self.bounds
        return (*unit(north, west), *unit(south, east))

    def paint(self, draw: ImageDraw.ImageDraw, window: Window, colours: Mapping[str, str]) -> None:
        for kind in AREAS:
            self._areas(draw, window, kind, colours)
        for layer, (colour, metres) in RAILS.items():
            thin = max(1, round(window.length(metres)))
            for line in self._lines(layer, window):
                draw.line(line, fill=colours[colour], width=thin)
        widths = {
            grade: max(window.length(metres), THINNEST.get(grade, 2.2) * window.sharper)
            for grade, metres in STREETS.items()
        }
        for grade, width in widths.items():
            self._roads(draw, window, grade, width + 2 * window.sharper, colours["casing"])
        for grade, width in widths.items():
            self._roads(draw, window, grade, width, colours[grade])

    def seen(self, layer: str, window: Window) -> Iterator[Shape]:
        return (shape for shape in self.layers.get(layer, ()) if window.shows(shape.box))

    def _areas(
        self, draw: ImageDraw.ImageDraw, window: Window, kind: str, colours: Mapping[str, str]
    ) -> None:
        for shape in self.seen(kind, window):
            outline, *holes = (window.points(line) for line in shape.lines)
            draw.polygon(outline, fill=colours[kind])
            for hole in holes:
                draw.polygon(hole, fill=colours["land"])

    def _roads(
        self, draw: ImageDraw.ImageDraw, window: Window, grade: str, width: float, colour: str
    ) -> None:
        thick = round(width)
        for line in self._lines(f"street.{grade}", window):
            draw.line(line, fill=colour, width=thick, joint="curve")
            for x, y in (line[:2], line[-2:]) if thick > 3 else ():
                end = thick / 2 - 1
                draw.ellipse((x - end, y - end, x + end, y + end), fill=colour)

    def _lines(self, layer: str, window: Window) -> Iterator[list[float]]:
        for shape in self.seen(layer, window):
            for line in shape.lines:
                yield window.points(line)


def _layer(properties: Mapping[str, str]) -> str:
    kind = properties["kind"]
    return f"{kind}.{properties['class']}" if kind in ("street", "rail") else kind


def _shape(feature: Mapping[str, Any]) -> Shape:
    lines = tuple(
        tuple(unit(lat, lng) for lng, lat in line) for line in feature["geometry"]["coordinates"]
    )
    xs, ys = zip(*chain.from_iterable(lines), strict=True)
    return Shape(lines, (min(xs), min(ys), max(xs), max(ys)), feature["properties"].get("name", ""))
