from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from market.domain.ids import PersonId


class Digests(Protocol):
    """Who is to hear in the morning."""

    async def zones(self) -> Sequence[str]:
        """Every zone that somebody is in."""

    async def owed(self, zone: str, day: date, before: datetime, limit: int) -> Sequence[PersonId]:
        """Some of those in a zone who looked after a space before then and have no digest of that
        day, sent or not."""
