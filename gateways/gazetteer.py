"""Addresses and well-known houses of one city, without a network."""

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from gateways.city import Address as Entry
from gateways.city import City
from market.domain.place import Address, Point, metres

REACH = 150.0
"""Metres beyond which an address says nothing about a place."""
MATCHES = 5
ALIKE = 0.8
"""How much of a name has to be right, of 1."""
SHORTEST = 3
"""Letters that begin a name; with fewer, too many begin alike."""

_NUMBERED = re.compile(r"(?P<street>.*?\D)\s+(?P<number>\d+(?: ?[a-z])?(?: ?- ?\d+)?)")


class Gazetteer:
    """Implements market.ports.geocoder.Geocoder; ``name`` is the city's."""

    def __init__(self, city: City, name: str) -> None:
        self.city = city
        self.name = name

    async def address_at(self, point: Point) -> str | None:
        address, distance = self.city.nearest_address(point)
        return self._full(str(address)) if distance <= REACH else None

    async def find(self, text: str, language: str) -> Sequence[Address]:
        """By street and number, by street alone, or by the name of a house; small typos are fine.

        A number that the street does not have leads to the nearest one that it has.
        """
        wanted = folded(text).removesuffix(f" {folded(self.name)}")
        if len(wanted) < SHORTEST:
            return []
        numbered = _NUMBERED.fullmatch(wanted)
        street, number = (numbered["street"], numbered["number"]) if numbered else (wanted, "")
        found = [self._on(self._streets[each], number) for each in _alike(street, self._streets)]
        if not number:
            found += [self._houses[each] for each in _alike(wanted, self._houses)]
        return found[:MATCHES]

    def _on(self, street: Sequence[Entry], number: str) -> Address:
        """The house with that number, or the middle of the street."""
        if number:
            nearest = min(street, key=lambda entry: _apart(folded(entry.number), number))
            return Address(self._full(str(nearest)), nearest.point)
        middle = _middle([entry.point for entry in street])
        nearest = min(street, key=lambda entry: metres(entry.point, middle))
        return Address(self._full(nearest.street), nearest.point)

    def _full(self, address: str) -> str:
        return f"{address}, {self.name}"

    @cached_property
    def _streets(self) -> Mapping[str, Sequence[Entry]]:
        streets = defaultdict(list)
        for entry in self.city.addresses:
            streets[folded(entry.street)].append(entry)
        return streets

    @cached_property
    def _houses(self) -> Mapping[str, Address]:
        return {
            folded(shape.name): Address(self._full(shape.name), shape.middle)
            for shape in self.city.buildings
            if len(folded(shape.name)) >= SHORTEST
        }


def folded(text: str) -> str:
    """Small letters and digits without accents, and single spaces between them."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (c if c.isalnum() or c == "-" else " " for c in plain if not unicodedata.combining(c))
    return " ".join("".join(kept).split())


def _alike(wanted: str, names: Iterable[str]) -> list[str]:
    """The name itself; else those that begin so, or have a word that does; else similar ones."""
    known = list(names)
    if wanted in known:
        return [wanted]
    if len(wanted) < SHORTEST:
        return []
    begun = [name for name in known if name.startswith(wanted) or f" {wanted}" in name]
    return begun or difflib.get_close_matches(wanted, known, MATCHES, ALIKE)


def _apart(number: str, wanted: str) -> tuple[int, bool]:
    """How far two house numbers are apart; "12 b" is nearer to 12 than 14 is."""
    return abs(_leading(number) - _leading(wanted)), number.replace(" ", "") != wanted.replace(
        " ", ""
    )


def _leading(number: str) -> int:
    digits = re.match(r"\d+", number)
    return int(digits[0]) if digits else 0


def _middle(points: Sequence[Point]) -> Point:
    return Point(
        sum(point.lat for point in points) / len(points),
        sum(point.lng for point in points) / len(points),
    )
