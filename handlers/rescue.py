"""Somebody stands in one's space: a photo, a plate, and another space for the same stay."""

from dataclasses import dataclass
from enum import StrEnum

from telegram import Update

from chat.context import END, Callback, End, Move
from chat.conversation import Conversation
from chat.matchers import on_photo, on_text, otherwise
from handlers.bookings import named, rented, show_booking, space_of
from handlers.context import ParkContext
from handlers.pressed import pressed_rest
from handlers.typed.photos import photo_of
from market.domain.errors import BookingOver, Invalid, NotYet
from market.domain.ids import BookingId, read_id
from market.domain.place import metres
from market.domain.rescue import rest_of
from market.ports.photos import StoredPhoto
from market.services.rescues import Way
from views import alert as alert_view
from views import booking as booking_view
from views import find, listing, standing
from views import rescue as view
from views import stay as stay_view
from views.errors import explain
from views.rescue import Act
from views.words import Html


class Step(StrEnum):
    PHOTO = "photo"
    PLATE = "plate"


@dataclass(frozen=True, slots=True)
class Trouble:
    """The booking whose space is occupied, and the photo of the car once it was sent."""

    booking: BookingId
    photo: StoredPhoto | None = None


async def problem(_: Update, context: ParkContext) -> None:
    booking = await named(context)
    if not booking.stands(context.now):
        return await show_booking(context, booking)
    space = await space_of(context, booking)
    context.show(view.menu(context.words, booking, space, context.now))
    return None


async def occupied(_: Update, context: ParkContext) -> Step | None:
    booking = await named(context)
    try:
        rest_of(booking, context.now)
    except NotYet as refusal:
        zone = (await space_of(context, booking)).zone_info
        context.show(stay_view.too_early(context.words, refusal.at, zone, context.now))
        return None
    context.draft = Trouble(booking.id)
    context.show(view.ask_photo(context.words, booking))
    return Step.PHOTO


async def photo_sent(_: Update, context: ParkContext) -> Step:
    trouble = context.draft_as(Trouble)
    photo = photo_of(context)
    if photo is None:
        context.show(listing.as_a_photo(context.words))
        return Step.PHOTO
    context.draft = Trouble(trouble.booking, photo)
    context.show(view.ask_plate(context.words, await rented(context, trouble.booking)))
    return Step.PLATE


async def need_photo(_: Update, context: ParkContext) -> Step:
    booking = await rented(context, context.draft_as(Trouble).booking)
    context.show(view.need_photo(context.words, booking))
    return Step.PHOTO


async def plate_typed(_: Update, context: ParkContext) -> Step | End:
    trouble = context.draft_as(Trouble)
    if trouble.photo is None:
        return await need_photo(_, context)
    try:
        way = await context.services.rescues.report(
            context.person.id, trouble.booking, trouble.photo, context.text
        )
    except Invalid as refusal:
        context.show(explain(context.words, refusal))
        return Step.PLATE
    await _show(context, way)
    return END


async def need_plate(_: Update, context: ParkContext) -> Step:
    booking = await rented(context, context.draft_as(Trouble).booking)
    context.show(view.ask_plate(context.words, booking))
    return Step.PLATE


async def again(_: Update, context: ParkContext) -> None:
    booking = await named(context)
    await _show(context, await context.services.rescues.again(context.person.id, booking.id))


async def take(_: Update, context: ParkContext) -> None:
    """What was offered and nothing else; when its time is over, what can be had now."""
    booking, rescues = await named(context), context.services.rescues
    offered = BookingId(read_id(pressed_rest(context)) or 0)
    try:
        taken = await rescues.take(context.person.id, booking.id, offered)
    except BookingOver:
        if not booking.stands(context.now):
            return await show_booking(context, booking)
        way = await rescues.again(context.person.id, booking.id)
        return await _show(context, way, view.ran_out(context.words))
    words, space = context.words, await space_of(context, taken)
    photos = await context.services.finding.photos(space.entrance) if space.entrance else ()
    context.show(*booking_view.confirmation(words, taken, space, context.now, photos))
    return None


async def tell(_: Update, context: ParkContext) -> None:
    """Be told when something like it can be had after all; the card stays as it was."""
    booking, rescues = await named(context), context.services.rescues
    wish = await rescues.wish(context.person.id, booking.id)
    asked = await context.services.alerts.ask(wish)
    note = alert_view.noted(context.words, asked, context.now)
    await _show(context, Way(booking), note)


async def refund(_: Update, context: ParkContext) -> None:
    booking = await named(context)
    ended = await context.services.rescues.refund(context.person.id, booking.id)
    due = await context.services.ledger.owed(context.person.id, ended.id)
    context.show(view.refunded(context.words, ended, standing.owed(context.words, due)))


async def redraw(_: Update, context: ParkContext) -> None:
    """A press that comes too late changes nothing: the booking as it stands, and why."""
    await show_booking(context, await named(context), find.was_late(context.words))


async def _show(context: ParkContext, way: Way, note: Html | None = None) -> None:
    words, away = context.words, Html()
    if way.space is not None:
        from_here = (await space_of(context, way.booking)).public_point
        distance = metres(from_here, way.space.public_point)
        away = find.distance(words, distance, way.space.country)
    context.show(find.noted(view.offered(words, way, away, context.now), note))


def _while_it_stands(callback: Callback[ParkContext]) -> Callback[ParkContext]:
    """When the booking is over, so is whatever was asked about it."""

    async def checked(update: Update, context: ParkContext) -> Move:
        booking = await rented(context, context.draft_as(Trouble).booking)
        if booking.stands(context.now):
            return await callback(update, context)
        await show_booking(context, booking)
        return END

    return checked


_photo_sent = on_photo(_while_it_stands(photo_sent))

CONVERSATION: Conversation[ParkContext] = Conversation(
    name="rescue",
    draft=Trouble,
    states={
        Step.PHOTO: [_photo_sent, otherwise(_while_it_stands(need_photo))],
        Step.PLATE: [
            on_text(".+", _while_it_stands(plate_typed)),
            _photo_sent,
            otherwise(_while_it_stands(need_plate)),
        ],
    },
    presses={
        standing.Act.PROBLEM: problem,
        Act.OCCUPIED: occupied,
        Act.AGAIN: again,
        Act.TAKE: take,
        Act.REFUND: refund,
        Act.TELL: tell,
    },
    redraw=redraw,
)
