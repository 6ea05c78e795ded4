"""Where a search begins: places that are sent, typed, or chosen among several."""

from telegram import Update

from chat.context import Move
from handlers.context import ParkContext
from handlers.finding.draft import FindDraft, cover
from handlers.finding.driving import stopped
from handlers.finding.results import search_around
from handlers.stays import came_near
from handlers.typed import addresses
from handlers.typed.places import place_of, read_coordinates
from market.domain.errors import NotFound
from views import find, menu


async def place_sent(_: Update, context: ParkContext) -> Move:
    """A pin, a venue, a forwarded one, an edited one; or where a live location begins."""
    sent = place_of(context.message)
    if await came_near(context) or sent is None or stopped(context):
        return None
    return await search_around(context, sent[0])


async def place_typed(_: Update, context: ParkContext) -> Move:
    return await search_around(context, context.matched)


async def address_typed(_: Update, context: ParkContext) -> Move:
    """What the geocoder made of it, wherever no other text was asked for."""
    matches = addresses.found(context)
    if matches is None:
        only_when = addresses.is_time(context.text, context.now)
        context.show((find.need_place if only_when else menu.unmatched)(context.words))
        return None
    if not matches:
        context.show(find.unknown_address(context.words, context.text))
        return None
    if len(matches) > 1:
        context.show(find.choose_place(context.words, matches))
        return None
    return await search_around(context, matches[0].point, matches[0].name)


async def address_on_card(context: ParkContext, draft: FindDraft) -> Move:
    """Another place, typed while a card is open."""
    matches = addresses.found(context)
    if not matches:
        cover(context, draft, find.neither_time_nor_place(context.words, context.text))
        return None
    if len(matches) > 1:
        cover(context, draft, find.choose_place(context.words, matches))
        return None
    return await search_around(context, matches[0].point, matches[0].name, like=draft)


async def chosen(_: Update, context: ParkContext) -> Move:
    """A button that names a place."""
    parts = (context.press.id if context.press else "").split(",", 2)
    point = read_coordinates(",".join(parts[:2]))
    if point is None:
        raise NotFound("button")
    return await search_around(context, point, "".join(parts[2:]), like=context.draft)
