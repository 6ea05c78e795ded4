"""The words of a typed time, piece by piece.

Our own grammar reads clocks, spans and lengths, in English words and in the person's own, which
stand for English ones; ``dateparser`` reads only dates with a month (it takes "9-17" for
September). Whatever is left over is asked about, never guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

import dateparser

from handlers.typed.chips import PARTS
from handlers.typed.hours import settled, unsettled
from handlers.typed.words import MONTHS, as_typed, in_english
from market.domain.errors import Invalid

_DAY = timedelta(days=1)
_LONG_AGO = timedelta(days=183)
"""A date without a year that is over for longer than this is next year's."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; ``sure`` when it cannot mean the other half of the day as well."""

    after_midnight: timedelta
    sure: bool = True

    def on(self, day: date) -> datetime:
        return datetime.combine(day, time()) + self.after_midnight

    @property
    def written(self) -> str:
        minutes = self.after_midnight // timedelta(minutes=1)
        return f"{minutes // 60}:{minutes % 60:02}"


@dataclass(slots=True)
class Said:
    """What a text says about a stay, piece by piece."""

    start: Clock | None = None
    end: Clock | None = None
    length: timedelta | None = None
    days: tuple[date, ...] = ()
    delay: timedelta | None = None
    """How long from now on it begins: nothing for "now"."""
    part: str = ""
    """Of the day, one of ``PARTS``."""
    left: list[str] = field(default_factory=list)


_CLOCK = r"""(?: noon | midday | midnight
    | (?:[01]\d|2[0-3])[0-5]\d
    | \d{1,2} (?:[:.]\d{2})? (?:\s*[ap]m)? )(?![\w:])"""
_LENGTH = r"""(?<![\w.:]) \d{1,3} (?:[.,]\d{1,2})? \s*
    (?: hours?|hrs?|h | minutes?|mins?|min|m | days?|d | weeks?|w )
    (?: \d{1,2} (?![\w:]) | \s* \d{1,2} \s* (?:minutes?|mins?|min|m) )? (?![\w?])"""
_ITEMS = re.compile(
    rf"""(?P<delay> \bin\s+ {_LENGTH} )
    | (?P<length> (?:for\s+)? {_LENGTH} )
    | (?P<span> (?<![\w.:-]) (?:from\s+|between\s+)? {_CLOCK} \s*
        (?: - | \b(?:to|till|until|and)\b ) \s* {_CLOCK} )
    | (?P<till> \b(?:till|until|til|to)\s+ {_CLOCK} )
    | (?P<start> (?: \b(?:from|at)\s+ | @\s* ) {_CLOCK}
        | (?<![\w.:-]) (?: noon | midday | \d{{1,2}}:\d{{2}} (?:\s*[ap]m)?
        | \d{{1,2}}(?:\.\d{{2}})? \s*[ap]m ) (?![\w:-]) )""",
    re.VERBOSE,
)
_AMOUNT = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-z]+)(?:\s*(\d+))?")
_TIME = re.compile(r"(\d{1,2})[:.]?(\d{2})?\s*([ap])?m?")
_UNITS = {"h": 60, "m": 1, "d": 24 * 60, "w": 7 * 24 * 60}
_ARTICLES = (
    (re.compile(r"\bhalf an hour\b"), "30min"),
    (re.compile(r"\b(?:an|one) hour\b"), "1h"),
    (re.compile(r"\b(?:a|one) (day|week)\b"), r"1\1"),
    (re.compile(r"\b(?:all|the whole) day\b"), "0:00-24:00"),
    (re.compile(r"\b([ap])\.m\b\.?"), r"\1m"),
    (re.compile(r"(\d)([ap])\.m\.?(?!\w)"), r"\1\2m"),
)

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = r"(?:mon|tues?|wed(?:s|nes)?|thu(?:r|rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_NTH = r"\d{1,2}(?:st|nd|rd|th|\.)?"
_DATE = re.compile(
    rf"""(?<![\w.-]) (?: \d{{4}}-\d{{2}}-\d{{2}}
    | \d{{1,2}}\.\d{{1,2}}\. (?:\d{{4}})?
    | {_NTH} \s+ (?:of\s+)? {_MONTH} (?:,?\s+(?:of\s+)?\d{{4}}(?![\d:-]))?
    | {_MONTH} \s+ {_NTH} (?:,?\s+\d{{4}}(?![\d:-]))? ) (?![\w:-])""",
    re.VERBOSE,
)
_IN_NUMBERS = re.compile(r"(\d{1,2})\.(0?[1-9]|1[0-2])\.")
"""As in "5.12.", in which dateparser sees a time of day."""
_PART = {**{part: part for part in PARTS}, "night": "evening"}
_WHICH = frozenset(("this", "next", "coming"))
_WEEK = 7 * _DAY
_HALF_A_DAY = timedelta(hours=12)
_FILLERS = frozenset(("on", "for", "from", "at", "of", "the", ""))


