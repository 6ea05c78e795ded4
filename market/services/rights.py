from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from market.domain.ban import mark_of
from market.domain.booking import SETTLED, Booking, State
from market.domain.errors import StayRunning
from market.domain.ids import PersonId, new_id
from market.domain.money import Money
from market.domain.person import Person
from market.ports.rights import Everything
from market.ports.work import Work
from market.services.bookings import BookingService

_MANY = 1000


@dataclass(frozen=True, slots=True)
class Leaving:
    """What ends when a person has themselves erased: bookings, with what stays owed for each."""

    rented: Sequence[tuple[Booking, Money]]
    let: Sequence[Booking]
    """At the person's own spaces; their renters owe nothing."""

    @property
    def agreed(self) -> str:
        """What a tap must carry to agree to exactly this."""
        owed = sum(money.minor for _, money in self.rented)
        return f"{len(self.rented)}.{len(self.let)}.{owed}"


@dataclass(frozen=True, slots=True)
class RightsService:
    """A person's rights to their data: to have it, and to have it gone."""

    work: Work
    now: datetime
    ban_key: bytes
    bookings: BookingService

    async def ask_export(self, person: PersonId) -> bool:
        """Everything is sent as soon as it is put together. False if it is on its way already."""
        return await self.work.exports.ask(person, self.now)

    async def everything(self, person: PersonId) -> Everything:
        """All that is kept of them, at once."""
        return await self.work.exports.everything(person)

    async def leaving(self, person: PersonId) -> Leaving:
        """What erasing would end. Raises StayRunning while a stay is in progress."""
        rented = await self.work.bookings.of_renter(person, self.now, past=False, limit=_MANY)
        own = await self.work.spaces.of_lister(person)
        found = [await self.work.bookings.ahead_of_space(space.id, self.now) for space in own]
        let = [booking for of_one in found for booking in of_one]
        for booking in (*rented, *let):
            if booking.running(self.now):
                raise StayRunning(booking.window.end)
        return Leaving([(it, await self._owed(person, it)) for it in rented], let)

    async def erase(self, person: Person, agreed: str) -> Leaving | None:
        """Cancel what is ahead under the usual rules, then forget the person.

        Nothing is done, and what it would be is returned, if that is not what was agreed to.
        Raises StayRunning.
        """
        leaving = await self.leaving(person.id)
        if leaving.agreed != agreed:
            return leaving
        for booking in (*(it for it, _ in leaving.rented), *leaving.let):
            if booking.state in SETTLED:
                await self.bookings.cancel(person.id, booking.id)
            elif booking.ahead(self.now):
                other = booking.lister if booking.renter == person.id else booking.renter
                await self.bookings.call_off(booking, other)
        if person.banned and person.telegram is not None:
            await self.work.bans.keep_mark(mark_of(person.telegram, self.ban_key))
        await self.work.erasure.erase(person, PersonId(new_id()), self.now)
        return None

    async def _owed(self, person: PersonId, booking: Booking) -> Money:
        if booking.state in (State.HELD, State.REQUESTED):
            return Money(0, booking.total.currency)
        return (await self.bookings.bill_if_cancelled(person, booking.id)).due
