from collections.abc import Sequence
from typing import Protocol

from market.domain.ids import BookingId
from market.domain.ledger import Entry


class Ledger(Protocol):
    """What was entered stays entered."""

    async def enter(self, entries: Sequence[Entry]) -> None: ...

    async def of(self, booking: BookingId) -> Sequence[Entry]:
        """In the order of entry."""
