from typing import Protocol

from market.domain.place import Point


class Geocoder(Protocol):
    """Addresses; may be remote and slow, so never asked inside a unit of work."""

    async def address_at(self, point: Point) -> str | None:
        """A short street address near a point, if there is one."""
