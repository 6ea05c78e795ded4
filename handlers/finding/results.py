"""From a place to the card of what is free around it."""

from collections.abc import Sequence
from dataclasses import replace

from telegram import Update

from chat.context import END, Move
from handlers.context import ParkContext
from handlers.finding.draft import FindDraft, Step, pressed_id, show_card
from handlers.stays import came_near
from handlers.typed.chips import offered
from handlers.typed.places import place_of
from market.domain.errors import NotFound
from market.domain.ids import BookingId
from market.domain.place import Point
from market.domain.preferences import Preferences
from market.domain.saved import SavedPlace
from market.domain.search import Search, Sort, default_window
from market.services.finding import Result
from views import find
from views import results as view
from views.results import Asked
from views.words import Html

NOWHERE = 0.01
"""Degrees around 0, 0, which is what a phone says that does not know where it is."""


async def ask_place(_: Update, context: ParkContext) -> Step:
    context.show(find.ask_place(context.words, await _places(context)))
    return Step.PLACE


async def ask_place_for_inline(_: Update, context: ParkContext) -> Step:
    context.show(find.ask_place(context.words, await _places(context)))
    return Step.PLACE_FOR_INLINE


async def need_place(_: Update, context: ParkContext) -> Move:
    context.show(find.need_place(context.words))
    return None


async def place_sent(_: Update, context: ParkContext) -> Move:
    """A pin, a venue, a forwarded one; of a live location the first position counts."""
    sent = place_of(context.message)
    if await came_near(context) or sent is None or _moves(context):
        return None
    return await search_around(context, sent[0])


async def place_typed(_: Update, context: ParkContext) -> Move:
    return await search_around(context, context.matched)


async def page(context: ParkContext, draft: FindDraft) -> Move:
    if context.press is None or not context.press.id.isdecimal():
        raise NotFound("button")
    return await show_results(context, replace(draft, skip=int(context.press.id)))


async def sort(context: ParkContext, draft: FindDraft) -> Move:
    """Another order, from now on."""
    named = context.press.id if context.press else ""
    if named not in tuple(Sort):
        raise NotFound("button")
    service, person = context.services.preferences, context.person.id
    await service.keep(person, replace(await service.of(person), sort=Sort(named)))
    return await show_results(context, replace(draft, skip=0))


async def show_results(context: ParkContext, draft: FindDraft, note: Html | None = None) -> Move:
    preferences = await context.services.preferences.of(context.person.id)
    result = await _found(context, preferences, search_of(context, draft, preferences))
    asked = Asked(
        window=draft.window,
        zone=draft.zone,
        now=context.now,
        chips=offered(context.now, draft.zone_info),
        present=draft.present,
        elsewhere=draft.elsewhere,
        preferences=preferences,
        place=draft.name,
        saved=() if result.nearby.found else await _places(context),
    )
    screen = view.results(context.words, result, asked, context.version)
    return show_card(context, replace(draft, space=None, plate=None), find.noted(screen, note))


async def again(_: Update, context: ParkContext) -> Step:
    """What else is free where, and when, a booking was called off."""
    bookings = context.services.bookings
    booking = await bookings.get(context.person.id, BookingId(pressed_id(context)))
    space = (await bookings.spaces_of([booking])).get(booking.space)
    if space is None:
        return await ask_place(_, context)
    draft = await new_search(context, space.public_point, space.zone)
    draft = replace(draft, window=booking.window, present="").at(context.now)
    await show_results(context, draft)
    return Step.CARD


def search_of(context: ParkContext, draft: FindDraft, preferences: Preferences) -> Search:
    return Search(
        draft.place,
        draft.window,
        context.now,
        skip=draft.skip,
        filters=preferences.filters(currency_at(context, draft)),
        person=context.person.id,
    )


def currency_at(context: ParkContext, draft: FindDraft) -> str:
    """What is paid in where the search is."""
    geography = context.services.market.geography
    return geography.currency_of(geography.country_of(draft.zone))


async def _found(context: ParkContext, preferences: Preferences, search: Search) -> Result:
    finding = context.services.finding
    if preferences.sort is Sort.NEAREST:
        return await finding.near(search)
    return await finding.widened(preferences.sort, search)


async def _places(context: ParkContext) -> Sequence[SavedPlace]:
    return await context.services.saved.places(context.person.id)


async def search_around(context: ParkContext, point: Point, name: str = "") -> Move:
    if max(abs(point.lat), abs(point.lng)) < NOWHERE:
        context.show(find.nowhere(context.words))
        return Step.PLACE
    if context.step == Step.PLACE_FOR_INLINE:
        context.show(find.back_to_chat(context.words, point))
        return END
    draft = await new_search(context, point, context.services.market.geography.zone_at(point))
    await show_results(context, replace(draft, name=name))
    return Step.CARD


async def new_search(context: ParkContext, point: Point, zone: str) -> FindDraft:
    """A search that begins; its card is a new message."""
    known = context.person.zone
    words = context.words
    context.person = await context.services.people.seen_in(context.person, zone)
    return FindDraft(
        point,
        zone,
        default_window(context.now),
        context.now,
        elsewhere=known != "UTC" and bool(words.zone_name(zone)),
        covered=True,
        live=_live(context),
    )


def _moves(context: ParkContext) -> bool:
    """Whether it is only news of a live location that was searched around when it began."""
    edited = context.update.edited_message
    if edited is None or edited.location is None:
        return False
    known = context.draft_as(FindDraft).live if context.draft else None
    return bool(edited.location.live_period) or edited.message_id == known


def _live(context: ParkContext) -> int | None:
    message = context.update.message
    if message is None or message.location is None or not message.location.live_period:
        return None
    return message.message_id
