"""Rows about relayed messages, and about who takes none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.errors import NotFound
from market.domain.ids import BookingId, MessageId, PersonId, PhotoId
from market.domain.message import Message
from storage.photo_rows import PhotoRows
from storage.tables.market import bookings
from storage.tables.messages import blocks, messages
from storage.tables.reports import reports

_GET = select(messages).where(messages.c.id == bindparam("message"))
_ADD = insert(messages)
_OF_BOOKING = (
    select(messages)
    .where(messages.c.booking == bindparam("of_booking"))
    .order_by(messages.c.at.desc(), messages.c.id)
    .limit(bindparam("limit"))
)
_IS_EVIDENCE = select(reports.c.id).where(reports.c.message == messages.c.id).exists()
_OLD = (
    select(messages.c.id, messages.c.photo)
    .join(bookings, bookings.c.id == messages.c.booking)
    .where(bookings.c.ends_at < bindparam("before"), ~_IS_EVIDENCE)
    .limit(bindparam("limit"))
)
_DROP = delete(messages).where(messages.c.id.in_(bindparam("messages", expanding=True)))
_BLOCK = insert(blocks).on_conflict_do_nothing()
_PAIR = (blocks.c.person == bindparam("one"), blocks.c.other == bindparam("of_other"))
_UNBLOCK = delete(blocks).where(*_PAIR)
_BLOCKS = select(blocks.c.at).where(*_PAIR)


@dataclass(frozen=True, slots=True)
class MessageStore:
    connection: AsyncConnection
    photos: PhotoRows

    async def get(self, message: MessageId) -> Message:
        """Raises NotFound."""
        row = (await self.connection.execute(_GET, {"message": message})).one_or_none()
        if row is None:
            raise NotFound("message")
        return _message(row)

    async def add(self, message: Message) -> None:
        row = {
            "id": message.id,
            "booking": message.booking,
            "author": message.author,
            "text": message.text,
            "photo": message.photo,
            "at": message.at,
        }
        await self.connection.execute(_ADD, row)

    async def of_booking(self, booking: BookingId, limit: int) -> Sequence[Message]:
        """The latest, oldest of them first."""
        rows = await self.connection.execute(_OF_BOOKING, {"of_booking": booking, "limit": limit})
        return [_message(row) for row in rows][::-1]

    async def drop(self, ended_before: datetime, limit: int) -> int:
        """Delete those about stays that ended before then, with their photos; how many."""
        values = {"before": ended_before, "limit": limit}
        found = (await self.connection.execute(_OLD, values)).all()
        await self.connection.execute(_DROP, {"messages": [row.id for row in found]})
        await self.photos.discard([row.photo for row in found if row.photo is not None])
        return len(found)

    async def block(self, person: PersonId, other: PersonId, at: datetime) -> None:
        await self.connection.execute(_BLOCK, {"person": person, "other": other, "at": at})

    async def unblock(self, person: PersonId, other: PersonId) -> None:
        await self.connection.execute(_UNBLOCK, {"one": person, "of_other": other})

    async def blocks(self, person: PersonId, other: PersonId) -> bool:
        """Whether a person takes no messages of another's."""
        values = {"one": person, "of_other": other}
        return (await self.connection.execute(_BLOCKS, values)).one_or_none() is not None


def _message(row: Row[Any]) -> Message:
    return Message(
        id=MessageId(row.id),
        booking=BookingId(row.booking),
        author=PersonId(row.author),
        text=row.text,
        at=row.at,
        photo=row.photo and PhotoId(row.photo),
    )
