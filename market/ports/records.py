from datetime import datetime
from typing import Protocol

from market.domain.ids import BookingId, PersonId
from market.domain.record import Record


class Records(Protocol):
    async def of(self, lister: PersonId, since: datetime) -> Record: ...

    async def strike(self, lister: PersonId, booking: BookingId, at: datetime) -> None:
        """The lister has cancelled on somebody; a booking counts once."""
