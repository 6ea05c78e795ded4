"""My bookings: the list, one of them with the way there, and cancelling it."""

from telegram import Update

from chat.conversation import Conversation
from chat.matchers import command, on_label
from handlers.context import ParkContext
from handlers.pressed import pressed_id
from market.domain.booking import Booking
from market.domain.errors import NotFound
from market.domain.ids import BookingId
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
    await show_booking(context, await named(context))


async def route(_: Update, context: ParkContext) -> None:
    """The true place, and the way in, while the stay stands."""
    booking, finding = await named(context), context.services.finding
    if not booking.stands(context.now):
        return await show_booking(context, booking)
    space = await space_of(context, booking)
    context.show(view.venue(context.words, space))
    if space.entrance:
        context.show(view.entrance(context.words, await finding.photos(space.entrance)))
    return None


async def ask(_: Update, context: ParkContext) -> None:
    """What cancelling costs, before the tap."""
    await _ask(context, await named(context), changed=False)


async def cancel(_: Update, context: ParkContext) -> None:
    """Cancels for the sum that was shown; if it has changed since, it is asked again."""
    booking, bookings = await named(context), context.services.bookings
    owed = (await bookings.bill_if_cancelled(context.person.id, booking.id)).due
    if context.press is None or context.press.id.rpartition(".")[2] != str(owed.minor):
        return await _ask(context, booking, changed=True)
    cancelled = await bookings.cancel(context.person.id, booking.id)
    space = await space_of(context, cancelled)
    due = await context.services.ledger.owed(context.person.id, booking.id)
    context.show(view.cancelled(context.words, cancelled, space, context.now, due))
    return None


async def redraw(_: Update, context: ParkContext) -> None:
    """A press that comes too late changes nothing: the booking as it stands, and why."""
    if context.press is None or context.press.action in (Act.COMING, Act.PAST):
        return await coming(_, context)
    return await show_booking(context, await named(context), find.was_late(context.words))


async def show_booking(context: ParkContext, booking: Booking, note: Html | None = None) -> None:
    """Its card as things stand, with what there is to say about it."""
    person = context.person.id
    screen = view.card(
        context.words,
        booking,
        await space_of(context, booking),
        context.now,
        await context.services.ledger.billed(person, booking.id),
        await context.services.overstays.of(person, booking.id),
    )
    context.show(find.noted(screen, note))


async def named(context: ParkContext) -> Booking:
    """The booking on the button. Raises NotFound unless the person is its renter."""
    return await rented(context, BookingId(pressed_id(context)))


async def rented(context: ParkContext, booking_id: BookingId) -> Booking:
    """One's own booking as its renter. Raises NotFound."""
    booking = await context.services.bookings.get(context.person.id, booking_id)
    if booking.renter != context.person.id:
        raise NotFound("booking")
    return booking


async def space_of(context: ParkContext, booking: Booking) -> Space:
    """Also one that was deleted since."""
    _same, space = await context.services.bookings.with_space(context.person.id, booking.id)
    return space


async def _ask(context: ParkContext, booking: Booking, *, changed: bool) -> None:
    bookings = context.services.bookings
    bill = await bookings.bill_if_cancelled(context.person.id, booking.id)
    screen = view.sure_to_cancel(
        context.words,
        booking,
        await space_of(context, booking),
        bill.due,
        context.now,
        changed=changed,
    )
    context.show(screen)


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
