from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from market.domain.ids import BookingId, SpaceId
from market.domain.ledger import Entry
from market.domain.window import Window


class Ledger(Protocol):
    """What was entered stays entered."""

    async def enter(self, entries: Sequence[Entry]) -> None: ...

    async def of(self, booking: BookingId) -> Sequence[Entry]:
        """In the order of entry."""

    async def earned(self, space: SpaceId, within: Window, now: datetime) -> tuple[int, int]:
        """What stays of a space cost that ended within a window and are over, and how many.

        In minor units; a stay that cost nothing in the end is none.
        """
