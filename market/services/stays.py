from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from market.domain.booking import Booking, State
from market.domain.errors import NotBookable
from market.domain.ids import BookingId, PersonId
from market.domain.ledger import Reason
from market.domain.notice import (
    OF_THE_END,
    OF_THE_STAY,
    Kind,
    arrival_notice,
    change_notice,
    leaving_notice,
    release_notice,
    stay_notices,
)
from market.domain.place import Point, metres
from market.domain.stay import (
    ARRIVAL_LEAD,
    ARRIVAL_RADIUS,
    OVERSTAY_GRACE,
    arrive,
    beyond_first_hour,
    complete,
    extend,
    furthest_end,
    leave,
    release,
)
from market.domain.window import Window
from market.ports.payments import ON_SITE, Payments
from market.ports.work import Work
from market.services.expiry import expire_around
from market.services.ledger import LedgerService
from market.services.sides import looked_after, rented, tell

_FEW = 20
"""Stays of one renter that are looked at; nobody parks in more places at once."""


@dataclass(frozen=True, slots=True)
class StayService:
    """What happens between the start and the end of a booking, and just after."""

    work: Work
    now: datetime
    payments: Payments = ON_SITE

    async def arrive(self, renter: PersonId, booking_id: BookingId) -> Booking:
        """The lister is told. Raises NotFound, NotYet and BookingOver."""
        booking = await rented(self.work, renter, booking_id)
        arrived = arrive(booking, self.now)
        if arrived is not booking:
            await self.work.bookings.save(arrived)
            await self.work.notices.drop(booking_id, (Kind.STARTS_SOON, Kind.ASK_ARRIVAL))
            await tell(self.work, arrived, [arrival_notice(arrived, self.now)])
        return arrived

    async def arrive_at(self, renter: PersonId, point: Point) -> Booking | None:
        """The stay that one's own live location has just reached, if it has reached one."""
        coming = await self.work.bookings.of_renter(renter, self.now, past=False, limit=_FEW)
        for stay in coming:
            if stay.state is not State.BOOKED or self.now < stay.window.start - ARRIVAL_LEAD:
                continue
            space = await self.work.spaces.ever(stay.space)
            if metres(space.place, point) <= ARRIVAL_RADIUS:
                return await self.arrive(renter, stay.id)
        return None

    async def leave(self, renter: PersonId, booking_id: BookingId) -> Booking:
        """The rest is free for others; the lister is told. Raises NotFound, NotYet, BookingOver."""
        booking = await rented(self.work, renter, booking_id)
        left = leave(booking, self.now)
        await self._over(left)
        if self.now < left.window.end:
            await tell(self.work, left, [leaving_notice(left, self.now)])
        return left

    async def extended(self, renter: PersonId, booking_id: BookingId, until: datetime) -> Booking:
        """What the booking would be with that end; nothing is kept. Raises as ``extend`` does."""
        booking = await rented(self.work, renter, booking_id)
        return await self._extended(booking, until)

    async def longer(self, booking: Booking, lengths: Iterable[timedelta]) -> Sequence[Booking]:
        """What the booking would be with later ends, as far as they can be had."""
        found = []
        for length in lengths:
            with suppress(NotBookable):
                found.append(await self._extended(booking, booking.window.end + length))
        return found

    async def furthest(self, booking: Booking, until: datetime) -> Booking | None:
        """What the booking would be with the latest end up to that, if a later one can be had."""
        if until <= booking.window.end:
            return None
        space = await self.work.spaces.ever(booking.space)
        end = furthest_end(booking, until, space, await self._others(booking, until))
        if end > booking.window.end:
            with suppress(NotBookable):
                return await self._extended(booking, end)
        return None

    async def extend(self, renter: PersonId, booking_id: BookingId, until: datetime) -> Booking:
        """A later end for the same stay; the same end twice is one extension.

        The lister is told. Raises NotFound, BookingOver, and the NotBookable that refuses.
        """
        booking = await rented(self.work, renter, booking_id)
        await expire_around(self.work, booking.space, renter, self.now)
        longer = await self._extended(booking, until)
        if longer is booking:
            return booking
        await self.work.bookings.save(longer)
        await self._ledger.charge(longer, Reason.EXTENSION, longer.total - booking.total)
        await self.work.notices.drop(booking_id, OF_THE_END)
        told = change_notice(longer, "end", self.now)
        await tell(self.work, longer, [told, *stay_notices(longer, self.now)])
        return longer

    async def release(self, lister: PersonId, booking_id: BookingId) -> Booking:
        """Take back a space that nobody came to; the renter is told.

        Raises NotFound, NotYet, and BookingOver, also for a stay that was paid ahead: only its
        renter can give that back.
        """
        booking = await looked_after(self.work, lister, booking_id)
        released = release(booking, self.now, prepaid=self.payments.prepaid)
        await self._over(released, OF_THE_STAY + OF_THE_END)
        await self._ledger.give_back(released, Reason.REFUND, beyond_first_hour(booking))
        await self.work.notices.plan([release_notice(released, self.now)])
        return released

    async def complete_due(self, limit: int) -> int:
        """End the stays that nobody reported; how many."""
        ended = await self.work.bookings.ended(self.now - OVERSTAY_GRACE, limit)
        for booking in ended:
            await self._over(complete(booking, self.now))
        return len(ended)

    @property
    def _ledger(self) -> LedgerService:
        return LedgerService(self.work, self.now, self.payments)

    async def _extended(self, booking: Booking, until: datetime) -> Booking:
        space = await self.work.spaces.ever(booking.space)
        if until <= booking.window.end:
            return extend(booking, until, space, (), self.now)
        return extend(booking, until, space, await self._others(booking, until), self.now)

    async def _others(self, booking: Booking, until: datetime) -> Sequence[Window]:
        """What others keep from its end on."""
        after = Window(booking.window.end, until + (booking.blocked_until - booking.window.end))
        taken = await self.work.bookings.taken(booking.space, after)
        # Its own buffer begins where the stay ends now, and is in nobody's way but others'.
        return [window for window in taken if window.start >= booking.window.end]

    async def _over(self, booking: Booking, unsaid: Sequence[Kind] = OF_THE_STAY) -> None:
        await self.work.bookings.save(booking)
        await self.work.notices.drop(booking.id, unsaid)
