"""Requests: the lister's yes or no by a button, and the renter's second thoughts."""

from telegram import Update

from chat.conversation import Conversation
from handlers.bookings import show_booking
from handlers.context import ParkContext
from handlers.pressed import pressed_id
from market.domain.errors import BookingOver
from market.domain.ids import BookingId
from views import find, standing
from views import request as view
from views.request import Act


async def yes(_: Update, context: ParkContext) -> None:
    await _answer(context, accept=True)


async def no(_: Update, context: ParkContext) -> None:
    await _answer(context, accept=False)


async def ask_withdraw(_: Update, context: ParkContext) -> None:
    booking, space = await context.services.bookings.with_space(context.person.id, _id(context))
    if not booking.pending(context.now):
        return await show_booking(context, booking)
    context.show(view.sure_to_withdraw(context.words, booking, space, context.now))
    return None


async def withdraw(_: Update, context: ParkContext) -> None:
    """If it was answered meanwhile, what has become of it."""
    bookings, number = context.services.bookings, _id(context)
    booking, space = await bookings.with_space(context.person.id, number)
    try:
        withdrawn = await bookings.withdraw(context.person.id, number)
    except BookingOver:
        return await show_booking(context, booking)
    context.show(view.withdrawn(context.words, withdrawn, space, context.now))
    return None


async def redraw(_: Update, context: ParkContext) -> None:
    """A tap that comes too late answers nothing: the request as it is, and why."""
    booking, space = await context.services.bookings.with_space(context.person.id, _id(context))
    late = find.was_late(context.words)
    if booking.renter == context.person.id:
        return await show_booking(context, booking, late)
    screen = view.asked if booking.pending(context.now) else view.answered
    context.show(find.noted(screen(context.words, booking, space, context.now), late))
    return None


async def _answer(context: ParkContext, *, accept: bool) -> None:
    """Of two answers the first counts, and the second is shown what became of the request."""
    bookings, number = context.services.bookings, _id(context)
    before = False
    try:
        await bookings.answer(context.person.id, number, accept=accept)
    except BookingOver:
        before = True
    booking, space = await bookings.with_space(context.person.id, number)
    context.show(view.answered(context.words, booking, space, context.now, before=before))


def _id(context: ParkContext) -> BookingId:
    return BookingId(pressed_id(context))


CONVERSATION: Conversation[ParkContext] = Conversation(
    name="requests",
    presses={
        Act.YES: yes,
        Act.NO: no,
        Act.WITHDRAW: withdraw,
        standing.Act.WITHDRAW: ask_withdraw,
    },
    redraw=redraw,
)
