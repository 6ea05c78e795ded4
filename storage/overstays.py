"""Rows about cars that stayed too long."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, not_, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.ids import BookingId, PersonId, PhotoId
from market.domain.money import Money
from market.domain.stay import Overstay
from storage.photo_rows import PhotoRows
from storage.tables.stays import overstays

_OF = select(overstays).where(overstays.c.booking == bindparam("of_booking"))
_ADD = insert(overstays)
_SAVE = _ADD.on_conflict_do_update(
    index_elements=[overstays.c.booking],
    set_={
        column.name: _ADD.excluded[column.name] for column in overstays.c if not column.primary_key
    },
)
_TO_BE_JUDGED = and_(overstays.c.contested_at.is_not(None), overstays.c.settled_at.is_(None))
_STALE = (
    select(overstays.c.booking, overstays.c.photo)
    .where(overstays.c.photo.is_not(None), overstays.c.seen_at < bindparam("before"))
    .where(not_(_TO_BE_JUDGED))
    .order_by(overstays.c.seen_at)
    .limit(bindparam("limit"))
)
_FORGET = update(overstays).where(overstays.c.booking == bindparam("of_booking")).values(photo=None)


@dataclass(frozen=True, slots=True)
class OverstayStore:
    connection: AsyncConnection
    photos: PhotoRows

    async def of(self, booking: BookingId) -> Overstay | None:
        row = (await self.connection.execute(_OF, {"of_booking": booking})).one_or_none()
        if row is None:
            return None
        return Overstay(
            PersonId(row.reporter),
            None if row.photo is None else PhotoId(row.photo),
            row.seen_at,
            Money(row.charge, row.currency),
            row.contested_at,
            row.settled_at,
        )

    async def save(self, booking: BookingId, overstay: Overstay) -> None:
        """The latest sighting of a booking's car takes the place of an earlier one."""
        row = {
            "booking": booking,
            "reporter": overstay.reporter,
            "photo": overstay.photo,
            "seen_at": overstay.seen_at,
            "charge": overstay.charge.minor,
            "currency": overstay.charge.currency,
            "contested_at": overstay.contested_at,
            "settled_at": overstay.settled_at,
        }
        await self.connection.execute(_SAVE, row)

    async def forget_photos(self, before: datetime, limit: int) -> int:
        """Delete photos of sightings before then, but for those an operator has yet to judge."""
        values = {"before": before, "limit": limit}
        stale = (await self.connection.execute(_STALE, values)).all()
        for booking, photo in stale:
            await self.connection.execute(_FORGET, {"of_booking": booking})
            await self.photos.discard([PhotoId(photo)])
        return len(stale)
