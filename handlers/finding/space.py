"""The card of one space, with a fresh quote for the window of the search."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from telegram import Update

from chat.context import Move
from handlers.context import ParkContext
from handlers.finding.draft import FindDraft, Step, cover, pressed_id, show_card
from handlers.finding.results import new_search, search_of, show_results
from market.domain.errors import NotBookable, NotFound, VehicleTooBig
from market.domain.ids import SpaceId, read_id
from market.domain.place import metres
from market.domain.search import Found
from market.domain.space import Space
from market.domain.window import Window
from views import find, refusal
from views import space as view
from views.words import Html


async def open_space(context: ParkContext, draft: FindDraft) -> Move:
    space = SpaceId(pressed_id(context))
    return await show_space(context, replace(draft, space=space, plate=None))


async def open_link(_: Update, context: ParkContext) -> Move:
    """``/start space_<id>``: the space that somebody shared, for the coming two hours.

    ``_<minutes since 1970>_<minutes>`` behind it is the stay it was shared for.
    """
    written_id, _bar, stay = context.payload.partition("_")[2].partition("_")
    number = read_id(written_id)
    if number is None:
        raise NotFound("space")
    space = await context.services.finding.space(SpaceId(number))
    draft = await new_search(context, space.public_point, space.zone)
    if (window := _window_in(stay)) is not None:
        draft = replace(draft, window=window, present="").at(context.now)
    await show_space(context, replace(draft, space=space.id))
    return Step.CARD


def _window_in(stay: str) -> Window | None:
    """None, too, for what we never wrote."""
    start, _, minutes = stay.partition("_")
    if not (start.isdecimal() and minutes.isdecimal() and max(len(start), len(minutes)) <= 8):
        return None
    if int(minutes) == 0:
        return None
    since = datetime.fromtimestamp(int(start) * 60, UTC)
    return Window.lasting(since, timedelta(minutes=int(minutes)))


async def show_space(context: ParkContext, draft: FindDraft, note: Html | None = None) -> Move:
    """The card of the draft's space, or why it cannot be booked then; gone, all the others."""
    space = draft.space
    if space is None:
        return await show_results(context, draft, note)
    # The card does not show a plate, so none that was given earlier may go with its button.
    draft = replace(draft, plate=None)
    try:
        offer = await offered(context, draft, space)
    except NotFound:
        gone = context.words.say("That space is not offered any more. These are:")
        return await show_results(context, replace(draft, skip=0), gone)
    except NotBookable as why:
        return await show_refused(context, draft, why, note)
    offer = replace(
        offer,
        record=await context.services.records.of(offer.space.lister),
        favourite=await context.services.saved.is_favourite(context.person.id, space),
    )
    screen = view.card(context.words, offer, context.version)
    return show_card(context, draft, find.noted(screen, note))


async def show_refused(
    context: ParkContext, draft: FindDraft, why: NotBookable, note: Html | None = None
) -> Move:
    """The reason, the nearest time at which it would do, and the nearest space instead."""
    space = await context.services.finding.space(why.space)
    draft = replace(draft, space=why.space, window=why.window, skip=0)
    screen = refusal.refused(
        context.words,
        space,
        why,
        await _instead(context, draft),
        await _another_time(context, space, why),
        context.version,
        elsewhere=draft.elsewhere,
        now=context.now,
    )
    return show_card(context, draft, find.noted(screen, note))


async def offered(context: ParkContext, draft: FindDraft, space_id: SpaceId) -> view.Offer:
    """A fresh quote of a space. Raises NotFound or the NotBookable that refuses."""
    quotes = context.services.quotes
    space, quote = await quotes.open(context.person.id, space_id, draft.window)
    away = metres(draft.place, space.public_point)
    return view.Offer(
        space,
        quote,
        away,
        context.now,
        draft.elsewhere,
        place=draft.place,
        map_page=context.map_page,
    )


async def turn_favourite(context: ParkContext, draft: FindDraft) -> Move:
    """♡ and ♥: the card shows which it is now."""
    space = SpaceId(pressed_id(context))
    await context.services.saved.turn_favourite(context.person.id, space)
    return await show_space(context, replace(draft, space=space))


async def photos(context: ParkContext, draft: FindDraft) -> Move:
    space = await context.services.finding.space(SpaceId(pressed_id(context)))
    stored = await context.services.finding.photos(space.photos)
    cover(context, draft, view.photos(space, stored))
    return None


async def route(context: ParkContext, draft: FindDraft) -> Move:
    space = await context.services.finding.space(SpaceId(pressed_id(context)))
    cover(context, draft, view.route(context.words, space))
    return None


async def _instead(context: ParkContext, draft: FindDraft) -> view.Offer | None:
    """The nearest other space with a quote of its own; the index may be a moment behind."""
    if draft.space is None:
        return None
    preferences = await context.services.preferences.of(context.person.id)
    search = search_of(context, draft, preferences)
    result = await context.services.finding.instead_of(search, draft.space)
    for found in result.nearby.found:
        if offer := await _offered_if_free(context, draft, found):
            return offer
    return None


async def _another_time(context: ParkContext, space: Space, why: NotBookable) -> Window | None:
    if space.lister == context.person.id or isinstance(why, VehicleTooBig):
        return None
    return await context.services.finding.nearest_window(space, why.window)


async def _offered_if_free(
    context: ParkContext, draft: FindDraft, found: Found
) -> view.Offer | None:
    try:
        return await offered(context, draft, found.space)
    except (NotFound, NotBookable):
        return None
