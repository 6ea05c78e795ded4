"""Places that have a name: typed addresses, and the choice between several of them."""

from telegram import Update

from chat.context import Move
from handlers.context import ParkContext
from handlers.finding.draft import FindDraft, cover
from handlers.finding.results import search_around
from handlers.typed import addresses
from handlers.typed.places import read_coordinates
from market.domain.errors import NotFound
from views import find, menu


async def address_typed(_: Update, context: ParkContext) -> Move:
    """What the geocoder made of it, wherever no other text was asked for."""
    matches = addresses.found(context)
    if matches is None:
        context.show(menu.unmatched(context.words))
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
    return await search_around(context, matches[0].point, matches[0].name)


async def chosen(_: Update, context: ParkContext) -> Move:
    """A button that names a place."""
    parts = (context.press.id if context.press else "").split(",", 2)
    point = read_coordinates(",".join(parts[:2]))
    if point is None:
        raise NotFound("button")
    return await search_around(context, point, "".join(parts[2:]))
