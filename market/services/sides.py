"""Whom a booking concerns: everybody else does not find it, and they alone hear of it."""

from collections.abc import Iterable

from market.domain.booking import Booking
from market.domain.errors import NotFound
from market.domain.ids import BookingId, PersonId
from market.domain.notice import Notice
from market.ports.work import Work
from market.services.colisters import told_to_all


async def rented(work: Work, renter: PersonId, booking_id: BookingId) -> Booking:
    """A booking that the person made. Raises NotFound."""
    booking = await work.bookings.get(booking_id)
    if booking.renter != renter:
        raise NotFound("booking")
    return booking


async def looked_after(work: Work, person: PersonId, booking_id: BookingId) -> Booking:
    """A booking of a space that is the person's own, or that they look after. Raises NotFound."""
    booking = await work.bookings.get(booking_id)
    if person != booking.lister and person not in await work.colisters.of(booking.space):
        raise NotFound("booking")
    return booking


async def known(work: Work, person: PersonId, booking_id: BookingId) -> Booking:
    """A booking that concerns the person, from whichever side. Raises NotFound."""
    booking = await work.bookings.get(booking_id)
    if person == booking.renter:
        return booking
    return await looked_after(work, person, booking_id)


async def tell(work: Work, booking: Booking, notices: Iterable[Notice]) -> None:
    """Plan notices about a booking; whoever looks after the space hears what its lister does."""
    await work.notices.plan(await told_to_all(work, booking, notices))
