"""Answers to a lister's word."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from chat.screen import Screen, Where
from market.domain.booking import Booking
from market.domain.ids import SpaceId, written
from market.domain.space import Space
from views import request
from views.layout import grid, press
from views.spaces.acts import CARD, Act, about
from views.spaces.card import stay
from views.words import Html, Words, user_text


def nothing_to_switch(words: Words) -> Screen:
    return Screen(
        words.say("That is a word for listers; you list no space yet. ➕ List a space begins.")
    )


def nothing_to_answer(words: Words) -> Screen:
    return Screen(
        words.say("Nobody waits for an answer from you. 🏠 My spaces shows what is ahead.")
    )


def which_request(
    words: Words,
    waiting: Sequence[Booking],
    spaces: Mapping[SpaceId, Space],
    now: datetime,
    *,
    accept: bool,
) -> Screen:
    asked = words.say("Confirm which one?") if accept else words.say("Decline which one?")
    shown = [(it, spaces[it.space]) for it in waiting[:10]]
    lines = [
        Html(f"{n}  {user_text(space.title)}\n{stay(words, space, it, now)}")
        for n, (it, space) in enumerate(shown, 1)
    ]
    act = request.Act.YES if accept else request.Act.NO
    buttons = [press(str(n), act, written(it.id)) for n, (it, _) in enumerate(shown, 1)]
    return Screen("\n".join([asked, *lines]), rows=grid(buttons, 5), where=Where.ANEW)


def which_space(words: Words, spaces: Sequence[Space], said: str, version: int) -> Screen:
    """``said`` is what each button carries after its space."""
    lines = [words.say("Which space?")]
    lines += [Html(f"{n}  {user_text(it.title)}") for n, it in enumerate(spaces, 1)]
    buttons = [about(str(n), Act.WORD, it.id, version, said) for n, it in enumerate(spaces, 1)]
    return Screen("\n".join(lines), rows=grid(buttons, 5), card=CARD, where=Where.ANEW)
