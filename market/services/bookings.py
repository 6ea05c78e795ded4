from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from market.domain.booking import (
    SETTLED,
    Answer,
    Booking,
    Side,
    Standing,
    State,
    called_off,
    cancel,
    change_plate,
    confirm,
    refund_now,
)
from market.domain.colister import Right
from market.domain.ids import BookingId, PersonId, QuoteId, SpaceId, new_id
from market.domain.ledger import Bill, Reason
from market.domain.money import Money
from market.domain.notice import (
    OF_THE_END,
    OF_THE_STAY,
    Notice,
    answer_notices,
    answered_notice,
    called_off_notice,
    cancellation_notice,
    change_notice,
    notices_of,
)
from market.domain.request import answer, withdraw
from market.domain.space import Space, Tag, refuse_vehicle
from market.domain.vehicle import plate_of
from market.domain.window import Window
from market.ports.payments import ON_SITE, Payments
from market.ports.work import Work
from market.services.colisters import entitled, told_to_all
from market.services.expiry import expire_all, expire_around
from market.services.ledger import LedgerService
from market.services.records import RecordService
from market.services.sides import known, looked_after, rented, tell


@dataclass(frozen=True, slots=True)
class BookingService:
    """From a quote to a booking, and out of it again."""

    work: Work
    now: datetime
    max_ahead: int
    payments: Payments = ON_SITE

    async def book(
        self,
        renter: PersonId,
        quote_id: QuoteId,
        plate: str | None = None,
        *,
        wanted: frozenset[Tag] = frozenset(),
    ) -> Booking:
        """Confirm a quote; confirming it again gives the same booking, or request.

        Looking and booking happen under the unit's write lock: two renters who both find the
        window free cannot both get it. ``wanted`` is what the renter searched for. Raises what
        ``market.domain.booking.confirm`` raises, NotFound, and Invalid for what is not a plate.
        """
        quote = await self.work.quotes.get(quote_id, renter)
        if earlier := await self.work.bookings.of_quote(quote_id):
            return earlier
        space = await self.work.spaces.get(quote.space)
        await expire_around(self.work, space.id, renter, self.now)
        blocked = Window(quote.window.start, quote.window.end + quote.buffer)
        answer = Answer(BookingId(new_id()), plate_of(plate) if plate else None, wanted)
        vehicles = await self.work.vehicles.of(renter)
        refuse_vehicle(space, quote.window, [it for it in vehicles if it.plate == answer.plate])
        booking = confirm(
            quote,
            answer,
            space,
            await self.work.bookings.taken(space.id, blocked),
            await self._standing(renter),
            self.now,
        )
        await self.work.bookings.add(booking)
        if booking.plate:
            await self.work.vehicles.used(renter, booking.plate, self.now)
        await tell(self.work, booking, notices_of(booking, self.now))
        if booking.state is State.BOOKED:
            await self._ledger.charge(booking, Reason.STAY, booking.total)
        return booking

    async def answer(self, person: PersonId, booking_id: BookingId, *, accept: bool) -> Booking:
        """A lister's or co-lister's yes or no to a request; the renter is told.

        Of two answers the first counts. Raises NotFound for everybody else, and BookingOver when
        it is answered, withdrawn or expired already.
        """
        booking = await looked_after(self.work, person, booking_id)
        answered = answer(booking, self.now, accept=accept)
        await self._ended(answered, answer_notices(answered, self.now))
        await self._tell_others(answered, person)
        if accept:
            space = await self.work.spaces.ever(booking.space)
            await self.work.spaces.save(replace(space, approved=space.approved + 1))
            await self._ledger.charge(answered, Reason.STAY, answered.total)
        return answered

    async def withdraw(self, renter: PersonId, booking_id: BookingId) -> Booking:
        """Take a request back; the lister is told. Raises NotFound and BookingOver."""
        booking = await rented(self.work, renter, booking_id)
        withdrawn = withdraw(booking, self.now)
        await self._ended(withdrawn, answer_notices(withdrawn, self.now))
        return withdrawn

    async def requests(self, person: PersonId) -> Sequence[Booking]:
        """What waits for a person's answer, at their own spaces and those they look after."""
        own = [space.id for space in await self.work.spaces.of_lister(person)]
        others = await self.work.colisters.spaces_of(person)
        return await self.work.bookings.requests_to([*own, *others], self.now)

    async def expire_due(self, limit: int) -> int:
        """End what nobody has answered or taken in time; how many."""
        lapsed = await self.work.bookings.lapsed(self.now, limit)
        await expire_all(self.work, lapsed, self.now)
        return len(lapsed)

    async def change_plate(self, renter: PersonId, booking_id: BookingId, plate: str) -> Booking:
        """Another car comes; the lister is told. Raises NotFound, Invalid and BookingOver."""
        booking = await rented(self.work, renter, booking_id)
        changed = change_plate(booking, plate_of(plate), self.now)
        if changed == booking:
            return booking
        await self.work.bookings.save(changed)
        await self.work.vehicles.used(renter, plate_of(plate), self.now)
        if changed.state in SETTLED:
            await tell(self.work, changed, [change_notice(changed, "plate", self.now)])
        return changed

    async def get(self, person: PersonId, booking_id: BookingId) -> Booking:
        """A booking of one's own, or of a space one looks after. Raises NotFound for others'."""
        return await known(self.work, person, booking_id)

    async def of_quote(self, renter: PersonId, quote: QuoteId) -> Booking | None:
        """What one's own quote was confirmed as, if it was."""
        booking = await self.work.bookings.of_quote(quote)
        return booking if booking is not None and booking.renter == renter else None

    async def with_space(self, person: PersonId, booking_id: BookingId) -> tuple[Booking, Space]:
        """The space too, also if it was deleted since. Raises NotFound."""
        booking = await self.get(person, booking_id)
        return booking, await self.work.spaces.ever(booking.space)

    async def refund_now(self, person: PersonId, booking_id: BookingId) -> Money:
        """What cancelling now would give back. Raises NotFound and BookingOver."""
        booking = await self.get(person, booking_id)
        return refund_now(booking, booking.side_of(person), self.now)

    async def bill_if_cancelled(self, person: PersonId, booking_id: BookingId) -> Bill:
        """What it would cost, and what would be owed, after cancelling now.

        Raises NotFound and BookingOver.
        """
        booking = await self.get(person, booking_id)
        back = refund_now(booking, booking.side_of(person), self.now)
        return (await self._ledger.bill(booking)).without(back)

    async def cancel(self, person: PersonId, booking_id: BookingId) -> Booking:
        """Cancel from either side; the other one is told. Raises NotFound and BookingOver."""
        booking = await self.get(person, booking_id)
        side = booking.side_of(person)
        back = refund_now(booking, side, self.now)
        cancelled = cancel(booking, side, self.now)
        await self._ended(cancelled, [cancellation_notice(cancelled, side, self.now)])
        await self._ledger.give_back(cancelled, Reason.REFUND, back)
        if side is Side.LISTER:
            await RecordService(self.work, self.now).strike(cancelled)
        return cancelled

    async def call_off(self, booking: Booking, told: PersonId) -> Booking:
        """End what is ahead without either side's doing; one of them is told. Nothing is owed.

        Raises BookingOver.
        """
        ended = called_off(booking, Side.OPERATOR, self.now)
        await self._ended(ended, [called_off_notice(ended, told, self.now)])
        if booking.state in SETTLED:
            await self._ledger.give_back(ended, Reason.REFUND, booking.total)
        return ended

    async def may_know_place(self, person: PersonId, space: Space) -> bool:
        """Whether a space's exact place is theirs to know: its lister's, and whose stay stands."""
        if person == space.lister:
            return True
        coming = await self.coming(person)
        return any(stay.space == space.id and stay.stands(self.now) for stay in coming)

    async def page(
        self,
        renter: PersonId,
        *,
        past: bool,
        limit: int,
        after: tuple[datetime, BookingId] | None,
    ) -> Sequence[Booking]:
        """Some of the renter's, going on ``after`` the start and id of one."""
        return await self.work.bookings.of_renter(
            renter, self.now, past=past, limit=limit, after=after
        )

    async def of_space(
        self, person: PersonId, space_id: SpaceId, within: Window
    ) -> Sequence[Booking]:
        """Whatever was booked of a space that one looks after, given up or not. Raises NotFound."""
        await entitled(self.work, person, space_id, Right.SEE)
        return await self.work.bookings.of_space(space_id, within, live=False)

    async def coming(self, renter: PersonId, limit: int = 20) -> Sequence[Booking]:
        """The renter's current and coming bookings, soonest first."""
        return await self.work.bookings.of_renter(renter, self.now, past=False, limit=limit)

    async def past(self, renter: PersonId, limit: int = 20) -> Sequence[Booking]:
        """The renter's bookings that are over, latest first."""
        return await self.work.bookings.of_renter(renter, self.now, past=True, limit=limit)

    async def spaces_of(self, bookings: Sequence[Booking]) -> Mapping[SpaceId, Space]:
        """The spaces of some bookings, also those that were deleted since."""
        named = {booking.space for booking in bookings}
        there = await self.work.spaces.many(list(named))
        gone = {space: await self.work.spaces.ever(space) for space in named - there.keys()}
        return {**there, **gone}

    async def ahead_of_space(self, person: PersonId, space_id: SpaceId) -> Sequence[Booking]:
        """What is booked, from now on, of a space that one looks after. Raises NotFound."""
        await entitled(self.work, person, space_id, Right.SEE)
        return await self.work.bookings.ahead_of_space(space_id, self.now)

    @property
    def _ledger(self) -> LedgerService:
        return LedgerService(self.work, self.now, self.payments)

    async def _standing(self, renter: PersonId) -> Standing:
        return Standing(
            ahead=await self.work.bookings.ahead(renter, self.now),
            requests=await self.work.bookings.requests(renter, self.now),
            max_ahead=self.max_ahead,
        )

    async def _tell_others(self, answered: Booking, person: PersonId) -> None:
        """The first answer counts: whoever else was asked need not look for one."""
        told = await told_to_all(self.work, answered, [answered_notice(answered, self.now)])
        await self.work.notices.plan([notice for notice in told if notice.person != person])

    async def _ended(self, booking: Booking, notices: Sequence[Notice]) -> None:
        """Save what a request or booking has become; what was to be said of it falls away."""
        await self.work.bookings.save(booking)
        await self.work.notices.drop(booking.id, (*OF_THE_STAY, *OF_THE_END))
        await tell(self.work, booking, notices)
