"""Rows about quotes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.errors import NotFound
from market.domain.ids import PersonId, QuoteId, SpaceId
from market.domain.money import Money
from market.domain.quote import Quote
from market.domain.refund import Policy
from market.domain.tariff import Line, Unit
from market.domain.window import Window
from storage.tables.market import quotes

_SECOND = timedelta(seconds=1)

_GET = select(quotes).where(
    quotes.c.id == bindparam("quote"), quotes.c.renter == bindparam("person")
)
_ADD = insert(quotes)
_DROP = delete(quotes).where(quotes.c.expires_at < bindparam("before"))


@dataclass(frozen=True, slots=True)
class QuoteStore:
    connection: AsyncConnection

    async def get(self, quote: QuoteId, renter: PersonId) -> Quote:
        """Raises NotFound, also for somebody else's."""
        result = await self.connection.execute(_GET, {"quote": quote, "person": renter})
        row = result.one_or_none()
        if row is None:
            raise NotFound("quote")
        return _quote(row)

    async def add(self, quote: Quote) -> None:
        row = {
            "id": quote.id,
            "space": quote.space,
            "renter": quote.renter,
            "starts_at": quote.window.start,
            "ends_at": quote.window.end,
            "lines": [
                [line.unit, line.count, line.each.minor, line.amount.minor] for line in quote.lines
            ],
            "total": quote.total.minor,
            "hour_price": quote.hour_price.minor,
            "currency": quote.total.currency,
            "policy": quote.policy,
            "buffer": quote.buffer // _SECOND,
            "by_request": quote.by_request,
            "plate_needed": quote.plate_needed,
            "made_at": quote.made_at,
            "expires_at": quote.expires_at,
        }
        await self.connection.execute(_ADD, row)

    async def drop_expired(self, before: datetime) -> int:
        """Forget quotes that ran out before then; bookings have taken over what they said."""
        return (await self.connection.execute(_DROP, {"before": before})).rowcount


def _quote(row: Row[Any]) -> Quote:
    return Quote(
        id=QuoteId(row.id),
        space=SpaceId(row.space),
        renter=PersonId(row.renter),
        window=Window(row.starts_at, row.ends_at),
        lines=tuple(_lines(row.lines, row.currency)),
        total=Money(row.total, row.currency),
        hour_price=Money(row.hour_price, row.currency),
        policy=Policy(row.policy),
        buffer=timedelta(seconds=row.buffer),
        by_request=row.by_request,
        plate_needed=row.plate_needed,
        made_at=row.made_at,
        expires_at=row.expires_at,
    )


def _lines(kept: Iterable[tuple[str, int, int, int]], currency: str) -> Iterable[Line]:
    for unit, count, each, amount in kept:
        yield Line(Unit(unit), count, Money(each, currency), Money(amount, currency))
