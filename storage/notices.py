"""The outbox: rows about what is owed to people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, or_, select, update

# SQLite's spelling of ON CONFLICT; PostgreSQL's dialect has an insert() of the same shape.
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.ids import BookingId, PersonId
from market.domain.notice import Kind, Notice
from storage.tables.outbox import UNSENT, outbox

TOPIC = "outbox"
"""Touched by every unit that plans a notice, so that what is due at once is sent at once."""

_PLAN = insert(outbox).on_conflict_do_nothing(index_elements=[outbox.c.key])
_DROP = delete(outbox).where(
    outbox.c.booking == bindparam("of_booking"),
    outbox.c.kind.in_(bindparam("kinds", expanding=True)),
    UNSENT,
)
_DUE = (
    select(outbox.c.key)
    .where(UNSENT, outbox.c.due_at <= bindparam("now"))
    .where(or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= bindparam("now")))
    .order_by(outbox.c.due_at, outbox.c.key)
    .limit(bindparam("limit"))
    # Two senders on PostgreSQL take different rows; SQLite has one writer and leaves this out.
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(outbox)
    .where(outbox.c.key.in_(_DUE))
    .values(attempts=outbox.c.attempts + 1)
    .returning(outbox)
)
_DROP_FOR = delete(outbox).where(
    outbox.c.person == bindparam("of_person"),
    outbox.c.kind.in_(bindparam("kinds", expanding=True)),
    outbox.c.owner.is_(None),
    UNSENT,
)
_OWN = update(outbox).where(
    outbox.c.key == bindparam("of_key"), outbox.c.owner == bindparam("of_owner"), UNSENT
)
_PUT_OFF = _OWN.values(owner=None, doubts=outbox.c.doubts + bindparam("more"))


@dataclass(frozen=True, slots=True)
class NoticeStore:
    connection: AsyncConnection
    touch: Callable[[str], None]

    async def plan(self, notices: Sequence[Notice]) -> None:
        """A key that is there already is left as it is."""
        if notices:
            await self.connection.execute(_PLAN, list(map(_row, notices)))
            self.touch(TOPIC)

    async def drop(self, booking: BookingId, kinds: Sequence[Kind]) -> None:
        """Forget what is not yet sent of these kinds."""
        await self.connection.execute(_DROP, {"of_booking": booking, "kinds": kinds})

    async def drop_for(self, person: PersonId, kinds: Sequence[Kind]) -> None:
        """Forget what of these kinds is neither sent to a person nor being sent."""
        await self.connection.execute(_DROP_FOR, {"of_person": person, "kinds": kinds})

    async def claim_due(
        self, now: datetime, owner: str, *, limit: int, lease: timedelta
    ) -> Sequence[Notice]:
        """Lease what is due and leased by nobody; oldest first."""
        values = {"now": now, "limit": limit, "owner": owner, "leased_until": now + lease}
        rows = await self.connection.execute(_CLAIM, values)
        return sorted(map(_notice, rows), key=lambda notice: (notice.due_at, notice.key))

    async def finish(self, key: str, owner: str, at: datetime) -> bool:
        """Mark as sent; False if the lease was lost to another owner."""
        values = {"of_key": key, "of_owner": owner, "sent_at": at}
        return (await self.connection.execute(_OWN, values)).rowcount == 1

    async def hold(self, key: str, owner: str, until: datetime) -> bool:
        """Make the lease longer; False if it was lost to another owner."""
        values = {"of_key": key, "of_owner": owner, "leased_until": until}
        return (await self.connection.execute(_OWN, values)).rowcount == 1

    async def put_off(
        self, key: str, owner: str, until: datetime, *, doubtful: bool = False
    ) -> bool:
        """Give back, to be claimed again later. When it was due stays known."""
        values = {"of_key": key, "of_owner": owner, "leased_until": until, "more": int(doubtful)}
        return (await self.connection.execute(_PUT_OFF, values)).rowcount == 1


def _row(notice: Notice) -> dict[str, object]:
    return {
        "key": notice.key,
        "kind": notice.kind,
        "person": notice.person,
        "booking": notice.booking,
        "facts": notice.facts,
        "due_at": notice.due_at,
    }


def _notice(row: Row[Any]) -> Notice:
    return Notice(
        key=row.key,
        kind=Kind(row.kind),
        person=PersonId(row.person),
        due_at=row.due_at,
        booking=None if row.booking is None else BookingId(row.booking),
        facts=row.facts,
        attempts=row.attempts,
        doubts=row.doubts,
    )
