from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from market.domain.ids import BookingId, MessageId, PersonId
from market.domain.message import Message


class Messages(Protocol):
    async def get(self, message: MessageId) -> Message:
        """Raises NotFound."""

    async def add(self, message: Message) -> None: ...

    async def of_booking(self, booking: BookingId, limit: int) -> Sequence[Message]:
        """The latest, oldest of them first."""

    async def drop(self, ended_before: datetime, limit: int) -> int:
        """Delete those about stays that ended before then, with their photos; how many."""

    async def block(self, person: PersonId, other: PersonId, at: datetime) -> None: ...

    async def unblock(self, person: PersonId, other: PersonId) -> None: ...

    async def blocks(self, person: PersonId, other: PersonId) -> bool:
        """Whether a person takes no messages of another's."""
