"""What the renter asks of a space: toggled on the card, kept for the next search."""

from dataclasses import replace

from chat.context import Move
from handlers.context import ParkContext
from handlers.finding.draft import FindDraft, Step, cover, show_card
from handlers.finding.results import currency_at, show_results
from handlers.typed.sizes import read_vehicle
from market.domain.errors import Invalid, NotFound
from market.domain.money import Money
from market.domain.preferences import Preferences
from market.domain.space import Tag
from views import filters as view


async def show(context: ParkContext, draft: FindDraft) -> Move:
    return _show(context, draft, await _preferences(context))


async def tag(context: ParkContext, draft: FindDraft) -> Move:
    named = _pressed(context)
    if named not in tuple(Tag):
        raise NotFound("button")
    return await _keep(context, draft, (await _preferences(context)).toggled(Tag(named)))


async def instant(context: ParkContext, draft: FindDraft) -> Move:
    known = await _preferences(context)
    return await _keep(context, draft, replace(known, instant_only=not known.instant_only))


async def fit(context: ParkContext, draft: FindDraft) -> Move:
    known = await _preferences(context)
    return await _keep(context, draft, replace(known, fitting=not known.fitting))


async def price(context: ParkContext, draft: FindDraft) -> Move:
    minor, _, currency = _pressed(context).partition(".")
    limit = Money(int(minor), currency) if minor.isdecimal() and len(minor) < 12 else None
    return await _keep(context, draft, replace(await _preferences(context), max_price=limit))


async def clear(context: ParkContext, draft: FindDraft) -> Move:
    return await _keep(context, draft, (await _preferences(context)).cleared())


async def ask_size(context: ParkContext, draft: FindDraft) -> Move:
    show_card(context, draft, view.ask_size(context.words, context.version))
    return Step.SIZE


async def size_typed(context: ParkContext, draft: FindDraft) -> Move:
    """Of the vehicle used last, or of whatever is driven by who keeps none here."""
    try:
        size = read_vehicle(context.text, context.words.language)
    except Invalid:
        return await need_size(context, draft)
    await context.services.preferences.measured(context.person.id, size)
    await show_results(context, replace(draft, skip=0))
    return Step.CARD


async def need_size(context: ParkContext, draft: FindDraft) -> Move:
    cover(context, draft, view.need_size(context.words))
    return None


async def _keep(context: ParkContext, draft: FindDraft, preferences: Preferences) -> Move:
    await context.services.preferences.keep(context.person.id, preferences)
    return _show(context, replace(draft, skip=0), preferences)


def _show(context: ParkContext, draft: FindDraft, preferences: Preferences) -> Move:
    country = context.services.market.geography.country_of(draft.zone)
    currency = currency_at(context, draft)
    screen = view.card(context.words, preferences, currency, country, context.version)
    return show_card(context, draft, screen)


async def _preferences(context: ParkContext) -> Preferences:
    return await context.services.preferences.of(context.person.id)


def _pressed(context: ParkContext) -> str:
    return context.press.id if context.press else ""
