"""Whose booking it is: everybody else does not find it."""

from market.domain.booking import Booking
from market.domain.errors import NotFound
from market.domain.ids import BookingId, PersonId
from market.ports.work import Work


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
