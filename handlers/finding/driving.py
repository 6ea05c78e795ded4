"""Drive mode: while a live location is shared, one card stays fresh as the car moves."""

from dataclasses import replace
from datetime import timedelta

from telegram import Update

from chat.context import Move
from chat.screen import Where
from handlers.context import ParkContext
from handlers.finding.draft import FindDraft, Live, cover
from handlers.finding.results import await_end, followed, live_of, print_of, results
from handlers.stays import came_near
from handlers.typed.places import place_of
from views import find

PAUSE = timedelta(seconds=5)
"""Between two edits of the card."""


def moving(update: Update) -> bool:
    """News of a live location, which goes where it belongs, whatever the person is busy with."""
    edited = update.edited_message
    return edited is not None and live_of(edited) is not None


async def moved(_: Update, context: ParkContext) -> Move:
    """The search moves along; its card follows at once, or when it has stood long enough."""
    near, sent, now = await came_near(context), place_of(context.message), live_of(context.message)
    draft, live = _following(context)
    if near or draft is None or live is None or sent is None or now is None:
        return None
    if live.message != now.message:
        return None
    live = replace(live, until=now.until)
    context.draft = replace(draft, place=sent[0], name="", live=live)
    wait = live.shown_at + PAUSE - context.now
    if live.follows and wait > timedelta():
        context.wake_in(wait)
    else:
        await _refresh(context, context.draft, live)
    return None


async def woken(_: Update, context: ParkContext) -> Move:
    """What came too soon after the last edit is shown now; and sharing may have run out."""
    draft, live = _following(context)
    if draft is None or live is None:
        return None
    if live.until is not None and context.now >= live.until:
        _end(context, draft, live)
    else:
        await _refresh(context, draft, live)
    return None


def stopped(context: ParkContext) -> bool:
    """Whether this is the last news of the live location, which is then said to be over."""
    edited, draft = context.update.edited_message, context.draft
    if edited is None or not isinstance(draft, FindDraft) or draft.live is None:
        return False
    if edited.message_id != draft.live.message:
        return False
    if not draft.live.over:
        _end(context, draft, draft.live)
    return True


def _following(context: ParkContext) -> tuple[FindDraft, Live] | tuple[None, None]:
    """The search that a live location began, if that is still shared."""
    draft = context.draft
    if not isinstance(draft, FindDraft) or draft.live is None or draft.live.over:
        return None, None
    return draft.at(context.now), draft.live


async def _refresh(context: ParkContext, draft: FindDraft, live: Live) -> None:
    """Edit the card, if it shows results and they are others than before."""
    await_end(context, live)
    if not live.follows:
        return
    draft = replace(draft, skip=0)
    screen = await results(context, draft)
    if print_of(screen) != live.print:
        context.draft = followed(context, draft, screen)
        context.show(replace(screen, where=Where.CARD))


def _end(context: ParkContext, draft: FindDraft, live: Live) -> None:
    draft = replace(draft, live=replace(live, over=True))
    cover(context, draft, find.follows_no_more(context.words))
