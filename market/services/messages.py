from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from market.domain.booking import Booking
from market.domain.errors import MessagesBlocked
from market.domain.ids import BookingId, MessageId, PersonId, new_id
from market.domain.message import KEPT, OPEN_FOR, Message, compose, other_side
from market.domain.notice import message_notice
from market.ports.photos import StoredPhoto
from market.ports.work import Work

SHOWN = 100
"""Messages about one booking; the last ones are read."""


@dataclass(frozen=True, slots=True)
class MessageService:
    """Passes messages on between the two sides of a booking; neither learns who the other is."""

    work: Work
    now: datetime

    async def send(
        self,
        author: PersonId,
        booking_id: BookingId,
        text: str,
        photo: StoredPhoto | None = None,
    ) -> Message:
        """Raises what ``market.domain.message.compose`` raises, and MessagesBlocked."""
        booking = await self.work.bookings.get(booking_id)
        other = other_side(booking, author)
        number = MessageId(new_id())
        picture = photo.id if photo else None
        message = compose(number, booking, author, text, picture, self.now)
        if await self.work.messages.blocks(other, author):
            raise MessagesBlocked
        if photo is not None:
            await self.work.photos.add(photo)
        await self.work.messages.add(message)
        await self.work.notices.plan([message_notice(message, other)])
        return message

    async def latest(self, person: PersonId, booking_id: BookingId) -> Sequence[Message]:
        """Of both sides, oldest first. Raises NotFound for whoever is on neither."""
        await self._other(person, booking_id)
        return await self.work.messages.of_booking(booking_id, SHOWN)

    async def block(self, person: PersonId, booking_id: BookingId) -> Booking:
        """Take no more messages of the other side, about any booking. Raises NotFound."""
        booking, other = await self._other(person, booking_id)
        await self.work.messages.block(person, other, self.now)
        return booking

    async def unblock(self, person: PersonId, booking_id: BookingId) -> Booking:
        """Raises NotFound."""
        booking, other = await self._other(person, booking_id)
        await self.work.messages.unblock(person, other)
        return booking

    async def forget(self, limit: int) -> int:
        """Delete what has been kept long enough after its stay; how many."""
        return await self.work.messages.drop(self.now - OPEN_FOR - KEPT, limit)

    async def _other(self, person: PersonId, booking_id: BookingId) -> tuple[Booking, PersonId]:
        booking = await self.work.bookings.get(booking_id)
        return booking, other_side(booking, person)