def _in_plain_english(text: str, language: str) -> str:
    plain = in_english(text, language, "times")
    for article, instead in _ARTICLES:
        plain = article.sub(instead, plain)
    return settled(plain)


def read(text: str, today: date, language: str = "en") -> Said:
    """Raises Invalid("time", ...): "not understood" with the part that was not, "clock or length"
    for an hour that may be either."""
    plain, said = _in_plain_english(text, language), Said()
    rest = _DATE.sub(lambda found: _date_in(found[0], said, today), plain)
    rest = _ITEMS.sub(lambda found: _item_in(found, said), rest)
    said.left = [word for word in re.split(r"[\s,]+", rest) if word not in _FILLERS]
    _read_words(said, today)
    _read_delay(said, today)
    _read_part(said)
    nothing = not (said.start or said.end or said.length or said.days or said.delay is not None)
    left = " ".join(said.left)
    if unsettled(left):
        raise Invalid("time", "clock or length", left.replace("?", ""))
    if left or nothing or (said.end and said.length):
        raise Invalid("time", "not understood", as_typed(left, text))
    return said


def _date_in(found: str, said: Said, today: date) -> str:
    """Take a date with a month out of the text; leave what is none, to be asked about."""
    if said.days:
        return found
    for preference in ("current_period", "future"):
        parsed = dateparser.parse(
            _IN_NUMBERS.sub(_in_words, found.replace(" of ", " ")),
            languages=["en"],
            date_formats=["%Y-%m-%d"],
            settings={
                "DATE_ORDER": "DMY",
                "PREFER_DATES_FROM": preference,
                "RELATIVE_BASE": datetime.combine(today, time()),
                "REQUIRE_PARTS": ["day", "month"],
            },
        )
        if parsed and today - parsed.date() < _LONG_AGO:
            said.days = (parsed.date(),)
            return " "
    return found


def _in_words(found: re.Match[str]) -> str:
    return f"{found[1]} {MONTHS[int(found[2]) - 1]} "


def _item_in(found: re.Match[str], said: Said) -> str:
    """Take one time or length out of the text; leave a second one, to be asked about."""
    kind, item = found.lastgroup, found[0]
    if kind == "delay" and said.delay is None:
        said.delay = _length(item)
    elif kind == "length" and said.length is None:
        said.length = _length(item)
    elif kind == "span" and not (said.start or said.end):
        said.start, said.end = _span(item)
    elif kind == "till" and said.end is None:
        said.end = _clock(item.split(maxsplit=1)[1], ends=True)
    elif kind == "start" and said.start is None:
        said.start = _clock(re.sub(r"^(?:from|at|@)\s*", "", item))
    else:
        return item
    return " "


def _read_words(said: Said, today: date) -> None:
    """Day names, parts of a day, "now", and a bare hour beside a length, as in "fri 18 3h"."""
    words, left = " ".join(said.left).replace("day after tomorrow", "overmorrow").split(), []
    if "now" in words and said.start is None and said.delay is None:
        said.delay = timedelta()
        words.remove("now")
    for word in words:
        if not said.days and (days := tuple(_days_called(word, today))):
            said.days, said.part = days, "evening" if word == "tonight" else said.part
        elif said.days and _is_weekday(word, said.days[0]):
            continue
        elif word in _PART and not said.part:
            said.part = _PART[word]
        elif said.length and not said.start and re.fullmatch(r"\d{1,2}", word):
            said.start = _clock(word)
        else:
            left.append(word)
    said.left = left
    _read_which(said, today)


def _read_which(said: Said, today: date) -> None:
    """ "next monday", "this friday", "this evening", as far as everybody means the same day."""
    if len(which := _WHICH.intersection(said.left)) != 1:
        return
    (word,) = which
    if word == "this" and said.part and not said.days:
        said.days = (today,)
    elif len(said.days) == 2 and (day := _meant(word, said.days[0], today)):
        said.days = (day,)
    else:
        return
    said.left.remove(word)


