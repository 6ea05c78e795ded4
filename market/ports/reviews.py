from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from market.domain.ids import BookingId, PersonId, SpaceId
from market.domain.review import Review
from market.domain.space import Rating


class Reviews(Protocol):
    async def of_booking(self, booking: BookingId) -> Sequence[Review]:
        """Shown or not."""

    async def add(self, review: Review, closes_at: datetime) -> None:
        """Hidden until ``show`` is called."""

    async def show(self, booking: BookingId, at: datetime) -> None: ...

    async def overdue(self, now: datetime, limit: int) -> Sequence[BookingId]:
        """Those with a hidden review whose time is over; oldest first."""

    async def of_space(self, space: SpaceId, limit: int, skip: int = 0) -> Sequence[Review]:
        """What renters wrote of it and is shown; latest first."""

    async def of_renter(self, renter: PersonId) -> Rating:
        """What listers gave them, as far as it is shown."""
