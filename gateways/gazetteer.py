"""Addresses of the demo city, without a network."""

from dataclasses import dataclass

from gateways.city import City
from market.domain.place import Point

REACH = 150.0
"""Metres beyond which an address says nothing about a place."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Implements market.ports.geocoder.Geocoder."""

    city: City
    name: str

    async def address_at(self, point: Point) -> str | None:
        address, distance = self.city.nearest_address(point)
        return f"{address}, {self.name}" if distance <= REACH else None
