"""From a place to the card of what is free around it."""

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
from market.domain.search import Search, default_window
from views import find
from views.words import Html

NOWHERE = 0.01
"""Degrees around 0, 0, which is what a phone says that does not know where it is."""


async def ask_place(_: Update, context: ParkContext) -> Step:
    context.show(find.ask_place(context.words))
    return Step.PLACE


async def ask_place_for_inline(_: Update, context: ParkContext) -> Step:
    context.show(find.ask_place(context.words))
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


async def show_results(context: ParkContext, draft: FindDraft, note: Html | None = None) -> Move:
    result = await context.services.finding.near(search_of(context, draft))
    asked = find.Asked(
        window=draft.window,
        zone=draft.zone,
        now=context.now,
        chips=offered(context.now, draft.zone_info),
        present=draft.present,
        elsewhere=draft.elsewhere,
        place=draft.name,
    )
    screen = find.results(context.words, result, asked, context.version)
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


def search_of(context: ParkContext, draft: FindDraft) -> Search:
    return Search(
        draft.place,
        draft.window,
        context.now,
        skip=draft.skip,
        person=context.person.id,
    )


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
