from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from market.domain.booking import Booking
from market.domain.ids import BookingId, PersonId, QuoteId, SpaceId
from market.domain.window import Window


class Bookings(Protocol):
    async def get(self, booking: BookingId) -> Booking:
        """With its history. Raises NotFound."""

    async def of_quote(self, quote: QuoteId) -> Booking | None: ...

    async def taken(self, space: SpaceId, within: Window) -> Sequence[Window]:
        """What live bookings keep of a space around a window, buffers included."""

    async def busy(self, spaces: Sequence[SpaceId], now: datetime) -> Collection[SpaceId]:
        """Those of them that a live booking keeps at this instant, buffers included."""

    async def ahead(self, renter: PersonId, now: datetime) -> int:
        """How many of the renter's live bookings have not begun."""

    async def of_renter(
        self,
        renter: PersonId,
        now: datetime,
        *,
        past: bool,
        limit: int,
        after: tuple[datetime, BookingId] | None = None,
    ) -> Sequence[Booking]:
        """Current and coming ones, soonest first; or past ones, latest first. Without history.

        ``after`` is the start and id of the last one of an earlier page.
        """

    async def of_space(
        self, space: SpaceId, within: Window, *, live: bool = True
    ) -> Sequence[Booking]:
        """Those that touch a window, soonest first. Without history."""

    async def ahead_of_space(self, space: SpaceId, now: datetime) -> Sequence[Booking]:
        """Live ones that have not ended, soonest first. Without history."""

    async def requests(self, renter: PersonId, now: datetime) -> int:
        """How many of the renter's requests wait for an answer."""

    async def requests_to(self, spaces: Sequence[SpaceId], now: datetime) -> Sequence[Booking]:
        """What waits for the answer of who looks after these, soonest first. Without history."""

    async def lapsed(self, now: datetime, limit: int) -> Sequence[Booking]:
        """Holds and requests whose time is over, oldest first. Without history."""

    async def lapsed_around(
        self, space: SpaceId, renter: PersonId, now: datetime
    ) -> Sequence[Booking]:
        """Those of them that would still count against a space or a renter. Without history."""

    async def ended(self, before: datetime, limit: int) -> Sequence[Booking]:
        """Settled ones whose end has passed then, longest over first. Without history."""

    async def add(self, booking: Booking) -> None:
        """Raises WindowTaken if the store's own guard refuses it."""

    async def save(self, booking: Booking) -> None:
        """Saves state, times, plate and the new lines of the history. Raises WindowTaken."""

    async def between(self, some: PersonId, other: PersonId, now: datetime) -> bool:
        """Whether one of two people has a live booking, not over, at the other's."""
