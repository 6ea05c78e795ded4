from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from market.domain.booking import SETTLED, Booking, Side, State
from market.domain.errors import BookingOver, NotFound
from market.domain.ids import BookingId, PersonId
from market.domain.ledger import Bill, Entry, Reason, bill, charged, given_back, paid
from market.domain.money import Money
from market.ports.payments import ON_SITE, Payments
from market.ports.work import Work
from market.services.sides import known


@dataclass(frozen=True, slots=True)
class LedgerService:
    """What renters owe listers for their bookings."""

    work: Work
    now: datetime
    payments: Payments = ON_SITE

    async def charge(self, booking: Booking, reason: Reason, amount: Money) -> None:
        """The renter owes so much more."""
        await self._enter(charged(booking.id, reason, amount, self.now))

    async def give_back(self, booking: Booking, reason: Reason, amount: Money) -> None:
        """The renter owes so much less, as far as the lister has not waived it before."""
        left = (await self.bill(booking)).cost
        await self._enter(given_back(booking.id, reason, min(amount, left), self.now))

    async def bill(self, booking: Booking) -> Bill:
        return bill(await self.work.ledger.of(booking.id), booking.total.currency)

    async def billed(self, person: PersonId, booking_id: BookingId) -> Bill | None:
        """None where nothing was ever charged. Raises NotFound for others."""
        booking = await known(self.work, person, booking_id)
        entries = await self.work.ledger.of(booking_id)
        return bill(entries, booking.total.currency) if entries else None

    async def owed(self, person: PersonId, booking_id: BookingId) -> Money | None:
        """What is still owed; None where nothing was ever charged. Raises NotFound for others."""
        billed = await self.billed(person, booking_id)
        return billed.due if billed else None

    async def paid(self, lister: PersonId, booking_id: BookingId) -> Booking:
        """The lister has got what was due, or has given it back. Said twice it is said once.

        Raises NotFound for everybody else, BookingOver for a booking that nobody ever owed for.
        """
        booking = await self._own(lister, booking_id)
        await self._enter(paid(booking_id, (await self.bill(booking)).due, self.now))
        return booking

    async def waive(self, lister: PersonId, booking_id: BookingId) -> Booking:
        """The lister asks for no more. Raises NotFound and BookingOver as ``paid`` does."""
        booking = await self._own(lister, booking_id)
        left = (await self.bill(booking)).due
        if left.minor > 0:
            await self.give_back(booking, Reason.WAIVED, left)
        return booking

    async def _own(self, lister: PersonId, booking_id: BookingId) -> Booking:
        booking = await self.work.bookings.get(booking_id)
        if booking.side_of(lister) is not Side.LISTER:
            raise NotFound("booking")
        if booking.state not in _OWED_FOR:
            raise BookingOver(booking.state)
        return booking

    async def _enter(self, entries: Sequence[Entry]) -> None:
        await self.work.ledger.enter(entries)
        await self.payments.entered(self.work, entries)


_OWED_FOR = (*SETTLED, State.COMPLETED, State.CANCELLED, State.RELEASED)
