"""A stay: being there, staying longer, coming with another car, and leaving."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext.filters import LOCATION, UpdateType

from chat.context import END, End
from chat.conversation import Conversation
from chat.matchers import on, on_text, otherwise
from handlers.bookings import named, rented, show_booking, space_of
from handlers.context import ParkContext
from handlers.pressed import pressed_rest
from handlers.typed.grammar import read
from handlers.typed.times import read_window
from market.domain.booking import Booking
from market.domain.errors import BookingOver, Invalid, NotBookable, NotFound, NotYet
from market.domain.ids import BookingId
from market.domain.place import Point
from market.domain.window import Window
from views import calendar, find
from views import stay as view
from views.errors import explain
from views.standing import Act, owed

HALF_A_DAY = timedelta(hours=12)
"""A clock that was typed is looked for from so long before the end on."""
LONGER = (timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2))


class Step(StrEnum):
    UNTIL = "until"
    PLATE = "plate"


@dataclass(frozen=True, slots=True)
class About:
    """Which booking the person is typing about."""

    booking: BookingId


async def here(_: Update, context: ParkContext) -> None:
    booking = await named(context)
    try:
        arrived = await context.services.stays.arrive(context.person.id, booking.id)
    except NotYet as refusal:
        zone = (await space_of(context, booking)).zone_info
        context.show(view.too_early(context.words, refusal.at, zone, context.now))
        return
    await show_booking(context, arrived, view.arrived(context.words))


async def left(_: Update, context: ParkContext) -> End:
    booking = await named(context)
    gone = await context.services.stays.leave(context.person.id, booking.id)
    space = await space_of(context, gone)
    due = await context.services.ledger.owed(context.person.id, gone.id)
    context.show(view.left(context.words, gone, space, owed(context.words, due)))
    return END


async def extend(_: Update, context: ParkContext) -> Step | End:
    """Later ends that can be had; another one may be typed."""
    return await _offer(context, await named(context))


async def until(_: Update, context: ParkContext) -> Step | End:
    """Exactly this end at exactly this price; if that has changed, it is offered anew."""
    booking, stays = await named(context), context.services.stays
    end, _dot, shown = pressed_rest(context).partition(".")
    if not end.isdecimal() or len(end) > 8:
        raise NotFound("button")
    wanted = datetime.fromtimestamp(int(end) * 60, UTC)
    try:
        longer = await stays.extended(context.person.id, booking.id, wanted)
    except NotBookable as why:
        return await _offer(context, booking, view.not_longer(context.words, why), wanted)
    more = longer.total - booking.total
    if longer != booking and str(more.minor) != shown:
        changed = context.words.say("The price has changed meanwhile.")
        return await _offer(context, booking, changed)
    extended = await stays.extend(context.person.id, booking.id, wanted)
    space = await space_of(context, extended)
    done = view.extended(context.words, extended, space, context.now)
    await show_booking(context, extended, done)
    return END


async def until_typed(_: Update, context: ParkContext) -> Step | End:
    """What was typed is offered with its price, and taken with a tap."""
    booking = await _typed_about(context)
    space = await space_of(context, booking)
    try:
        language = context.words.language
        end = read_end(context.text, context.now, booking, space.zone_info, language)
        longer = await context.services.stays.extended(context.person.id, booking.id, end)
    except Invalid as refusal:
        context.show(explain(context.words, refusal))
        return Step.UNTIL
    except NotBookable as why:
        return await _offer(context, booking, view.not_longer(context.words, why), end)
    if longer == booking:
        context.show(view.not_later(context.words, booking, space.zone_info, context.now))
        return Step.UNTIL
    context.show(view.extending(context.words, booking, space, [longer], context.now))
    return Step.UNTIL


async def ask_until(_: Update, context: ParkContext) -> Step | End:
    """Something that is no text, where an end was wanted."""
    return await _offer(context, await _typed_about(context))


async def ask_plate(_: Update, context: ParkContext) -> Step:
    return await _ask_plate(context, await named(context))


async def plate_tapped(_: Update, context: ParkContext) -> End:
    return await _change_plate(context, await named(context), pressed_rest(context))


async def plate_typed(_: Update, context: ParkContext) -> Step | End:
    booking = await _typed_about(context)
    try:
        await context.services.people.add_vehicle(context.person.id, context.text)
        return await _change_plate(context, booking, context.text)
    except Invalid as refusal:
        context.show(explain(context.words, refusal))
        return Step.PLATE


async def need_plate(_: Update, context: ParkContext) -> Step:
    return await _ask_plate(context, await _typed_about(context))


async def to_calendar(_: Update, context: ParkContext) -> None:
    """The file, while the stay stands: it names the place."""
    booking = await named(context)
    if not booking.stands(context.now):
        return await show_booking(context, booking)
    space = await space_of(context, booking)
    context.show(calendar.entry(context.words, booking, space, context.now))
    return None


async def photo(_: Update, context: ParkContext) -> None:
    """What shows that the car was still there."""
    booking, overstays = await named(context), context.services.overstays
    found = await overstays.of(context.person.id, booking.id)
    context.show(view.evidence(context.words, await overstays.photos(found) if found else ()))


async def ask_contest(_: Update, context: ParkContext) -> None:
    booking = await named(context)
    found = await context.services.overstays.of(context.person.id, booking.id)
    if found is None or found.contested_at is not None:
        return await show_booking(context, booking)
    context.show(view.sure_to_contest(context.words, booking, found))
    return None


async def contest(_: Update, context: ParkContext) -> None:
    booking = await named(context)
    await context.services.reports.overstay(context.person.id, booking.id)
    await show_booking(context, booking)


async def came_near(context: ParkContext) -> bool:
    """Whether one's own live location has just shown that one is there; then it is said."""
    message = context.message
    if message is None or message.location is None or not message.location.live_period:
        return False
    if message.forward_origin is not None or context.late:
        return False
    point = Point(message.location.latitude, message.location.longitude)
    arrived = await context.services.stays.arrive_at(context.person.id, point)
    if arrived is None:
        return False
    await show_booking(context, arrived, view.arrived(context.words))
    return True


