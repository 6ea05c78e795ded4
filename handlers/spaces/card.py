"""The list of spaces, one of them, its bookings, and the end of it."""

from telegram import Update

from chat.context import END, End
from handlers.context import ParkContext
from handlers.pressed import pressed_id
from handlers.spaces.draft import pressed_space, show_space
from market.domain.errors import BookingsAhead
from market.domain.ids import BookingId
from market.domain.space import Space
from views import find
from views.spaces import Act
from views.spaces import card as view
from views.words import Html


async def overview(_: Update, context: ParkContext) -> End:
    spaces = await context.services.spaces.mine(context.person.id)
    if spaces:
        context.show(view.overview(context.words, spaces, context.now, context.version))
    else:
        context.show(view.none_yet(context.words))
    return END


async def open_space(_: Update, context: ParkContext) -> End:
    return await show_space(context, await _pressed(context))


async def sure_to_pause(_: Update, context: ParkContext) -> End:
    """Shows who is still to come; where nobody is, it pauses at once."""
    space = await _pressed(context)
    ahead = await context.services.bookings.ahead_of_space(context.person.id, space.id)
    if not ahead:
        return await pause(_, context)
    context.show(view.sure_to_pause(context.words, space, ahead, context.now, context.version))
    return END


async def pause(_: Update, context: ParkContext) -> End:
    space = await context.services.spaces.pause(context.person.id, pressed_space(context))
    return await show_space(context, space)


async def resume(_: Update, context: ParkContext) -> End:
    space = await context.services.spaces.resume(context.person.id, pressed_space(context))
    return await show_space(context, space)


async def bookings(_: Update, context: ParkContext) -> End:
    return await _show_bookings(context, await _pressed(context))


async def sure_to_cancel(_: Update, context: ParkContext) -> End:
    booking_id = BookingId(pressed_id(context))
    booking, space = await context.services.bookings.with_space(context.person.id, booking_id)
    context.show(view.sure_to_cancel(context.words, space, booking, context.now, context.version))
    return END


async def cancel_booking(_: Update, context: ParkContext) -> End:
    booking_id = BookingId(pressed_id(context))
    cancelled = await context.services.bookings.cancel(context.person.id, booking_id)
    space = await context.services.spaces.get(context.person.id, cancelled.space)
    return await _show_bookings(context, space)


async def sure_to_delete(_: Update, context: ParkContext) -> End:
    space = await _pressed(context)
    context.show(view.sure_to_delete(context.words, space, context.version))
    return END


async def delete(_: Update, context: ParkContext) -> End:
    space = await _pressed(context)
    try:
        await context.services.spaces.delete(context.person.id, space.id)
    except BookingsAhead as why:
        return await _show_bookings(
            context, space, view.cannot_delete(context.words, why.count, space)
        )
    context.show(view.deleted(context.words, space))
    return END


async def show_again(_: Update, context: ParkContext) -> End:
    """An old button: what it stood on, as it is now."""
    press = context.press
    if press is None or not press.id or press.action in _ABOUT_NO_SPACE:
        return await overview(_, context)
    return await open_space(_, context)


_ABOUT_NO_SPACE = (Act.ALL, Act.DROP_PHOTO, Act.CANCEL, Act.CANCEL_ASK)


async def _pressed(context: ParkContext) -> Space:
    return await context.services.spaces.get(context.person.id, pressed_space(context))


async def _show_bookings(context: ParkContext, space: Space, note: Html | None = None) -> End:
    person = context.person.id
    ahead = await context.services.bookings.ahead_of_space(person, space.id)
    screen = view.bookings(context.words, space, ahead, person, context.now, context.version)
    context.show(find.noted(screen, note))
    return END
