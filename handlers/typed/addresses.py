"""Addresses as people type them: which texts may be one, and what the geocoder made of it."""

from collections.abc import Sequence
from datetime import datetime

from telegram import Update

from chat.context import Context
from chat.matchers import bare
from chat.thread import Thread
from handlers.typed.control import control_of
from handlers.typed.courtesies import courtesy_of
from handlers.typed.grammar import read
from handlers.typed.places import read_coordinates
from market.domain.errors import Invalid
from market.domain.place import Address
from views import menu
from views.words import LOCALES

ADDRESSES = "addresses"
"""The fact under which ``prepare`` hands on what was found."""
LENGTH = range(3, 101)
WORDS_OF_TIME = 10
"""Nobody needs more behind an address to say when."""

_LABELS = frozenset(map(bare, menu.LABELS))
_ASKING = {
    ("find", "place"),
    ("find", "place_for_inline"),
    ("listing", "place"),
    ("spaces", "place"),
}
_CARD = ("find", "card")
"""Steps, by conversation, at which a text may be an address; on a card it may be a time as well."""


def sought(update: Update, active: Thread | None, now: datetime) -> str | None:
    """The text that has to be looked up, wherever the person stands."""
    text = typed_address(update)
    if text is None:
        return None
    here = (active.flow, active.step) if active else None
    if here is None or here == _CARD:
        return None if is_time(text, now) else text
    return text if here in _ASKING else None


def typed_address(update: Update) -> str | None:
    """A new text that may be an address: with a letter, and no coordinates, command or label."""
    text = (update.message.text or "").strip() if update.message else ""
    if len(text) not in LENGTH or text.startswith("/") or not any(map(str.isalpha, text)):
        return None
    known = bare(text) in _LABELS or courtesy_of(text) or control_of(text) or read_coordinates(text)
    return None if known else text


def found(context: Context) -> Sequence[Address] | None:
    """None if nothing was looked up."""
    return context.facts.get(ADDRESSES)


def split(text: str, now: datetime) -> tuple[str, str]:
    """What may be an address, and the words about time after it; either may be empty."""
    words = text.split()
    last = range(max(0, len(words) - WORDS_OF_TIME), len(words))
    begins = next((at for at in last if is_time(" ".join(words[at:]), now)), len(words))
    return " ".join(words[:begins]), " ".join(words[begins:])


def is_time(text: str, now: datetime) -> bool:
    """In whatever language: which one the person chose is known only later."""
    return any(_is_time_in(language, text, now) for language in LOCALES)


def _is_time_in(language: str, text: str, now: datetime) -> bool:
    try:
        read(text, now.date(), language)
    except Invalid as refusal:
        return refusal.reason != "not understood"
    return True
