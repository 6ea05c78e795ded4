from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from market.domain.ids import PersonId, ReportId
from market.domain.report import Report


class Reports(Protocol):
    async def get(self, report: ReportId) -> Report:
        """Raises NotFound."""

    async def add(self, report: Report) -> None: ...

    async def settle(self, report: ReportId, at: datetime) -> None: ...

    async def of_late(self, reporter: PersonId, since: datetime) -> int:
        """How many somebody has made."""

    async def of(self, reporter: PersonId, limit: int, skip: int) -> Sequence[Report]:
        """What somebody has reported, latest first."""

    async def open(self, limit: int, skip: int = 0) -> Sequence[Report]:
        """Oldest first."""

    async def count_open(self) -> int: ...

    async def drop(self, before: datetime, limit: int) -> int:
        """Delete what was settled before then, and every report of a car from before then.

        Their photos go too. Returns how many.
        """
