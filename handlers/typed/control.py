"""What a lister says in a word or two, at any time: "off till 18", "free 3h", "coming home".

Like the labels of the menu, the words of every language are always known.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

from telegram import Update

from handlers.typed.grammar import Clock, read
from handlers.typed.hours import settled
from handlers.typed.words import in_english
from market.domain.errors import Invalid
from market.domain.schedule import local_instant
from views.words import LOCALES

LONGEST = timedelta(days=31)


class Word(StrEnum):
    OFF = "off"
    FREE = "free"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Control:
    word: Word
    until: str = ""
    """In the words of the grammar: "till 18", "3h"; empty for until further notice."""


_LONGEST = 60
"""Characters."""
_CLOCK = r"(?:noon|midnight|\d{1,2}[\w:.?\ ']{0,10})"
_UNTIL = (
    rf"(?:till|until|til)\s+(?:the\s+)?{_CLOCK}"
    r"|(?:for\s+)?\d{1,3}\s?(?:h\??|min|m|hours?|minutes?|d|days?)"
)
_AT = rf"at\s+{_CLOCK}|in\s+\d{{1,3}}\s?[a-z]+\??"
_BEGINS = re.compile(r"(?:yes|no|off|pause|free|going|coming|home)\b")
"""Nearly everything that people write is none of these, and is told so quickly."""
_SHAPE = re.compile(
    rf"""(?P<answer>yes|no)[.!]?
    | (?P<off>off|pause) (?:\s+(?P<off_until>{_UNTIL}))?
    | (?P<free>free|going\ out) (?:\s+(?P<free_until>{_UNTIL}))?
    | (?:coming\ home|home) (?:\s+(?P<home_at>{_AT}))?
    | coming\s+(?P<coming_at>{_AT})\s+home""",
    re.VERBOSE,
)


def control_of(text: str) -> Control | None:
    """None for anything that is not exactly such a word, and where two languages differ on it."""
    if len(text) > _LONGEST:
        return None
    said = {
        _control(in_english(text, language, "control", "times"))
        for language in LOCALES
        if _BEGINS.match(in_english(text, language, "control"))
    }
    known = said - {None}
    return known.pop() if len(known) == 1 else None


def _control(english: str) -> Control | None:
    found = _SHAPE.fullmatch(english)
    if found is None:
        return None
    if found["answer"]:
        return Control(Word(found["answer"]))
    if found["off"]:
        return Control(Word.OFF, settled(found["off_until"] or ""))
    if found["free"]:
        return Control(Word.FREE, settled(found["free_until"] or ""))
    # Whoever comes home at six is out until then, and the space is free.
    at = found["home_at"] or found["coming_at"] or ""
    until = re.sub(r"^in\b", "for", re.sub(r"^at\b", "till", at))
    return Control(Word.FREE if at else Word.OFF, settled(until))


def saying(word: Literal["done", "skip"]) -> Callable[[Update], bool]:
    """For new messages that say this and nothing else, in whatever language."""

    def check(update: Update) -> bool:
        text = (update.message.text or "") if update.message else ""
        return any(in_english(text, language, "control") == word for language in LOCALES)

    return check


def said_in(update: Update) -> Control | None:
    """The control in a new message."""
    return control_of(update.message.text or "") if update.message else None


def ends_at(until: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The next such time, or so long from now. Raises Invalid("time", ...) for what is unclear."""
    said = read(until, now.astimezone(zone).date())
    if said.length is not None and said.length <= LONGEST:
        return now + said.length
    if said.end is None:
        raise Invalid("time", "not understood", until)
    return _next(said.end, now, zone)


def _next(clock: Clock, now: datetime, zone: ZoneInfo) -> datetime:
    today = now.astimezone(zone).date()
    if not clock.sure:
        raise Invalid("time", "half of the day", clock.written)
    found = (_instant(clock, day, zone) for day in (today, today + timedelta(days=1)))
    return next(instant for instant in found if instant > now).astimezone(UTC)


def _instant(clock: Clock, day: date, zone: ZoneInfo) -> datetime:
    return local_instant(clock.on(day), zone)
