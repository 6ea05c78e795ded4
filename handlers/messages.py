"""Messages to the other side of a booking: one tap, one message, passed on as it is."""

from dataclasses import dataclass
from enum import StrEnum

from telegram import Update

from chat.context import END, End
from chat.conversation import Conversation
from chat.matchers import on_photo, on_text, otherwise
from handlers.context import ParkContext
from handlers.pressed import pressed_id
from handlers.typed.photos import photo_of
from market.domain.errors import BookingOver, Invalid
from market.domain.ids import BookingId
from market.domain.message import open_for_messages
from views import message as view
from views.errors import explain
from views.message import Act


class Step(StrEnum):
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Writing:
    """Which booking the message is about."""

    booking: BookingId


async def ask(_: Update, context: ParkContext) -> Step:
    bookings = context.services.bookings
    booking = await bookings.get(context.person.id, BookingId(pressed_id(context)))
    if not open_for_messages(booking, context.now):
        raise BookingOver(booking.state)
    space = (await bookings.spaces_of([booking])).get(booking.space)
    context.draft = Writing(booking.id)
    context.show(view.ask(context.words, booking, space, context.now))
    return Step.WRITE


async def write(_: Update, context: ParkContext) -> Step | End:
    """Text, or a photo with or without one; what cannot be passed on is said, not cut."""
    writing = context.draft_as(Writing)
    photo = photo_of(context)
    if photo is None and context.message is not None and context.message.document is not None:
        context.show(view.as_a_photo(context.words))
        return Step.WRITE
    try:
        await context.services.messages.send(
            context.person.id, writing.booking, context.text, photo
        )
    except Invalid as refusal:
        context.show(explain(context.words, refusal))
        return Step.WRITE
    booking = await context.services.bookings.get(context.person.id, writing.booking)
    context.show(view.passed_on(context.words, booking))
    return END


async def need_words(_: Update, context: ParkContext) -> Step:
    context.show(view.need_words(context.words))
    return Step.WRITE


async def block(_: Update, context: ParkContext) -> None:
    number = BookingId(pressed_id(context))
    booking = await context.services.messages.block(context.person.id, number)
    context.show(view.blocked(context.words, booking))


async def unblock(_: Update, context: ParkContext) -> None:
    await context.services.messages.unblock(context.person.id, BookingId(pressed_id(context)))
    context.show(view.unblocked(context.words))


CONVERSATION: Conversation[ParkContext] = Conversation(
    name="messages",
    draft=Writing,
    states={Step.WRITE: [on_text(".+", write), on_photo(write), otherwise(need_words)]},
    presses={Act.WRITE: ask, Act.BLOCK: block, Act.UNBLOCK: unblock},
)
