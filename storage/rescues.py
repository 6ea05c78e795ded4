"""Rows about bookings whose space was occupied by somebody else."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.ids import BookingId
from market.domain.rescue import Rescue
from storage.tables.stays import rescues

_OF = select(rescues).where(rescues.c.booking == bindparam("of_booking"))
_ADD = insert(rescues)
_SAVE = _ADD.on_conflict_do_update(
    index_elements=[rescues.c.booking],
    set_={"reported_at": _ADD.excluded.reported_at, "held": _ADD.excluded.held},
)


@dataclass(frozen=True, slots=True)
class RescueStore:
    connection: AsyncConnection

    async def of(self, booking: BookingId) -> Rescue | None:
        row = (await self.connection.execute(_OF, {"of_booking": booking})).one_or_none()
        if row is None:
            return None
        held = None if row.held is None else BookingId(row.held)
        return Rescue(BookingId(row.booking), row.reported_at, held)

    async def save(self, rescue: Rescue) -> None:
        row = {"booking": rescue.booking, "reported_at": rescue.reported_at, "held": rescue.held}
        await self.connection.execute(_SAVE, row)
