"""My bookings: the list, one of them with the way there, and cancelling it."""

from telegram import Update

from chat.conversation import Conversation
from chat.matchers import command, on_label
from handlers.context import ParkContext
from market.domain.booking import Booking
from market.domain.errors import NotFound
from market.domain.ids import BookingId, read_id
from market.domain.space import Space
from views import booking as view
from views import find, menu
from views.booking import Act
from views.words import Html


async def coming(_: Update, context: ParkContext) -> None:
    bookings = context.services.bookings
    found = await bookings.coming(context.person.id)
    spaces = await bookings.spaces_of(found)
    context.show(view.overview(context.words, found, spaces, context.now))


async def past(_: Update, context: ParkContext) -> None:
    bookings = context.services.bookings
    found = await bookings.past(context.person.id)
    spaces = await bookings.spaces_of(found)
    context.show(view.overview(context.words, found, spaces, context.now, past=True))


async def open_booking(_: Update, context: ParkContext) -> None:
    await _show(context, await _named(context))


async def route(_: Update, context: ParkContext) -> None:
    """The true place, and the way in, while the stay stands."""
    booking, finding = await _named(context), context.services.finding
    if not booking.stands(context.now):
        return await _show(context, booking)
    space = await finding.space(booking.space)
    context.show(view.venue(context.words, space))
    if space.entrance:
        context.show(view.entrance(context.words, await finding.photos(space.entrance)))
    return None


async def ask(_: Update, context: ParkContext) -> None:
    """What cancelling costs, before the tap."""
    await _ask(context, await _named(context), changed=False)


async def cancel(_: Update, context: ParkContext) -> None:
    """Cancels for the sum that was shown; if it has changed since, it is asked again."""
    booking, bookings = await _named(context), context.services.bookings
    back = await bookings.refund_now(context.person.id, booking.id)
    if context.press is None or context.press.id.rpartition(".")[2] != str(back.minor):
        return await _ask(context, booking, changed=True)
    cancelled = await bookings.cancel(context.person.id, booking.id)
    space = await _space(context, cancelled)
    context.show(view.cancelled(context.words, cancelled, space, context.now))
    return None


async def redraw(_: Update, context: ParkContext) -> None:
    """A press that comes too late changes nothing: the booking as it stands, and why."""
    if context.press is None or context.press.action in (Act.COMING, Act.PAST):
        return await coming(_, context)
    return await _show(context, await _named(context), find.was_late(context.words))


async def _ask(context: ParkContext, booking: Booking, *, changed: bool) -> None:
    back = await context.services.bookings.refund_now(context.person.id, booking.id)
    space = await _space(context, booking)
    context.show(
        view.sure_to_cancel(context.words, booking, space, back, context.now, changed=changed)
    )


async def _show(context: ParkContext, booking: Booking, note: Html | None = None) -> None:
    space = await _space(context, booking)
    context.show(find.noted(view.card(context.words, booking, space, context.now), note))


async def _named(context: ParkContext) -> Booking:
    """The booking on the button. Raises NotFound unless the person is its renter."""
    number = read_id(context.press.id.partition(".")[0]) if context.press else None
    booking = await context.services.bookings.get(context.person.id, BookingId(number or 0))
    if booking.renter != context.person.id:
        raise NotFound("booking")
    return booking


async def _space(context: ParkContext, booking: Booking) -> Space | None:
    """None if it was deleted since."""
    return (await context.services.bookings.spaces_of([booking])).get(booking.space)


CONVERSATION: Conversation[ParkContext] = Conversation(
    name="bookings",
    entry_points=[
        command("bookings", coming),
        on_label(menu.in_every_language(menu.BOOKINGS), coming),
    ],
    presses={
        Act.COMING: coming,
        Act.PAST: past,
        Act.OPEN: open_booking,
        Act.ROUTE: route,
        Act.ASK: ask,
        Act.CANCEL: cancel,
    },
    redraw=redraw,
)