async def moved(_: Update, context: ParkContext) -> None:
    """News of a live location that nobody else follows."""
    await came_near(context)


async def redraw(_: Update, context: ParkContext) -> None:
    """A press that comes too late changes nothing: the booking as it stands, and why."""
    await show_booking(context, await named(context), find.was_late(context.words))


def read_end(text: str, now: datetime, booking: Booking, zone: ZoneInfo, language: str) -> datetime:
    """The end that was typed: "18", "till 18", or how much longer, "1h". Raises Invalid."""
    end = booking.window.end
    lately = Window(max(booking.window.start, end - HALF_A_DAY), end)
    with suppress(Invalid):
        said = read(text, now.astimezone(zone).date(), language)
        if said.length is not None and not (said.start or said.end):
            return end + said.length
        if said.end is not None and said.start is None:
            return read_window(text, now, zone, lately, language).end
    try:
        return read_window(f"till {text}", now, zone, lately, language).end
    except Invalid as refusal:
        if refusal.reason == "not understood":
            raise Invalid(refusal.field, refusal.reason, text[:40]) from None
        raise


async def _offer(
    context: ParkContext, booking: Booking, note: str = "", wanted: datetime | None = None
) -> Step | End:
    """The usual extensions that can be had, and the longest one up to what was ``wanted``.

    Or why there is none.
    """
    stays, offers, why = context.services.stays, [], note
    for length in LONGER:
        end = booking.window.end + length
        try:
            offers.append(await stays.extended(context.person.id, booking.id, end))
        except NotBookable as refusal:
            why = why or view.not_longer(context.words, refusal)
    furthest = await stays.furthest(booking, wanted or booking.window.end + LONGER[0])
    if furthest is not None and furthest not in offers:
        offers = sorted([*offers, furthest], key=lambda it: it.window.end)
    space = await space_of(context, booking)
    words, now = context.words, context.now
    if not offers:
        context.show(view.cannot_extend(words, booking, space, why, now))
        return END
    context.draft = About(booking.id)
    context.show(view.extending(words, booking, space, offers, now, note))
    return Step.UNTIL


async def _ask_plate(context: ParkContext, booking: Booking) -> Step:
    vehicles = await context.services.people.vehicles(context.person.id)
    plates = [vehicle.plate for vehicle in vehicles]
    context.draft = About(booking.id)
    context.show(view.ask_plate(context.words, booking, plates))
    return Step.PLATE


async def _change_plate(context: ParkContext, booking: Booking, plate: str) -> End:
    bookings = context.services.bookings
    changed = await bookings.change_plate(context.person.id, booking.id, plate)
    await show_booking(context, changed, view.plate_changed(context.words, changed))
    return END


async def _typed_about(context: ParkContext) -> Booking:
    """The booking that is typed about. Raises NotFound, and BookingOver once it is over."""
    about: About | None = context.draft
    booking = await rented(context, about.booking if about else BookingId(0))
    if not booking.stands(context.now):
        raise BookingOver(booking.state)
    return booking


CONVERSATION: Conversation[ParkContext] = Conversation(
    name="stays",
    draft=About,
    entry_points=[on(UpdateType.EDITED_MESSAGE & LOCATION, moved)],
    states={
        Step.UNTIL: [on_text(".+", until_typed), otherwise(ask_until)],
        Step.PLATE: [on_text(".+", plate_typed), otherwise(need_plate)],
    },
    presses={
        Act.HERE: here,
        Act.LEFT: left,
        Act.EXTEND: extend,
        Act.UNTIL: until,
        Act.PLATE: ask_plate,
        Act.PLATE_IS: plate_tapped,
        Act.CALENDAR: to_calendar,
        Act.PHOTO: photo,
        Act.CONTEST_ASK: ask_contest,
        Act.CONTEST: contest,
    },
    redraw=redraw,
)
