"""One booking from its lister's side: what is owed, nobody came, the car is still there."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from telegram import Update

from chat.context import END, End
from chat.conversation import Conversation
from chat.matchers import on_photo, otherwise
from handlers.context import ParkContext
from handlers.pressed import pressed_id
from handlers.typed.photos import photo_of
from market.domain.booking import Booking
from market.domain.errors import NotFound
from market.domain.ids import BookingId, SpaceId
from market.domain.window import Window
from views import find, listing
from views import hosting as view
from views.hosting import Act
from views.words import Html

LOOKED_BACK = timedelta(days=30)
LOOKED_AHEAD = timedelta(days=731)
"""What is cancelled is over, also long before it would have begun; no stay is further ahead."""
SHOWN = 20


class Step(StrEnum):
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Seen:
    """Whose car is still there."""

    booking: BookingId


async def open_booking(_: Update, context: ParkContext) -> None:
    await _show(context, await _named(context))


async def past(_: Update, context: ParkContext) -> None:
    bookings = context.services.bookings
    space_id = SpaceId(pressed_id(context))
    space = await context.services.spaces.get(context.person.id, space_id)
    around = Window(context.now - LOOKED_BACK, context.now + LOOKED_AHEAD)
    found = await bookings.of_space(context.person.id, space_id, around)
    over = [it for it in found if it.window.end <= context.now or not it.live(context.now)]
    context.show(view.past(context.words, space, over[: -SHOWN - 1 : -1], context.now))


async def paid(_: Update, context: ParkContext) -> None:
    await context.services.ledger.paid(context.person.id, BookingId(pressed_id(context)))
    await _show(context, await _named(context))


async def ask_waive(_: Update, context: ParkContext) -> None:
    booking = await _named(context)
    due = await context.services.ledger.owed(context.person.id, booking.id)
    if due is None or due.minor <= 0:
        return await _show(context, booking)
    context.show(view.sure_to_waive(context.words, booking, due))
    return None


async def waive(_: Update, context: ParkContext) -> None:
    await context.services.ledger.waive(context.person.id, BookingId(pressed_id(context)))
    await _show(context, await _named(context))


async def ask_release(_: Update, context: ParkContext) -> None:
    booking, space = await context.services.bookings.with_space(
        context.person.id, (await _named(context)).id
    )
    context.show(view.sure_to_release(context.words, booking, space))


async def release(_: Update, context: ParkContext) -> None:
    booking_id = BookingId(pressed_id(context))
    await _show(context, await context.services.stays.release(context.person.id, booking_id))


async def ask_photo(_: Update, context: ParkContext) -> Step:
    booking = await _named(context)
    context.draft = Seen(booking.id)
    context.show(view.ask_photo(context.words, booking))
    return Step.PHOTO


async def photo_sent(_: Update, context: ParkContext) -> Step | End:
    """Charged from the photo's arrival on: what arrives late shows nothing of now."""
    booking_id = context.draft_as(Seen).booking
    photo = photo_of(context)
    if photo is None or context.late:
        late = find.was_late(context.words) if photo else None
        context.show(find.noted(listing.as_a_photo(context.words), late))
        return Step.PHOTO
    await context.services.overstays.report(context.person.id, booking_id, photo)
    await _show(context, await context.services.bookings.get(context.person.id, booking_id))
    return END


async def need_photo(_: Update, context: ParkContext) -> Step:
    person, booking_id = context.person.id, context.draft_as(Seen).booking
    booking = await context.services.bookings.get(person, booking_id)
    context.show(view.ask_photo(context.words, booking))
    return Step.PHOTO


async def redraw(_: Update, context: ParkContext) -> None:
    """A press that comes too late changes nothing: the booking as it stands, and why."""
    if context.press is not None and context.press.action == Act.PAST:
        return await past(_, context)
    return await _show(context, await _named(context), find.was_late(context.words))


async def _named(context: ParkContext) -> Booking:
    """The booking on the button. Raises NotFound for its renter too: theirs is another card."""
    number = BookingId(pressed_id(context))
    booking = await context.services.bookings.get(context.person.id, number)
    if booking.renter == context.person.id:
        raise NotFound("booking")
    return booking


async def _show(context: ParkContext, booking: Booking, note: Html | None = None) -> None:
    person = context.person.id
    _booking, space = await context.services.bookings.with_space(person, booking.id)
    own = person == booking.lister
    screen = view.card(
        context.words,
        booking,
        space,
        context.now,
        await context.services.ledger.owed(person, booking.id) if own else None,
        await context.services.overstays.of(person, booking.id),
        own=own,
    )
    context.show(find.noted(screen, note))


CONVERSATION: Conversation[ParkContext] = Conversation(
    name="hosting",
    draft=Seen,
    states={Step.PHOTO: [on_photo(photo_sent), otherwise(need_photo)]},
    presses={
        Act.OPEN: open_booking,
        Act.PAST: past,
        Act.PAID: paid,
        Act.WAIVE_ASK: ask_waive,
        Act.WAIVE: waive,
        Act.RELEASE_ASK: ask_release,
        Act.RELEASE: release,
        Act.OVERSTAY: ask_photo,
    },
    redraw=redraw,
)
