"""Answers to a lister's word."""

from collections.abc import Sequence

from chat.screen import Screen, Where
from market.domain.space import Space
from views.layout import grid
from views.spaces.acts import CARD, Act, about
from views.words import Html, Words, user_text


def nothing_to_switch(words: Words) -> Screen:
    return Screen(
        words.say("That is a word for listers; you list no space yet. ➕ List a space begins.")
    )


def which_space(words: Words, spaces: Sequence[Space], said: str, version: int) -> Screen:
    """``said`` is what each button carries after its space."""
    lines = [words.say("Which space?")]
    lines += [Html(f"{n}  {user_text(it.title)}") for n, it in enumerate(spaces, 1)]
    buttons = [about(str(n), Act.WORD, it.id, version, said) for n, it in enumerate(spaces, 1)]
    return Screen("\n".join(lines), rows=grid(buttons, 5), card=CARD, where=Where.ANEW)
