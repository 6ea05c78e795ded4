"""One word at any time: off till six, free for three hours, coming home; yes and no."""

from telegram import Update

from chat.context import END, Move
from handlers.context import ParkContext
from handlers.pressed import pressed_rest
from handlers.spaces.draft import pressed_space, show_space
from handlers.typed.control import Control, Word, ends_at
from market.domain.errors import Invalid, NotFound
from market.domain.space import Space, SpaceState
from views import request
from views.errors import explain
from views.spaces import word as view


async def said(_: Update, context: ParkContext) -> Move:
    control: Control = context.matched
    if control.word in (Word.YES, Word.NO):
        return await _answer(context, accept=control.word is Word.YES)
    spaces = [
        it
        for it in await context.services.spaces.mine(context.person.id)
        if it.state in (SpaceState.LIVE, SpaceState.PAUSED)
    ]
    if not spaces:
        context.show(view.nothing_to_switch(context.words))
        return None
    if len(spaces) == 1:
        return await _switch(context, spaces[0], control)
    carried = f"{control.word}.{control.until.replace(':', '.')}"
    context.show(view.which_space(context.words, spaces, carried, context.version))
    return END


async def chosen(_: Update, context: ParkContext) -> Move:
    """Which space was meant."""
    word, _dot, until = pressed_rest(context).partition(".")
    if word not in (Word.OFF, Word.FREE):
        raise NotFound("button")
    space = await context.services.spaces.get(context.person.id, pressed_space(context))
    return await _switch(context, space, Control(Word(word), until))


async def _switch(context: ParkContext, space: Space, control: Control) -> Move:
    spaces, person = context.services.spaces, context.person.id
    change = spaces.pause if control.word is Word.OFF else spaces.resume
    until = None
    if control.until:
        try:
            until = ends_at(control.until, context.now, space.zone_info)
        except Invalid as refusal:
            context.show(explain(context.words, refusal))
            return None
    return await show_space(context, await change(person, space.id, until))


async def _answer(context: ParkContext, *, accept: bool) -> Move:
    """To the request that waits; of several, or when the word was long on its way, it is asked."""
    person, bookings = context.person.id, context.services.bookings
    waiting = await bookings.requests(person)
    if not waiting:
        context.show(view.nothing_to_answer(context.words))
        return None
    if len(waiting) > 1 or context.late:
        spaces = await bookings.spaces_of(waiting)
        context.show(view.which_request(context.words, waiting, spaces, context.now, accept=accept))
        return None
    answered = await bookings.answer(person, waiting[0].id, accept=accept)
    _booking, space = await bookings.with_space(person, answered.id)
    context.show(request.answered(context.words, answered, space, context.now))
    return None
