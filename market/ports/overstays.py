from datetime import datetime
from typing import Protocol

from market.domain.ids import BookingId
from market.domain.stay import Overstay


class Overstays(Protocol):
    async def of(self, booking: BookingId) -> Overstay | None: ...

    async def save(self, booking: BookingId, overstay: Overstay) -> None:
        """The latest sighting of a booking's car takes the place of an earlier one."""

    async def forget_photos(self, before: datetime, limit: int) -> int:
        """Delete photos of sightings before then, but for those an operator has yet to judge."""
