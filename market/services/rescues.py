from dataclasses import dataclass
from datetime import datetime

from market.domain.alert import Alert
from market.domain.booking import SETTLED, Answer, Booking, Side, Standing, State, confirm, moved
from market.domain.errors import BookingOver, NotBookable, NotFound, PlateNeeded
from market.domain.ids import AlertId, BookingId, PersonId, SpaceId, new_id
from market.domain.ledger import Reason
from market.domain.notice import OF_THE_END, OF_THE_STAY, notices_of, obstruction_notice
from market.domain.request import lapsed
from market.domain.rescue import CANDIDATES, REACH, Rescue, give_up, hold, rest_of, take
from market.domain.search import Filters, Search
from market.domain.space import Space
from market.domain.window import Window
from market.ports.nearby import NearbyIndex
from market.ports.payments import ON_SITE, Payments
from market.ports.photos import StoredPhoto
from market.ports.work import Work
from market.services.ledger import LedgerService
from market.services.quotes import QuoteService
from market.services.reports import ReportService, Sighting
from market.services.sides import rented, tell

_UNLIMITED = Standing(ahead=0, requests=0, max_ahead=1)
"""Nobody in need is told that they have too many bookings."""


@dataclass(frozen=True, slots=True)
class Way:
    """What a rescue offers: another booking, held for a moment, if there is one near enough."""

    booking: Booking
    held: Booking | None = None
    space: Space | None = None


@dataclass(frozen=True, slots=True)
class RescueService:
    """For a renter whose space somebody else stands in."""

    work: Work
    now: datetime
    index: NearbyIndex
    reports: ReportService
    payments: Payments = ON_SITE

    async def report(
        self, renter: PersonId, booking_id: BookingId, photo: StoredPhoto, plate: str
    ) -> Way:
        """The car that is in the way; the lister is told, and another space is held.

        Reporting again adds a photo and holds nothing more. Raises NotFound, Invalid for what is
        not a plate, NotYet long before the start, and BookingOver.
        """
        booking = await rented(self.work, renter, booking_id)
        rest_of(booking, self.now)
        await self.reports.obstruction(booking, Sighting(plate, photo, space=booking.space))
        if await self.work.rescues.of(booking_id) is None:
            await self.work.rescues.save(Rescue(booking_id, self.now))
        return await self._way(booking)

    async def again(self, renter: PersonId, booking_id: BookingId) -> Way:
        """What is held, or something else once that has run out. Raises as ``report`` does."""
        booking = await self._reported(renter, booking_id)
        return await self._way(booking)

    async def wish(self, renter: PersonId, booking_id: BookingId) -> Alert:
        """What to wait for where nothing is near: the same as was looked for, a little farther.

        Raises as ``report`` does.
        """
        booking = await self._reported(renter, booking_id)
        search = await self._search(booking)
        space = await self.work.spaces.ever(booking.space)
        return Alert(
            id=AlertId(0),
            person=renter,
            point=search.point,
            zone=space.zone,
            window=search.window,
            filters=search.filters,
            made_at=self.now,
        )

    async def take(self, renter: PersonId, booking_id: BookingId, held_id: BookingId) -> Booking:
        """Book what is held; the first booking is called off, and nothing is owed for it.

        Taking it twice is taking it once. Raises NotFound, and BookingOver for anything that is
        not held any more.
        """
        booking = await self._reported(renter, booking_id)
        held = await self._held(booking_id)
        if held is None or held.id != held_id:
            raise BookingOver(State.EXPIRED)
        if held.state in SETTLED:
            return held
        taken = take(held, self.now)
        await self._give_up(booking)
        await self.work.bookings.save(taken)
        await self._ledger.charge(taken, Reason.STAY, taken.total)
        await tell(self.work, taken, notices_of(taken, self.now))
        return taken

    async def refund(self, renter: PersonId, booking_id: BookingId) -> Booking:
        """Call the booking off, owing nothing, and take no other. Raises NotFound, BookingOver."""
        booking = await self._reported(renter, booking_id)
        held = await self._held(booking_id)
        if held is not None and held.state is State.HELD:
            await self.work.bookings.save(moved(held, State.WITHDRAWN, Side.RENTER, self.now))
        return await self._give_up(booking)

    @property
    def _ledger(self) -> LedgerService:
        return LedgerService(self.work, self.now, self.payments)

    async def _reported(self, renter: PersonId, booking_id: BookingId) -> Booking:
        booking = await rented(self.work, renter, booking_id)
        if await self.work.rescues.of(booking_id) is None:
            raise NotFound("booking")
        return booking

    async def _held(self, booking_id: BookingId) -> Booking | None:
        rescue = await self.work.rescues.of(booking_id)
        if rescue is None or rescue.held is None:
            return None
        return await self.work.bookings.get(rescue.held)

    async def _way(self, booking: Booking) -> Way:
        held = await self._held(booking.id)
        if held is None or held.state is not State.HELD or lapsed(held, self.now):
            held = await self._hold_another(booking)
        if held is None:
            return Way(booking)
        return Way(booking, held, await self.work.spaces.ever(held.space))

    async def _hold_another(self, booking: Booking) -> Booking | None:
        search = await self._search(booking)
        for space in [found.space for found in self.index.near(search).found]:
            if held := await self._hold(booking, space, search.window):
                await self.work.bookings.add(held)
                await self.work.rescues.save(Rescue(booking.id, self.now, held.id))
                return held
        return None

    async def _search(self, booking: Booking) -> Search:
        """Equal or better: what was searched for, room for the vehicle, and no waiting."""
        space = await self.work.spaces.ever(booking.space)
        vehicles = await self.work.vehicles.of(booking.renter)
        vehicle = next((it for it in vehicles if it.plate == booking.plate), None)
        filters = Filters(
            tags=booking.wanted,
            height=vehicle.height if vehicle else None,
            length=vehicle.length if vehicle else None,
            instant_only=True,
        )
        return Search(
            space.public_point,
            rest_of(booking, self.now),
            self.now,
            k=CANDIDATES,
            reach=REACH,
            filters=filters,
            person=booking.renter,
        )

    async def _hold(self, booking: Booking, space_id: SpaceId, rest: Window) -> Booking | None:
        """The index may be a moment behind: what cannot be had after all is passed over."""
        if space_id == booking.space:
            return None
        try:
            space, quote = await QuoteService(self.work, self.now).open(
                booking.renter, space_id, rest
            )
            answer = Answer(BookingId(new_id()), booking.plate, booking.wanted)
            offered = confirm(quote, answer, space, (), _UNLIMITED, self.now)
        except (NotBookable, NotFound, PlateNeeded):
            return None
        return hold(offered, booking, self.now)

    async def _give_up(self, booking: Booking) -> Booking:
        ended = give_up(booking, self.now)
        await self.work.bookings.save(ended)
        await self.work.notices.drop(booking.id, (*OF_THE_STAY, *OF_THE_END))
        await tell(self.work, ended, [obstruction_notice(ended, self.now)])
        await self._ledger.give_back(booking, Reason.REFUND, booking.total)
        return ended
