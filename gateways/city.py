"""The street map of the demo city, as ``data/README.md`` describes it."""

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from market.domain.place import Point, metres


@dataclass(frozen=True, slots=True)
class Address:
    street: str
    number: str
    point: Point

    def __str__(self) -> str:
        return f"{self.street} {self.number}"


@dataclass(frozen=True, slots=True)
class Shape:
    """A building or a parking area: its outer ring, and its name where it has one."""

    ring: tuple[Point, ...]
    name: str

    @property
    def middle(self) -> Point:
        """The middle of its corners: near enough for things the size of a house."""
        corners = self.ring[:-1]
        return Point(
            sum(corner.lat for corner in corners) / len(corners),
            sum(corner.lng for corner in corners) / len(corners),
        )


@dataclass(frozen=True, slots=True)
class City:
    addresses: tuple[Address, ...]
    parkings: tuple[Shape, ...]
    buildings: tuple[Shape, ...]

    @classmethod
    def read(cls, path: Path) -> Self:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            features = json.load(file)["features"]
        return cls(
            tuple(
                _address(each["properties"], _point(at))
                for each, at in _of_kind(features, "address")
            ),
            tuple(_shape(each, rings) for each, rings in _of_kind(features, "parking")),
            tuple(_shape(each, rings) for each, rings in _of_kind(features, "building")),
        )

    def nearest_address(self, point: Point) -> tuple[Address, float]:
        """With its distance in metres."""
        nearest = min(self.addresses, key=lambda address: metres(point, address.point))
        return nearest, metres(point, nearest.point)


def _of_kind(features: list[Any], kind: str) -> Iterator[tuple[Mapping[str, Any], Any]]:
    for feature in features:
        if feature["properties"]["kind"] == kind:
            yield feature, feature["geometry"]["coordinates"]


def _address(properties: Mapping[str, str], point: Point) -> Address:
    # Some carry the name of the house before the street, or the floor behind the number.
    street = properties["street"].rpartition(", ")[2]
    return Address(street, properties["number"].partition(",")[0], point)


def _shape(feature: Mapping[str, Any], rings: list[Any]) -> Shape:
    return Shape(tuple(map(_point, rings[0])), feature["properties"].get("name", ""))


def _point(coordinates: list[float]) -> Point:
    lng, lat = coordinates
    return Point(lat, lng)
