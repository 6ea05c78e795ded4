"""Another time for the search or the space on the card: chips, the calendar, typed words."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from chat.context import Move
from handlers.context import ParkContext
from handlers.finding.draft import FindDraft, cover, show_card
from handlers.finding.places import address_on_card
from handlers.finding.results import numbered, show_results
from handlers.finding.space import show_space
from handlers.typed import addresses
from handlers.typed.chips import offered, window_of
from handlers.typed.times import read_window
from market.domain.errors import Invalid, NotFound
from market.domain.schedule import local_instant
from market.domain.window import Window, rounded_up
from views import find
from views import time as view
from views.errors import explain
from views.words import bold, user_text

HORIZON = timedelta(days=90)
"""How far the calendar reaches, which is how far ahead spaces can be booked."""


async def chip(context: ParkContext, draft: FindDraft) -> Move:
    named = context.press.id if context.press else ""
    if named not in tuple(view.Chip):
        raise NotFound("button")
    window = window_of(view.Chip(named), context.now, draft.zone_info)
    if window is None:
        context.show(view.too_late(context.words))
        return await card(context, draft)
    return await _card_at(context, draft, window, named)


async def change(context: ParkContext, draft: FindDraft) -> Move:
    if draft.space is None:
        return await show_results(context, draft)
    space = await context.services.finding.space(draft.space)
    words, chips = context.words, offered(context.now, draft.zone_info)
    when = words.when(draft.window, draft.zone_info, context.now)
    title = bold(user_text(space.title))
    screen = view.change(words, title, when, chips, draft.present, context.version)
    return show_card(context, draft, replace(screen, card=find.CARD))


async def month(context: ParkContext, draft: FindDraft) -> Move:
    """The month that a button names, or the one of the present window."""
    today = context.now.astimezone(draft.zone_info).date()
    named = context.press.id if context.press else ""
    wanted = _read(named, "%Y%m") if named else draft.window.start.astimezone(draft.zone_info)
    last = today + HORIZON
    first = max(min(wanted.date(), last), today).replace(day=1)
    screen = view.month(context.words, first, today, last, context.version)
    return show_card(context, draft, replace(screen, card=find.CARD))


async def day(context: ParkContext, draft: FindDraft) -> Move:
    picked = _read(context.press.id if context.press else "", "%Y%m%d").date()
    starts = _starts(picked, context.now, draft)
    if not starts:
        return await month(context, draft)
    screen = view.hours(context.words, starts, draft.zone_info, context.now, context.version)
    return show_card(context, draft, replace(screen, card=find.CARD))


async def hour(context: ParkContext, draft: FindDraft) -> Move:
    start = _instant(context.press.id if context.press else "")
    screen = view.stays(context.words, start, draft.zone_info, context.now, context.version)
    return show_card(context, draft, replace(screen, card=find.CARD))


async def stay(context: ParkContext, draft: FindDraft) -> Move:
    start, _, minutes = (context.press.id if context.press else "").partition(".")
    if not minutes.isdecimal() or len(minutes) > 5:
        raise NotFound("button")
    window = Window.lasting(_instant(start), timedelta(minutes=int(minutes) or 1))
    return await _card_at(context, draft, window, "")


async def typed(context: ParkContext, draft: FindDraft) -> Move:
    """A time in words, the number of a button, or an address; else it is asked below the card."""
    if addresses.found(context) is not None:
        return await address_on_card(context, draft)
    if draft.space is None and (chosen := await numbered(context, draft)):
        return await show_space(context, replace(draft, space=chosen, plate=None))
    try:
        window = read_window(
            context.text, context.now, draft.zone_info, draft.window, context.words.language
        )
    except Invalid as refusal:
        cover(context, draft, explain(context.words, refusal))
        return None
    return await _card_at(context, draft, window, "")


async def hint(context: ParkContext, draft: FindDraft) -> Move:
    """Something that is neither a time nor a place."""
    cover(context, draft, find.hint(context.words))
    return None


async def card(context: ParkContext, draft: FindDraft) -> Move:
    """Back to what the card shows: one space, or the results."""
    show = show_results if draft.space is None else show_space
    return await show(context, draft)


async def _card_at(context: ParkContext, draft: FindDraft, window: Window, present: str) -> Move:
    return await card(context, replace(draft, window=window, present=present, skip=0))


def _starts(picked: date, now: datetime, draft: FindDraft) -> list[datetime]:
    """The full hours of a day that are ahead, and now; none that the clock skips or repeats."""
    soonest = rounded_up(now)
    starts = [soonest] if soonest.astimezone(draft.zone_info).date() == picked else []
    for hour_of_day in range(24):
        try:
            start = local_instant(datetime.combine(picked, time(hour_of_day)), draft.zone_info)
        except Invalid:
            continue
        if start > soonest:
            starts.append(start)
    return starts


def _read(text: str, shape: str) -> datetime:
    try:
        return datetime.strptime(text, shape)  # noqa: DTZ007 (a date only)
    except ValueError:
        raise NotFound("button") from None


def _instant(minutes: str) -> datetime:
    if not minutes.isdecimal() or len(minutes) > 8:
        raise NotFound("button")
    return datetime.fromtimestamp(int(minutes) * 60, UTC)
