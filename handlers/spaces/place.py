"""Moving a space to another place."""

from telegram import Update

from chat.context import END, End
from handlers.context import ParkContext
from handlers.spaces.draft import Editing, Step, edited, editing, pressed_space, show_space
from handlers.typed import addresses
from handlers.typed.places import place_of, read_coordinates
from market.domain.errors import BookingsAhead, Invalid
from market.domain.place import Point
from views import listing as listing_view
from views.spaces import place as view


async def ask(_: Update, context: ParkContext) -> Step:
    space = await context.services.spaces.own(context.person.id, pressed_space(context))
    context.draft = Editing(space.id)
    context.show(view.ask(context.words, space, context.version))
    return Step.PLACE


async def sent(_: Update, context: ParkContext) -> Step | End:
    place = place_of(context.message)
    if place is None:
        return await need(_, context)
    point, address = place
    return await _move(context, point, address)


async def typed(_: Update, context: ParkContext) -> Step | End:
    """Coordinates, or an address that means one place only."""
    if point := read_coordinates(context.text):
        return await _move(context, point, "")
    match addresses.found(context):
        case [only]:
            return await _move(context, only.point, only.name)
        case _:
            context.show(listing_view.unknown_place(context.words, context.text))
            return Step.PLACE


async def need(_: Update, context: ParkContext) -> Step:
    context.show(listing_view.need_place(context.words))
    return Step.PLACE


async def _move(context: ParkContext, point: Point, address: str) -> Step | End:
    if (point.lat, point.lng) == (0, 0):
        context.show(listing_view.nowhere(context.words))
        return Step.PLACE
    person, space_id = context.person.id, editing(context).space
    address = address or str(context.facts.get("address") or "")
    try:
        space = await context.services.spaces.move(person, space_id, point, address)
    except BookingsAhead:
        space = await edited(context)
        ahead = await context.services.bookings.ahead_of_space(person, space_id)
        context.show(view.cannot_move(context.words, space, ahead, context.now, context.version))
        return END
    except Invalid:
        context.show(view.other_money(context.words, await edited(context), context.version))
        return END
    return await show_space(context, space)
