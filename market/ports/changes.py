from collections.abc import Sequence
from typing import Protocol

from market.domain.change import Change


class Changes(Protocol):
    """The log of changed spaces and bookings; ids rise by one, and old ones are forgotten."""

    async def newest(self) -> int: ...

    async def after(self, seen: int) -> Sequence[Change]:
        """The next changes, oldest first; not all of them, if there are many."""
