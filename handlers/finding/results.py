"""From a place to the card of what is free around it."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from telegram import Message, Update

from chat.context import END, Move
from chat.screen import Screen
from handlers.context import ParkContext
from handlers.finding.draft import FindDraft, Live, Step, pressed_id, show_card
from handlers.typed.chips import offered
from market.domain.errors import NotFound
from market.domain.ids import BookingId, SpaceId
from market.domain.place import Point
from market.domain.preferences import Preferences
from market.domain.saved import SavedPlace
from market.domain.search import Search, Sort, default_window
from market.services.finding import Result
from views import find
from views import results as view
from views.results import Asked
from views.time import Chip
from views.words import Html

NOWHERE = 0.01
"""Degrees around 0, 0, which is what a phone says that does not know where it is."""
FOREVER = timedelta(days=366)
"""A live location that is shared for longer is shared until that is stopped."""


async def ask_place(_: Update, context: ParkContext) -> Step:
    context.show(find.ask_place(context.words, await _places(context)))
    return Step.PLACE


async def ask_place_for_inline(_: Update, context: ParkContext) -> Step:
    context.show(find.ask_place(context.words, await _places(context)))
    return Step.PLACE_FOR_INLINE


async def need_place(_: Update, context: ParkContext) -> Move:
    context.show(find.need_place(context.words))
    return None


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
    screen = await results(context, draft)
    move = show_card(context, replace(draft, space=None, plate=None), find.noted(screen, note))
    if draft.live is not None:
        context.draft = followed(context, context.draft_as(FindDraft), screen)
    return move


async def numbered(context: ParkContext, draft: FindDraft) -> SpaceId | None:
    """The space whose number was typed instead of tapped, if that is what was typed."""
    if len(context.text) != 1 or not context.text.isdecimal() or context.text == "0":
        return None
    preferences = await context.services.preferences.of(context.person.id)
    result = await _found(context, preferences, search_of(context, draft, preferences))
    listed = [found.space for found in result.nearby.found if found.space in result.spaces]
    return dict(enumerate(listed, 1)).get(int(context.text))


async def results(context: ParkContext, draft: FindDraft) -> Screen:
    """The card of what is free now."""
    preferences = await context.services.preferences.of(context.person.id)
    result = await _found(context, preferences, search_of(context, draft, preferences))
    follows = draft.live is not None and not draft.live.over
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
        follows=follows,
        map_page=context.map_page,
    )
    # While it follows somebody it changes under the finger: its buttons then mean what they said
    # when they were pressed, whatever the card says since.
    return view.results(context.words, result, asked, 0 if follows else context.version)


def followed(context: ParkContext, draft: FindDraft, screen: Screen) -> FindDraft:
    """The draft of results that a live location keeps fresh."""
    live = draft.live
    if live is None or live.over:
        return draft
    await_end(context, live)
    return replace(draft, live=replace(live, print=print_of(screen), shown_at=context.now))


def await_end(context: ParkContext, live: Live) -> None:
    """Have it said when sharing runs out by itself."""
    if live.until is not None:
        context.wake_in(max(live.until - context.now, timedelta()))


def print_of(screen: Screen) -> int:
    """Tells apart what two screens say; never 0. Their maps move with every step."""
    rows = tuple(tuple(it for it in row if it.web_app is None) for row in screen.rows)
    said = replace(screen, rows=rows, picture=None)
    return zlib.crc32(json.dumps(said.to_json()).encode()) or 1


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


async def search_around(
    context: ParkContext, point: Point, name: str = "", like: FindDraft | None = None
) -> Move:
    """From now on, or for the time that was chosen for a search ``like`` it."""
    if max(abs(point.lat), abs(point.lng)) < NOWHERE:
        context.show(find.nowhere(context.words))
        return Step.PLACE
    if context.step == Step.PLACE_FOR_INLINE:
        context.show(find.back_to_chat(context.words, point))
        return END
    draft = await new_search(context, point, context.services.market.geography.zone_at(point))
    if like is not None and like.present != Chip.TWO and like.zone == draft.zone:
        draft = replace(draft, window=like.window, present=like.present).at(context.now)
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
        live=live_of(context.update.message),
    )


def live_of(message: Message | None) -> Live | None:
    """Of a live location that is being shared."""
    if message is None or message.location is None or not message.location.live_period:
        return None
    period = message.location.live_period
    lasts = period if isinstance(period, timedelta) else timedelta(seconds=period)
    return Live(message.message_id, None if lasts >= FOREVER else message.date + lasts)