def _meant(which: str, first: date, today: date) -> date | None:
    """Of a weekday whose first one from today on is given; None where it may be one or the next.

    On a Wednesday "next friday" is in two days for some, and in nine for others.
    """
    away, this_week = first - today, first.weekday() >= today.weekday()
    if which == "this":
        return first if this_week else None
    if not away:
        return first + _WEEK
    if which == "coming" or (not this_week and away >= 3 * _DAY):
        return first
    return None


def _read_delay(said: Said, today: date) -> None:
    """ "in 2 days" is a date, "in 2 hours" a time; of another one beside it, it is asked."""
    if not said.delay:
        return
    if said.delay % _DAY == timedelta() and not said.days:
        said.days, said.delay = (today + said.delay,), None
    elif said.start or said.days or said.part:
        said.left.append("in")


def _read_part(said: Said) -> None:
    """Clocks beside a part of a day are in it: "tomorrow evening 8-11" begins at 20:00."""
    if not said.part:
        return
    if not (said.days or said.start):
        said.left.append(said.part)
        return
    if said.end and not said.start:
        said.start = Clock(_since_midnight(PARTS[said.part][0]))
    if said.start and not said.start.sure:
        noon = _HALF_A_DAY if said.part != "morning" else timedelta()
        said.start = Clock(said.start.after_midnight % _HALF_A_DAY + noon)
    if said.start and said.end and not said.end.sure:
        halves = said.end.after_midnight, said.end.after_midnight + _HALF_A_DAY
        later = (end for end in halves if end > said.start.after_midnight)
        said.end = Clock(next(later, said.end.after_midnight))


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute)


def _is_weekday(word: str, day: date) -> bool:
    """Whether a day's name only repeats what its date says, as in "fri 7 aug"."""
    return bool(re.fullmatch(_WEEKDAY, word)) and word[:3] == _WEEKDAYS[day.weekday()]


def _days_called(word: str, today: date) -> Iterator[date]:
    ahead = {"today": 0, "tonight": 0, "tomorrow": 1, "tmrw": 1, "overmorrow": 2}
    if word in ahead:
        yield today + ahead[word] * _DAY
    elif re.fullmatch(_WEEKDAY, word):
        days = (_WEEKDAYS.index(word[:3]) - today.weekday()) % 7
        yield today + days * _DAY
        yield today + (days + 7) * _DAY


def _length(item: str) -> timedelta:
    amount, unit, minutes = _AMOUNT.findall(item)[0]
    whole = float(amount.replace(",", ".")) * _UNITS[unit[0]]
    length = timedelta(minutes=round(whole) + int(minutes or 0))
    if not length:
        raise Invalid("time", "not understood", item.strip())
    return length


def _span(item: str) -> tuple[Clock, Clock]:
    """Two clocks; "2-5pm" is in the afternoon, "9-5pm" begins in the morning.

    Beside an end after noon, as in "9-17", a start is read on the same clock of 24 hours.
    """
    halves = re.split(r"\s*(?:-|\b(?:to|till|until|and)\b)\s*", _without_from(item), maxsplit=1)
    first, last = (half.strip() for half in halves)
    end = _clock(last, ends=True)
    if last.endswith("m") and first.isdigit() and 1 <= int(first) <= 12:
        same, other = (last[-2:], "am") if last[-2:] == "pm" else ("am", "pm")
        start = _clock(f"{first}{same}")
        return (start if start.after_midnight < end.after_midnight else _clock(first + other)), end
    if first.endswith("m") and not end.sure:
        raise Invalid("time", "half of the day", last)
    start = _clock(first)
    return replace(start, sure=start.sure or end.sure), end


def _without_from(item: str) -> str:
    return re.sub(r"^(?:from|between)\s+", "", item.strip())


def _clock(text: str, *, ends: bool = False) -> Clock:
    """A time of day. Only a stay's end may be midnight, or 24:00."""
    text = text.strip()
    named = {"noon": 12, "midday": 12, "midnight": 24}.get(text)
    if named is not None:
        hour, minute, half = named, 0, None
    elif re.fullmatch(r"\d{4}", text):
        hour, minute, half = int(text[:2]), int(text[2:]), None
    else:
        found = _TIME.fullmatch(text)
        if found is None:
            raise Invalid("time", "not understood", text)
        hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= 12:
        raise Invalid("time", "not understood", text)
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if minute > 59 or hour * 60 + minute > (24 * 60 if ends else 24 * 60 - 1):
        raise Invalid("time", "not understood", text)
    sure = bool(half or named) or hour > 12 or text.startswith("0")
    return Clock(timedelta(hours=hour, minutes=minute), sure)
