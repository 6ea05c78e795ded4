"""What is kept for later: the place of a search, favourite spaces, and what is waited for."""

from dataclasses import replace

from telegram import Update

from chat.context import Move
from handlers.context import ParkContext
from handlers.finding.draft import FindDraft, Step, cover, show_card
from handlers.finding.results import new_search, search_of, show_results
from handlers.finding.space import show_space
from handlers.pressed import pressed_id, pressed_rest
from market.domain.alert import Alert
from market.domain.errors import Invalid, NotFound
from market.domain.ids import AlertId, SpaceId, read_id
from views import alert as alert_view
from views import saved as view


async def ask_name(context: ParkContext, draft: FindDraft) -> Move:
    show_card(context, draft, view.ask_name(context.words, context.version))
    return Step.NAME


async def name_pressed(context: ParkContext, draft: FindDraft) -> Move:
    return await _save(context, draft, context.press.id if context.press else "")


async def name_typed(context: ParkContext, draft: FindDraft) -> Move:
    return await _save(context, draft, context.text)


async def need_name(context: ParkContext, draft: FindDraft) -> Move:
    cover(context, draft, view.need_name(context.words))
    return None


async def favourites(context: ParkContext, draft: FindDraft) -> Move:
    """With whether each can be had for the window of the search."""
    services, person = context.services, context.person.id
    listed = [
        view.Favourite(
            space, free=await services.quotes.refusal(person, space, draft.window) is None
        )
        for space in await services.saved.favourites(person)
    ]
    screen = view.favourites(
        context.words,
        listed,
        draft.place,
        draft.window,
        draft.zone,
        context.now,
        context.version,
    )
    return show_card(context, draft, screen)


async def tell(context: ParkContext, draft: FindDraft) -> Move:
    """Be told when the open space can be had, or anything that passes the filters."""
    preferences = await context.services.preferences.of(context.person.id)
    asked = await context.services.alerts.ask(
        Alert(
            id=AlertId(0),
            person=context.person.id,
            point=draft.place,
            zone=draft.zone,
            window=draft.window,
            filters=search_of(context, draft, preferences).filters,
            made_at=context.now,
            space=draft.space,
            place=draft.name,
        )
    )
    note = alert_view.noted(context.words, asked, context.now)
    show = show_results if draft.space is None else show_space
    return await show(context, draft, note)


async def told(_: Update, context: ParkContext) -> Move:
    """The space that was told of, for the window that was waited for."""
    alert = await context.services.alerts.get(context.person.id, AlertId(pressed_id(context)))
    number = read_id(pressed_rest(context))
    if number is None:
        raise NotFound("button")
    draft = await new_search(context, alert.point, alert.zone)
    draft = replace(draft, window=alert.window, present="", name=alert.place)
    await show_space(context, replace(draft.at(context.now), space=SpaceId(number)))
    return Step.CARD


async def _save(context: ParkContext, draft: FindDraft, name: str) -> Move:
    try:
        place = await context.services.saved.save_place(context.person.id, name, draft.place)
    except Invalid:
        return await need_name(context, draft)
    note = view.saved(context.words, place)
    await show_results(context, replace(draft, name=place.name), note)
    return Step.CARD
