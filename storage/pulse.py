"""How the store is doing: what waits in it and since when, for whoever watches the process."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, case, func, or_, select

from storage.tables.chat import UNFINISHED, inbox, polls
from storage.tables.market import LIVE_STATES, bookings, spaces
from storage.tables.outbox import UNSENT, outbox
from storage.work import Work

# The first condition of each is that of a partial index: only the few that wait are looked at.
_WAITING_UPDATES = (
    select(func.count(), func.min(inbox.c.received_at))
    .select_from(inbox)
    .where(UNFINISHED, inbox.c.state == "new")
)
_POLLED = select(func.max(polls.c.polled_at))
# What could not be sent, or is being sent at this moment, is due again when its lease has run out.
_DUE_AGAIN = case(
    (outbox.c.leased_until > outbox.c.due_at, outbox.c.leased_until), else_=outbox.c.due_at
)
_OLDEST_NOTICE = (
    select(func.min(_DUE_AGAIN))
    .where(UNSENT, outbox.c.due_at <= bindparam("now"))
    .where(or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= bindparam("now")))
)
_UNSENT = select(func.count()).select_from(outbox).where(UNSENT)
_NUMBER = func.count().label("number")
_BOOKINGS = select(bookings.c.state, _NUMBER).where(LIVE_STATES).group_by(bookings.c.state)
_SPACES = select(spaces.c.state, _NUMBER).group_by(spaces.c.state)


@dataclass(frozen=True, slots=True)
class Pulse:
    """What waits. Each time is that of the oldest that does, or None if nothing waits."""

    updates: int
    oldest_update: datetime | None
    """When it was taken in."""
    polled: datetime | None
    """When Telegram last answered, to the minute; None where nobody polls."""
    oldest_notice: datetime | None
    """When it was due, or due again."""


async def pulse(work: Work, now: datetime) -> Pulse:
    """Short indexed queries: may be asked of a glance, however full the store is."""
    connection = work.connection
    updates, oldest_update = (await connection.execute(_WAITING_UPDATES)).one()
    return Pulse(
        updates,
        oldest_update,
        (await connection.execute(_POLLED)).scalar_one(),
        (await connection.execute(_OLDEST_NOTICE, {"now": now})).scalar_one(),
    )


@dataclass(frozen=True, slots=True)
class Census:
    """How many there are, by state; of bookings only those that still count."""

    notices: int
    bookings: dict[str, int]
    spaces: dict[str, int]


async def census(work: Work) -> Census:
    """Counts rows one by one: for a reader of its own."""
    connection = work.connection
    return Census(
        int((await connection.execute(_UNSENT)).scalar_one()),
        {row.state: row.number for row in await connection.execute(_BOOKINGS)},
        {row.state: row.number for row in await connection.execute(_SPACES)},
    )
