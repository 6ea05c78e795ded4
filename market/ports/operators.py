from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from market.domain.audit import Entry
from market.domain.ids import PersonId
from market.domain.money import Money


@dataclass(frozen=True, slots=True)
class Statistics:
    """The marketplace in numbers; per day of the last thirty, in UTC."""

    people: int
    spaces: int
    hidden: int
    open_reports: int
    booked: Mapping[date, int]
    cancelled: int
    turnover: Sequence[Money]
    """Of what was booked in that time and not cancelled, by currency."""


class Audit(Protocol):
    async def add(self, entry: Entry) -> None: ...

    async def latest(self, limit: int) -> Sequence[Entry]: ...


class Bans(Protocol):
    """Banned people, and marks of those who had themselves erased."""

    async def add(self, person: PersonId, at: datetime) -> None: ...

    async def lift(self, person: PersonId, mark: str) -> None: ...

    async def keep_mark(self, mark: str) -> None: ...

    async def has_mark(self, mark: str) -> bool: ...


class Counting(Protocol):
    async def statistics(self, since: datetime) -> Statistics: ...
