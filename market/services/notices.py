from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from market.domain.booking import Booking
from market.domain.notice import Notice, still_true
from market.domain.person import Person
from market.domain.space import Space
from market.ports.work import Work

LEASE = timedelta(minutes=1)
BATCH = 50


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice with everything its words need, as it stands at the time of sending."""

    notice: Notice
    person: Person
    booking: Booking
    space: Space


@dataclass(frozen=True, slots=True)
class NoticeService:
    """What is owed to people: claimed by one sender at a time, checked again before it is sent."""

    work: Work
    now: datetime

    async def claim_due(self, owner: str) -> Sequence[Notice]:
        return await self.work.notices.claim_due(self.now, owner, limit=BATCH, lease=LEASE)

    async def letter(self, notice: Notice) -> Letter | None:
        """None if the notice would no longer say something true, or nobody could read it."""
        if notice.booking is None:
            return None
        booking = await self.work.bookings.get(notice.booking)
        person = await self.work.people.get(notice.person)
        if not person.reachable or not still_true(notice, booking, self.now):
            return None
        # The lister may have cancelled and then deleted the space: the renter is still to be told.
        return Letter(notice, person, booking, await self.work.spaces.ever(booking.space))

    async def finish(self, notice: Notice, owner: str) -> bool:
        """Sent, or no longer worth sending. False if another sender has taken over."""
        return await self.work.notices.finish(notice.key, owner, self.now)

    async def put_off(self, notice: Notice, owner: str, until: datetime) -> bool:
        return await self.work.notices.put_off(notice.key, owner, until)
