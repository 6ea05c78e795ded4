"""Bookings: from a quote to a stay, and out of it again, from either side."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query

from api.context import Backend, House, Unit
from api.links import both, leading_to
from api.models.bookings import BookingReply, Bookings, DirectBooking, QuotedBooking
from api.models.common import GivenInstant, Id, window_of
from api.models.spaces import Left
from api.problems import for_users
from api.repeats import Repeated
from api.security import Current
from market.domain.booking import Booking, Side
from market.domain.errors import Invalid
from market.domain.ids import BookingId, PersonId, QuoteId, SpaceId
from market.domain.space import Space
from market.services import Services

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
VIEW = timedelta(days=31)
LONGEST_VIEW = timedelta(days=366)

router = APIRouter(prefix="/bookings", tags=["bookings"])


class When(StrEnum):
    COMING = "coming"
    """Under way or ahead, soonest first."""
    PAST = "past"
    """Over or given up, latest first."""


Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | Left, Query(max_length=200)]


_BOOKING = ("get_booking", "cancel_booking")


@router.get("/my-bookings", responses=for_users(400, 422))
async def list_my_bookings(
    user: Current,
    backend: House,
    services: Unit,
    when: When = When.COMING,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Bookings:
    """What you have booked."""
    listing = f"{user.id} my-bookings {when}"
    after = _mark(backend.cursors.read(listing, cursor)) if cursor is not None else None
    found = await services.bookings.page(
        user.id, past=when is When.PAST, limit=limit + 1, after=after
    )
    return await _page(found, limit, listing, user.id, backend, services)


@router.post(
    "/create",
    status_code=201,
    responses=both(for_users(400, 404, 409, 422), leading_to(201, "booking_id", *_BOOKING)),
)
async def create_booking(
    wanted: QuotedBooking | DirectBooking, user: Current, services: Unit, repeats: Repeated
) -> BookingReply:
    """Confirm a quote, or be quoted and confirmed in one go. One quote is one booking."""

    async def make() -> BookingReply:
        quote = await _quote(wanted, user.id, services)
        booking = await services.bookings.book(user.id, quote, wanted.plate)
        return await _shown(booking, user.id, services)

    return await repeats.once(wanted, make, BookingReply)


@router.get("/space/{space_id}", responses=for_users(400, 404, 422))
async def list_bookings_of_space(
    space_id: Id,
    user: Current,
    backend: House,
    services: Unit,
    start: GivenInstant | Left = None,
    end: GivenInstant | Left = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Bookings:
    """What others have booked of a space of yours, by default in the coming 31 days."""
    begin = start or backend.clock()
    within = window_of(begin, end or begin + VIEW)
    if within.length > LONGEST_VIEW:
        raise Invalid("time", "too long", LONGEST_VIEW.days)
    found = await services.bookings.of_space(user.id, SpaceId(space_id), within)
    listing = f"{user.id} bookings of {space_id} {start} {end}"
    if cursor is not None:
        after = _mark(backend.cursors.read(listing, cursor))
        found = [booking for booking in found if (booking.window.start, booking.id) > after]
    return await _page(found, limit, listing, user.id, backend, services)


@router.get("/{booking_id}", responses=for_users(404, 422))
async def get_booking(booking_id: Id, user: Current, services: Unit) -> BookingReply:
    """A booking of yours, as its renter or as its lister."""
    booking = await services.bookings.get(user.id, BookingId(booking_id))
    return await _shown(booking, user.id, services)


@router.put("/{booking_id}/cancel", responses=for_users(404, 409, 422))
async def cancel_booking(booking_id: Id, user: Current, services: Unit) -> BookingReply:
    """Give a booking up. What comes back is what `refund_steps` say; a lister gives all back."""
    booking = await services.bookings.cancel(user.id, BookingId(booking_id))
    return await _shown(booking, user.id, services)


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
    items = [await _shown(booking, person, services) for booking in found[:limit]]
    if len(found) <= limit:
        return Bookings(items=items, next=None)
    last = found[limit - 1]
    mark = ((last.window.start - _EPOCH) // _MICROSECOND, last.id)
    return Bookings(items=items, next=backend.cursors.write(listing, mark))


def _mark(mark: Sequence[int | str]) -> tuple[datetime, BookingId]:
    start, booking = map(int, mark)
    return _EPOCH + start * _MICROSECOND, BookingId(booking)


async def _shown(booking: Booking, person: PersonId, services: Services) -> BookingReply:
    side = booking.side_of(person)
    exact = side is Side.RENTER and booking.stands(services.now)
    if exact:
        space: Space | None = await services.finding.space(booking.space)
    else:
        space = (await services.bookings.spaces_of([booking])).get(booking.space)
    return BookingReply.of(booking, space, side=side, exact=exact)
