from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from market.domain.booking import (
    Answer,
    Booking,
    Side,
    called_off,
    cancel,
    confirm,
    refund_now,
)
from market.domain.ids import BookingId, PersonId, QuoteId, SpaceId, new_id
from market.domain.money import Money
from market.domain.notice import (
    Kind,
    called_off_notice,
    cancellation_notice,
    notices_of,
    review_prompts,
)
from market.domain.space import Space
from market.domain.vehicle import plate_of
from market.domain.window import Window
from market.ports.work import Work
from market.services.records import RecordService


@dataclass(frozen=True, slots=True)
class BookingService:
    """From a quote to a booking, and out of it again."""

    work: Work
    now: datetime
    max_ahead: int

    async def book(self, renter: PersonId, quote_id: QuoteId, plate: str | None = None) -> Booking:
        """Confirm a quote; confirming it again gives the same booking.

        Looking and booking happen under the unit's write lock: two renters who both find the
        window free cannot both get it. Raises what ``market.domain.booking.confirm`` raises,
        NotFound, and Invalid for what is not a plate.
        """
        quote = await self.work.quotes.get(quote_id, renter)
        if earlier := await self.work.bookings.of_quote(quote_id):
            return earlier
        space = await self.work.spaces.get(quote.space)
        blocked = Window(quote.window.start, quote.window.end + quote.buffer)
        booking = confirm(
            quote,
            Answer(BookingId(new_id()), plate_of(plate) if plate else None),
            space,
            await self.work.bookings.taken(space.id, blocked),
            ahead=await self.work.bookings.ahead(renter, self.now),
            max_ahead=self.max_ahead,
            now=self.now,
        )
        await self.work.bookings.add(booking)
        if booking.plate:
            await self.work.vehicles.used(renter, booking.plate, self.now)
        await self.work.notices.plan(notices_of(booking, self.now))
        await self.work.notices.plan(review_prompts(booking))
        return booking

    async def get(self, person: PersonId, booking_id: BookingId) -> Booking:
        """A booking of one's own, from either side. Raises NotFound for everybody else's."""
        booking = await self.work.bookings.get(booking_id)
        booking.side_of(person)
        return booking

    async def of_quote(self, renter: PersonId, quote: QuoteId) -> Booking | None:
        """What one's own quote was confirmed as, if it was."""
        booking = await self.work.bookings.of_quote(quote)
        return booking if booking is not None and booking.renter == renter else None

    async def with_space(self, person: PersonId, booking_id: BookingId) -> tuple[Booking, Space]:
        """Raises NotFound, also when the space was deleted."""
        booking = await self.get(person, booking_id)
        return booking, await self.work.spaces.get(booking.space)

    async def refund_now(self, person: PersonId, booking_id: BookingId) -> Money:
        """What cancelling now would give back. Raises NotFound and BookingOver."""
        booking = await self.get(person, booking_id)
        return refund_now(booking, booking.side_of(person), self.now)

    async def cancel(self, person: PersonId, booking_id: BookingId) -> Booking:
        """Cancel from either side; the other one is told. Raises NotFound and BookingOver."""
        booking = await self.get(person, booking_id)
        side = booking.side_of(person)
        cancelled = cancel(booking, side, self.now)
        await self.work.bookings.save(cancelled)
        await self.work.notices.drop(booking.id, _OVER_WITH_THE_BOOKING)
        await self.work.notices.plan([cancellation_notice(cancelled, side, self.now)])
        if side is Side.LISTER:
            await RecordService(self.work, self.now).strike(cancelled)
        return cancelled

    async def call_off(self, booking: Booking, told: PersonId) -> Booking:
        """End what is ahead without either side's doing; one of them is told. Nothing is owed.

        Raises BookingOver.
        """
        ended = called_off(booking, Side.OPERATOR, self.now)
        await self.work.bookings.save(ended)
        await self.work.notices.drop(booking.id, _OVER_WITH_THE_BOOKING)
        await self.work.notices.plan([called_off_notice(ended, told, self.now)])
        return ended

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
        self, lister: PersonId, space_id: SpaceId, within: Window
    ) -> Sequence[Booking]:
        """Whatever was booked of one's own space, given up or not. Raises NotFound."""
        await self.work.spaces.get_own(space_id, lister)
        return await self.work.bookings.of_space(space_id, within, live=False)

    async def coming(self, renter: PersonId, limit: int = 20) -> Sequence[Booking]:
        """The renter's current and coming bookings, soonest first."""
        return await self.work.bookings.of_renter(renter, self.now, past=False, limit=limit)

    async def past(self, renter: PersonId, limit: int = 20) -> Sequence[Booking]:
        """The renter's bookings that are over, latest first."""
        return await self.work.bookings.of_renter(renter, self.now, past=True, limit=limit)

    async def spaces_of(self, bookings: Sequence[Booking]) -> Mapping[SpaceId, Space]:
        """The spaces of some bookings. Those that were deleted since are left out."""
        return await self.work.spaces.many([booking.space for booking in bookings])

    async def ahead_of_space(self, lister: PersonId, space_id: SpaceId) -> Sequence[Booking]:
        """What is booked of one's own space from now on. Raises NotFound for another's."""
        await self.work.spaces.get_own(space_id, lister)
        return await self.work.bookings.ahead_of_space(space_id, self.now)


_OVER_WITH_THE_BOOKING = (Kind.STARTS_SOON, Kind.BOOKED, Kind.REVIEW_STAY, Kind.REVIEW_RENTER)
