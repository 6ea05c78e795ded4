"""Rows that operators read and write: the audit log, bans, and the marketplace in numbers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, case, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.audit import Act, Entry, Subject
from market.domain.booking import State
from market.domain.ids import PersonId
from market.domain.money import Money
from market.domain.space import SpaceState
from market.ports.operators import Statistics
from storage.tables.accounts import accounts
from storage.tables.market import bookings, people, spaces
from storage.tables.operators import audit, bans, marks
from storage.tables.reports import OPEN, reports

_ADD = insert(audit)
_LATEST = select(audit).order_by(audit.c.id.desc()).limit(bindparam("limit"))
_BAN = upsert(bans).on_conflict_do_nothing()
_LIFT = delete(bans).where(bans.c.person == bindparam("whom"))
_KEEP_MARK = upsert(marks).on_conflict_do_nothing()
_DROP_MARK = delete(marks).where(marks.c.mark == bindparam("this"))
_HAS_MARK = select(marks.c.mark).where(marks.c.mark == bindparam("this"))

_HAS_ACCOUNT = select(accounts.c.person).where(accounts.c.person == people.c.id).exists()
_PEOPLE = select(func.count()).where(people.c.telegram.is_not(None) | _HAS_ACCOUNT)
"""Not the numbers that stand for erased people."""
_SPACES = select(
    func.coalesce(func.sum(case((spaces.c.state == SpaceState.LIVE, 1), else_=0)), 0),
    func.coalesce(func.sum(case((spaces.c.state == SpaceState.HIDDEN, 1), else_=0)), 0),
)
_REPORTS = select(func.count()).select_from(reports).where(OPEN)
_BOOKINGS = select(
    bookings.c.booked_at, bookings.c.state, bookings.c.total, bookings.c.currency
).where(bookings.c.booked_at >= bindparam("since"))


@dataclass(frozen=True, slots=True)
class AuditStore:
    connection: AsyncConnection

    async def add(self, entry: Entry) -> None:
        row = {
            "at": entry.at,
            "operator": entry.operator,
            "act": entry.act,
            "subject": entry.subject,
            "number": entry.number,
            "ended": entry.ended,
        }
        await self.connection.execute(_ADD, row)

    async def latest(self, limit: int) -> Sequence[Entry]:
        rows = await self.connection.execute(_LATEST, {"limit": limit})
        return [
            Entry(
                at=row.at,
                operator=PersonId(row.operator),
                act=Act(row.act),
                subject=Subject(row.subject),
                number=row.number,
                ended=row.ended,
            )
            for row in rows
        ]


@dataclass(frozen=True, slots=True)
class BanStore:
    connection: AsyncConnection

    async def add(self, person: PersonId, at: datetime) -> None:
        await self.connection.execute(_BAN, {"person": person, "at": at})

    async def lift(self, person: PersonId, mark: str) -> None:
        await self.connection.execute(_LIFT, {"whom": person})
        await self.connection.execute(_DROP_MARK, {"this": mark})

    async def keep_mark(self, mark: str) -> None:
        await self.connection.execute(_KEEP_MARK, {"mark": mark})

    async def has_mark(self, mark: str) -> bool:
        return (await self.connection.execute(_HAS_MARK, {"this": mark})).one_or_none() is not None


@dataclass(frozen=True, slots=True)
class CountingStore:
    connection: AsyncConnection

    async def statistics(self, since: datetime) -> Statistics:
        booked, turnover, cancelled = Counter[date](), Counter[str](), 0
        for at, state, total, currency in await self.connection.execute(
            _BOOKINGS, {"since": since}
        ):
            booked[at.date()] += 1
            cancelled += state == State.CANCELLED
            turnover[currency] += 0 if state == State.CANCELLED else total
        live, hidden = (await self.connection.execute(_SPACES)).one()
        return Statistics(
            people=(await self.connection.execute(_PEOPLE)).scalar_one(),
            spaces=live,
            hidden=hidden,
            open_reports=(await self.connection.execute(_REPORTS)).scalar_one(),
            booked=booked,
            cancelled=cancelled,
            turnover=[Money(minor, currency) for currency, minor in turnover.most_common()],
        )
