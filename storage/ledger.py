"""Rows of the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.ids import BookingId
from market.domain.ledger import Account, Entry, Reason
from market.domain.money import Money
from storage.tables.stays import ledger

_ENTER = insert(ledger)
_OF = select(ledger).where(ledger.c.booking == bindparam("of_booking")).order_by(ledger.c.id)


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
