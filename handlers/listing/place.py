"""Where the space is, and whether it is another bay of one that is listed already."""

from dataclasses import replace

from telegram import Update

from chat.context import End
from handlers.context import ParkContext
from handlers.listing.draft import Asking, Step, ask_next
from handlers.typed import addresses
from handlers.typed.places import place_of, read_coordinates
from market.domain.ids import SpaceId, read_id
from market.domain.place import Point
from views import listing as view


async def take_place(_: Update, context: ParkContext) -> Step | End:
    place = place_of(context.message)
    if place is None:
        return await need_place(_, context)
    point, address = place
    return await _place(context, point, address or str(context.facts.get("address") or ""))


async def type_place(_: Update, context: ParkContext) -> Step | End:
    """Coordinates, or an address that was looked up before."""
    if point := read_coordinates(context.text):
        return await _place(context, point, "")
    matches = addresses.found(context)
    if not matches:
        context.show(view.unknown_place(context.words, context.text))
        return Step.PLACE
    if len(matches) > 1:
        context.draft = replace(context.draft_as(Asking), choices=tuple(matches))
        context.show(view.choose_place(context.words, matches, context.version))
        return Step.PLACE
    return await _place(context, matches[0].point, matches[0].name)


async def choose_place(_: Update, context: ParkContext) -> Step | End:
    choices = context.draft_as(Asking).choices
    chosen = context.press.id if context.press else ""
    if not chosen.isdecimal() or int(chosen) >= len(choices):
        return await need_place(_, context)
    return await _place(context, choices[int(chosen)].point, choices[int(chosen)].name)


async def need_place(_: Update, context: ParkContext) -> Step:
    context.show(view.need_place(context.words))
    return Step.PLACE


async def _place(context: ParkContext, point: Point, address: str) -> Step | End:
    listing = context.services.listing
    draft = await listing.draft(context.person.id)
    if draft is None or not draft.photos:
        context.show(view.need_photos(context.words))
        return Step.PHOTOS
    if (point.lat, point.lng) == (0, 0):
        context.show(view.nowhere(context.words))
        return Step.PLACE
    await listing.set_place(context.person.id, point, address)
    neighbours = await listing.neighbours(context.person.id, point)
    if neighbours and not context.draft_as(Asking).editing:
        context.show(view.another_bay(context.words, neighbours[0], context.version))
        return Step.BAY
    return await ask_next(context)


async def copy(_: Update, context: ParkContext) -> Step | End:
    original = SpaceId(read_id(context.press.id if context.press else "") or 0)
    await context.services.listing.copy(context.person.id, original)
    return await ask_next(context)


async def other_place(_: Update, context: ParkContext) -> Step | End:
    return await ask_next(context)
