"""Bookings: from a quote to a stay, and out of it again, from either side."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query

from api.context import Backend, House, Unit
from api.links import both, leading_to
from api.models.bookings import (
    AgreedRefund,
    BookingReply,
    Bookings,
    BookingsOfSpace,
    DirectBooking,
    GivenAnswer,
    OwnBookings,
    QuotedBooking,
    When,
)
from api.models.common import Id, window_of
from api.problems import documented, for_users
from api.repeats import Repeated
from api.security import Current, Known
from market.domain.booking import Booking, Side, State
from market.domain.errors import Invalid
from market.domain.ids import BookingId, PersonId, QuoteId, SpaceId
from market.domain.space import Space
from market.services import Services

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
VIEW = timedelta(days=31)
LONGEST_VIEW = timedelta(days=366)

router = APIRouter(prefix="/bookings", tags=["bookings"])


_BOOKING = ("get_booking", "cancel_booking", "extend_booking", "check_in", "check_out")


@router.get("/my-bookings", responses=documented(401, 422))
async def list_my_bookings(
    user: Known,
    backend: House,
    services: Unit,
    query: Annotated[OwnBookings, Query()],
) -> Bookings:
    """What you have booked."""
    listing = f"{user.id} my-bookings {query.when}"
    after = _mark(listing, query.cursor, backend)
    found = await services.bookings.page(
        user.id, past=query.when is When.PAST, limit=query.limit + 1, after=after
    )
    return await _page(found, query.limit, listing, user.id, backend, services)


@router.post(
    "/create",
    status_code=201,
    responses=both(for_users(404, 409, 422), leading_to(201, "booking_id", *_BOOKING)),
)
async def create_booking(
    wanted: QuotedBooking | DirectBooking, user: Current, services: Unit, repeats: Repeated
) -> BookingReply:
    """Confirm a quote, or be quoted and confirmed in one go. One quote is one booking."""

    async def make() -> BookingReply:
        quote = await _quote(wanted, user.id, services)
        booking = await services.bookings.book(user.id, quote, wanted.plate)
        space = await services.finding.space(booking.space)
        await services.people.seen_in(user.person, space.zone)
        return await shown(booking, user.id, services)

    return await repeats.once(wanted, make, BookingReply)


@router.get("/space/{space_id:id}", responses=for_users(404, 422))
async def list_bookings_of_space(
    space_id: Id,
    user: Current,
    backend: House,
    services: Unit,
    query: Annotated[BookingsOfSpace, Query()],
) -> Bookings:
    """What others have booked of a space of yours, by default in the coming 31 days."""
    within = window_of(query.start or backend.clock(), query.end, VIEW)
    if within.length > LONGEST_VIEW:
        raise Invalid("time", "too long", LONGEST_VIEW.days)
    found = await services.bookings.of_space(user.id, SpaceId(space_id), within)
    listing = f"{user.id} bookings of {space_id} {query.start} {query.end}"
    if after := _mark(listing, query.cursor, backend):
        found = [booking for booking in found if (booking.window.start, booking.id) > after]
    return await _page(found, query.limit, listing, user.id, backend, services)


@router.get("/{booking_id:id}", responses=documented(401, 404, 422))
async def get_booking(booking_id: Id, user: Known, services: Unit) -> BookingReply:
    """A booking of yours, as its renter or as its lister."""
    booking = await services.bookings.get(user.id, BookingId(booking_id))
    return await shown(booking, user.id, services)


@router.put("/{booking_id:id}/cancel", responses=for_users(404, 409, 422))
async def cancel_booking(
    booking_id: Id, user: Current, services: Unit, agreed: AgreedRefund | None = None
) -> BookingReply:
    """Give a booking up, or take a request back.

    What comes back is what `refund_steps` say, but never more than was charged and not waived; a
    lister who cancels gives all back. Whoever says what they agreed to is refused if it is
    something else by now.
    """
    bookings = services.bookings
    booking = await bookings.get(user.id, BookingId(booking_id))
    if booking.state is State.REQUESTED and booking.renter == user.id:
        return await shown(await bookings.withdraw(user.id, booking.id), user.id, services)
    back = await bookings.refund_now(user.id, booking.id)
    if agreed is not None and agreed.refund != back.minor:
        raise Invalid("refund", "changed", back.minor)
    return await shown(await bookings.cancel(user.id, booking.id), user.id, services)


@router.put("/{booking_id:id}/answer", responses=for_users(404, 409, 422))
async def answer_booking(
    booking_id: Id, wanted: GivenAnswer, user: Current, services: Unit
) -> BookingReply:
    """Say yes or no to a request for a space of yours."""
    booking = await services.bookings.answer(user.id, BookingId(booking_id), accept=wanted.accept)
    return await shown(booking, user.id, services)


async def _quote(
    wanted: QuotedBooking | DirectBooking, renter: PersonId, services: Services
) -> QuoteId:
    if isinstance(wanted, QuotedBooking):
        return QuoteId(wanted.quote_id)
    window = window_of(wanted.start, wanted.end)
    _, quote = await services.quotes.open(renter, SpaceId(wanted.space_id), window)
    return quote.id


async def _page(
    found: Sequence[Booking],
    limit: int,
    listing: str,
    person: PersonId,
    backend: Backend,
    services: Services,
) -> Bookings:
    """The first ``limit`` of them, and where it goes on if there are more."""
    items = [await shown(booking, person, services) for booking in found[:limit]]
    if len(found) <= limit:
        return Bookings(items=items, next=None)
    last = found[limit - 1]
    mark = ((last.window.start - _EPOCH) // _MICROSECOND, last.id)
    return Bookings(items=items, next=backend.cursors.write(listing, mark))


def _mark(listing: str, cursor: str | None, backend: Backend) -> tuple[datetime, BookingId] | None:
    """The start and id of the last booking of the page before, if there was one."""
    if cursor is None:
        return None
    start, booking = map(int, backend.cursors.read(listing, cursor))
    return _EPOCH + start * _MICROSECOND, BookingId(booking)


async def shown(booking: Booking, person: PersonId, services: Services) -> BookingReply:
    """As one of its two sides sees it at this moment."""
    side = Side.RENTER if booking.renter == person else Side.LISTER
    exact = side is Side.RENTER and booking.stands(services.now)
    if exact:
        space: Space | None = await services.finding.space(booking.space)
    else:
        space = (await services.bookings.spaces_of([booking])).get(booking.space)
    own = person in (booking.renter, booking.lister)
    bill = await services.ledger.billed(person, booking.id) if own else None
    return BookingReply.of(booking, space, services.now, bill, side=side, exact=exact)
