"""Stays: what a renter does around a booking that stands."""

from datetime import timedelta

from fastapi import APIRouter
from starlette.responses import Response

from api.bookings import shown
from api.context import Unit
from api.models.bookings import BookingReply, Extension, LaterEnd, OtherPlate
from api.models.common import Id, window_of
from api.problems import Responses, for_users
from api.security import Current
from market.domain.errors import BookingOver, Invalid, NotFound
from market.domain.ids import BookingId
from views import calendar
from views.words import words_in

LONGER = (timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2), timedelta(hours=4))
_CALENDAR: Responses = {
    200: {"content": {calendar.MIME: {"schema": {"type": "string"}}}},
}

router = APIRouter(prefix="/bookings", tags=["bookings"])


@router.get("/{booking_id:id}/extensions", responses=for_users(404, 409, 422))
async def list_extensions(booking_id: Id, user: Current, services: Unit) -> list[Extension]:
    """Later ends that can be had at this moment, each with what it costs more."""
    booking = await services.bookings.get(user.id, BookingId(booking_id))
    if booking.renter != user.id:
        raise NotFound("booking")
    if not booking.stands(services.now):
        raise BookingOver(booking.state)
    longer = await services.stays.longer(booking, LONGER)
    return [Extension.of(one, booking) for one in longer]


@router.put("/{booking_id:id}/extend", responses=for_users(404, 409, 422))
async def extend_booking(
    booking_id: Id, wanted: LaterEnd, user: Current, services: Unit
) -> BookingReply:
    """Stay longer, at the price of the whole stay less what was agreed before."""
    window_of(services.now, wanted.until)
    booking = await services.stays.extend(user.id, BookingId(booking_id), wanted.until)
    if wanted.until < booking.window.end:
        raise Invalid("time", "ends before it does now")
    return await shown(booking, user.id, services)


@router.post("/{booking_id:id}/check-in", responses=for_users(404, 409, 422))
async def check_in(booking_id: Id, user: Current, services: Unit) -> BookingReply:
    """You are there."""
    return await shown(
        await services.stays.arrive(user.id, BookingId(booking_id)), user.id, services
    )


@router.post("/{booking_id:id}/check-out", responses=for_users(404, 409, 422))
async def check_out(booking_id: Id, user: Current, services: Unit) -> BookingReply:
    """You have left; the rest of the time is free for others."""
    return await shown(
        await services.stays.leave(user.id, BookingId(booking_id)), user.id, services
    )


@router.put("/{booking_id:id}/plate", responses=for_users(404, 409, 422))
async def change_plate(
    booking_id: Id, wanted: OtherPlate, user: Current, services: Unit
) -> BookingReply:
    """Another car comes; the lister is told."""
    booking = await services.bookings.change_plate(user.id, BookingId(booking_id), wanted.plate)
    return await shown(booking, user.id, services)


@router.get(
    "/{booking_id:id}/calendar",
    response_class=Response,
    responses=for_users(404, 409, 422) | _CALENDAR,
)
async def get_calendar_entry(booking_id: Id, user: Current, services: Unit) -> Response:
    """The stay for your own calendar, as a file; it names the place."""
    booking, space = await services.bookings.with_space(user.id, BookingId(booking_id))
    if booking.renter != user.id:
        raise NotFound("booking")
    if not booking.stands(services.now):
        raise BookingOver(booking.state)
    words = words_in(user.person.language, user.person.zone)
    file = calendar.file(words, booking, space, services.now)
    disposition = f'attachment; filename="{calendar.NAME}"'
    return Response(file, media_type=calendar.MIME, headers={"Content-Disposition": disposition})
