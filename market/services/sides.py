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
    if not await _looks_after(work, person, booking):
        raise NotFound("booking")
    return booking


async def known(work: Work, person: PersonId, booking_id: BookingId) -> Booking:
    """A booking that concerns the person, from whichever side. Raises NotFound."""
    booking = await work.bookings.get(booking_id)
    if not await concerns(work, person, booking):
        raise NotFound("booking")
    return booking


async def concerns(work: Work, person: PersonId, booking: Booking) -> bool:
    """Whether it is a person's own, as its renter or as somebody who looks after the space."""
    return person == booking.renter or await _looks_after(work, person, booking)


async def _looks_after(work: Work, person: PersonId, booking: Booking) -> bool:
    return person == booking.lister or person in await work.colisters.of(booking.space)


async def tell(work: Work, booking: Booking, notices: Iterable[Notice]) -> None:
    """Plan notices about a booking; whoever looks after the space hears what its lister does."""
    await work.notices.plan(await told_to_all(work, booking, notices))
