"""Rows of the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, case, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.ids import BookingId, SpaceId
from market.domain.ledger import Account, Entry, Reason
from market.domain.money import Money
from market.domain.window import Window
from storage.tables.market import bookings
from storage.tables.stays import ledger

_ENTER = insert(ledger)
_OF = select(ledger).where(ledger.c.booking == bindparam("of_booking")).order_by(ledger.c.id)
_COST = func.sum(case((ledger.c.debit == Account.RENTER, ledger.c.amount), else_=-ledger.c.amount))
_COSTS = (
    select(_COST.label("cost"))
    .select_from(ledger.join(bookings))
    .where(bookings.c.space == bindparam("of_space"), ledger.c.reason != Reason.PAID)
    .where(bookings.c.ends_at >= bindparam("start"), bookings.c.ends_at < bindparam("end"))
    .group_by(ledger.c.booking)
    .having(_COST > 0)
    .subquery()
)
_EARNED = select(func.sum(_COSTS.c.cost).label("earned"), func.count().label("stays"))


@dataclass(frozen=True, slots=True)
class LedgerStore:
    connection: AsyncConnection

    async def enter(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            row = {
                "booking": entry.booking,
                "at": entry.at,
                "reason": entry.reason,
                "debit": entry.debit,
                "credit": entry.credit,
                "amount": entry.amount.minor,
                "currency": entry.amount.currency,
            }
            await self.connection.execute(_ENTER, row)

    async def of(self, booking: BookingId) -> Sequence[Entry]:
        """In the order of entry."""
        rows = await self.connection.execute(_OF, {"of_booking": booking})
        return [
            Entry(
                BookingId(row.booking),
                row.at,
                Reason(row.reason),
                Account(row.debit),
                Account(row.credit),
                Money(row.amount, row.currency),
            )
            for row in rows
        ]

    async def earned(self, space: SpaceId, within: Window, now: datetime) -> tuple[int, int]:
        """What stays of a space cost that ended within a window and are over, and how many."""
        values = {"of_space": space, "start": within.start, "end": min(within.end, now)}
        row = (await self.connection.execute(_EARNED, values)).one()
        return int(row.earned or 0), int(row.stays)
