"""How reliable listers are: requests answered or not, and strikes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.booking import State
from market.domain.ids import BookingId, PersonId
from market.domain.record import Record
from storage.tables.market import booking_events, bookings, spaces
from storage.tables.reviews import strikes

_UNDECIDED = (State.HELD, State.REQUESTED, State.WITHDRAWN)
"""Nobody can say of these whether they would have been answered."""

_STRIKE = insert(strikes).on_conflict_do_nothing()
_STRIKES = select(func.count()).where(
    strikes.c.lister == bindparam("of_lister"), strikes.c.at >= bindparam("since")
)
_ANSWERS = (
    select(
        func.count(),
        func.coalesce(func.sum(case((bookings.c.state == State.EXPIRED, 0), else_=1)), 0),
    )
    .select_from(
        spaces.join(bookings, bookings.c.space == spaces.c.id).join(
            booking_events, booking_events.c.booking == bookings.c.id
        )
    )
    .where(spaces.c.lister == bindparam("of_lister"), bookings.c.ends_at >= bindparam("since"))
    .where(booking_events.c.step == 0, booking_events.c.state == State.REQUESTED)
    .where(bookings.c.state.not_in(_UNDECIDED))
)


@dataclass(frozen=True, slots=True)
class RecordStore:
    connection: AsyncConnection

    async def of(self, lister: PersonId, since: datetime) -> Record:
        values = {"of_lister": lister, "since": since}
        asked, answered = (await self.connection.execute(_ANSWERS, values)).one()
        struck = (await self.connection.execute(_STRIKES, values)).scalar_one()
        return Record(asked, answered, struck)

    async def strike(self, lister: PersonId, booking: BookingId, at: datetime) -> None:
        """The lister has cancelled on somebody; a booking counts once."""
        await self.connection.execute(_STRIKE, {"lister": lister, "booking": booking, "at": at})
