from collections.abc import Sequence
from typing import Protocol

from market.domain.place import Address, Point


class Geocoder(Protocol):
    """Addresses; may be remote and slow, so never asked inside a unit of work."""

    async def address_at(self, point: Point) -> str | None:
        """A short street address near a point, if there is one and it can be had."""

    async def find(self, text: str, language: str) -> Sequence[Address]:
        """What somebody may mean who types this, likeliest first. Raises GeocoderDown.

        ``language`` is the one that names are wanted in.
        """


class NoPlaces:
    """For where nobody can be asked."""

    async def address_at(self, point: Point) -> str | None:
        return None

    async def find(self, text: str, language: str) -> Sequence[Address]:
        return []
