"""What a lister says in a word or two, at any time: "off till 18", "free 3h", "coming home"."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from telegram import Update

from handlers.typed.grammar import Clock, read
from market.domain.errors import Invalid
from market.domain.schedule import local_instant

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
    """As it was typed: "till 18", "3h"; empty for until further notice."""


_UNTIL = (
    r"(?:(?:till|until|til)\s+\d{1,2}[\w:.\ ]{0,10}"
    r"|(?:for\s+)?\d{1,3}\s?(?:h|min|m|hours?|minutes?|d|days?))"
)
_AT = r"(?:at\s+\d{1,2}[\w:.]{0,8}|in\s+\d{1,3}\s?\w+)"
_SHAPE = re.compile(
    rf"""(?P<answer>yes|no)[.!]?
    | (?P<off>off|pause) (?:\s+(?P<off_until>{_UNTIL}))?
    | (?P<free>free|going\ out) (?:\s+(?P<free_until>{_UNTIL}))?
    | (?P<home>coming\ home|home) (?:\s+(?P<at>{_AT}))?""",
    re.VERBOSE | re.IGNORECASE,
)


def control_of(text: str) -> Control | None:
    """None for anything that is not exactly such a word."""
    found = _SHAPE.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    if found["answer"]:
        return Control(Word(found["answer"].lower()))
    if found["off"]:
        return Control(Word.OFF, (found["off_until"] or "").lower())
    if found["home"]:
        # Whoever comes home at six is out until then, and the space is free.
        at = (found["at"] or "").lower()
        return Control(
            Word.FREE if at else Word.OFF, re.sub(r"^at\b", "till", at).removeprefix("in ")
        )
    return Control(Word.FREE, (found["free_until"] or "").lower())


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
