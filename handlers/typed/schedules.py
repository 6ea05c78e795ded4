"""Opening hours and dates as listers type them: "mon-fri 8-18, sat 10-2", "24.12.-2.1."

Whatever is left over is asked about, never guessed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.typed.hours import as_clocks
from handlers.typed.words import as_typed, in_english
from market.domain.errors import Invalid
from market.domain.schedule import DAY, Dates, Opening

LONGEST = 300
"""Characters."""
FARTHEST = timedelta(days=730)

_DAY = timedelta(days=1)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = r"(?:mon|tues?|wed(?:s|nes)?|thu(?:r|rs)?|fri|sat(?:ur)?|sun)(?:days?)?"
_ALWAYS = frozenset(("always", "24/7", "24-7", "any time", "anytime", "all the time"))
_GROUPS = {
    "daily": range(7),
    "every day": range(7),
    "all week": range(7),
    "weekdays": range(5),
    "workdays": range(5),
    "weekend": range(5, 7),
    "weekends": range(5, 7),
}
_DAYS = re.compile(
    rf"(?P<group>{'|'.join(_GROUPS)})\b"
    rf"|(?P<first>{_WEEKDAY})\b(?:\s*(?:-|to|till)\s*(?P<last>{_WEEKDAY})\b)?"
)
_CLOCK = r"(?:noon|midnight|\d{1,2}(?:[:.]\d{2})?(?:\s*[ap]m)?)"
_HOURS = re.compile(rf"(?P<opens>{_CLOCK})\s*(?:-|to|till|until)\s*(?P<closes>{_CLOCK})(?![\w:.])")
_WHOLE_DAY = re.compile(r"(?:all day|open|24\s?h(?:ours|\?)?)(?!\w)")
_CLOSED = re.compile(r"closed\b")
_BETWEEN = re.compile(r"(?:[\s,;:/+&]|\b(?:and|from|on|at|of|the)\b)*")


def read_openings(text: str, language: str = "en") -> tuple[Opening, ...]:
    """Weekly hours; none at all for "always".

    Days without hours are open all day, hours without days count for the days before them, or for
    every day. Whoever writes 18 counts to 24, so that "8-18, 10-2" is until two at night. Raises
    Invalid("schedule", ...): "not understood" with the part that was not, "half of the day" for an
    end that may mean morning or afternoon.
    """
    plain = as_clocks(_plain(text, language)).rstrip(" .")
    if plain in _ALWAYS:
        return ()
    try:
        openings = {
            Opening(day, *hours)
            for piece in _pieces(plain)
            for day in piece.days
            for hours in piece.hours
        }
    except Invalid as refusal:
        named = as_typed(str(refusal.limit), text)
        raise Invalid("schedule", refusal.reason, named) from None
    if not openings:
        raise Invalid("schedule", "not understood", text[:40])
    return tuple(sorted(openings))


@dataclass(frozen=True, slots=True)
class _Piece:
    days: Sequence[int]
    hours: Sequence[tuple[int, int]]


def _pieces(plain: str) -> Iterator[_Piece]:
    """Days with the hours that follow them."""
    at, days, to_24 = 0, list(range(7)), _counts_to_24(plain)
    while (at := _skip(plain, at)) < len(plain):
        begins = at
        named: list[int] = []
        while found := _DAYS.match(plain, at):
            named += _named(found)
            at = _skip(plain, found.end())
        days = named or days
        hours: list[tuple[int, int]] = []
        while found := _HOURS.match(plain, at):
            hours.append(_hours(found["opens"], found["closes"], to_24=to_24))
            at = _skip(plain, found.end())
        if hours:
            yield _Piece(days, hours)
        elif found := _CLOSED.match(plain, at):
            at = found.end()
        elif found := _WHOLE_DAY.match(plain, at):
            at = found.end()
            # "Open" before the days and hours says nothing yet.
            if named or found[0] != "open":
                yield _Piece(days, [(0, DAY)])
        elif named:
            yield _Piece(days, [(0, DAY)])
        if at == begins:
            raise Invalid("schedule", "not understood", plain[at : at + 40])


def _skip(plain: str, at: int) -> int:
    between = _BETWEEN.match(plain, at)
    return between.end() if between else at


def _named(found: re.Match[str]) -> list[int]:
    if found["group"]:
        return list(_GROUPS[found["group"]])
    first = _WEEKDAYS.index(found["first"][:3])
    last = _WEEKDAYS.index(found["last"][:3]) if found["last"] else first
    return [(first + n) % 7 for n in range((last - first) % 7 + 1)]


def _counts_to_24(plain: str) -> bool:
    """Whether one of the hours says by itself that it is of no clock with two halves."""
    clocks = [clock for found in _HOURS.finditer(plain) for clock in found.group("opens", "closes")]
    return any(hour.isdecimal() and 12 < int(hour) <= 24 for hour in map(_hour_of, clocks))


def _hour_of(clock: str) -> str:
    return re.split(r"[:.]", clock)[0]


def _hours(opens: str, closes: str, *, to_24: bool) -> tuple[int, int]:
    """Minutes after midnight; an end that is not later belongs to the day after."""
    start, sure_start = _minutes(opens)
    end, sure_end = _minutes(closes)
    start %= DAY
    if end <= start:
        if not (sure_start or sure_end or to_24):
            raise Invalid("schedule", "half of the day", closes)
        end += DAY
    return start, end


def _minutes(clock: str) -> tuple[int, bool]:
    """After midnight, and whether it cannot mean the other half of the day as well."""
    if clock in ("noon", "midnight"):
        return (12 * 60 if clock == "noon" else DAY), True
    digits, half = re.fullmatch(r"([\d:.]+)\s*([ap]m)?", clock).groups()  # type: ignore[union-attr]
    hour, _, minute = digits.replace(".", ":").partition(":")
    hours, minutes = int(hour), int(minute or 0)
    if minutes > 59 or hours * 60 + minutes > DAY or (half and not 1 <= hours <= 12):
        raise Invalid("schedule", "not understood", clock)
    if half:
        hours = hours % 12 + (12 if half == "pm" else 0)
    sure = bool(half) or hours > 12 or hours == 0 or (hour.startswith("0") and bool(minute))
    return hours * 60 + minutes, sure


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"
_DATE = (
    r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{4})?"
    rf"|(?:{_WEEKDAY},?\s)?\d{{1,2}}(?:st|nd|rd|th|\.)?\s(?:of\s)?{_MONTH}(?:,?\s(?:of\s)?\d{{4}})?"
    rf"|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?"
    rf"|today|tomorrow|{_WEEKDAY})"
)
_TO = r"\s*(?:-|to|till|until)\s*"
_RANGE = re.compile(
    rf"(?:(?:from|on|of|the)\s)*(?P<first>{_DATE})(?:{_TO}(?:the\s)?(?P<last>{_DATE}))?"
)
_SHORT_RANGE = re.compile(
    rf"(?:(?:from|of|the)\s)*(?P<first>\d{{1,2}})\.?{_TO}(?:the\s)?(?P<last>{_DATE})"
)
_WEEKEND = re.compile(r"(?:(?:this|the|on)\s)*weekends?")


def read_dates(text: str, today: date, language: str = "en") -> Dates:
    """One date or the first and last of several; without a year the next ones to come.

    Raises Invalid("dates", ...): "not understood", "past", "too far", and what ``Dates`` raises.
    """
    plain = _plain(text, language)
    if _WEEKEND.fullmatch(plain):
        saturday = today + _DAY * ((5 - today.weekday()) % 7)
        first, last = (today, today) if today.weekday() == 6 else (saturday, saturday + _DAY)
    elif found := _RANGE.fullmatch(plain):
        first = _date(found["first"], today)
        last = _date(found["last"], first) if found["last"] else first
    elif found := _SHORT_RANGE.fullmatch(plain):
        last = _date(found["last"], today)
        first = _day_of(last, int(found["first"]), plain)
    else:
        raise Invalid("dates", "not understood", plain[:40])
    dates = Dates(first, last)
    if dates.last < today:
        raise Invalid("dates", "past")
    if dates.last > today + FARTHEST:
        raise Invalid("dates", "too far", FARTHEST.days)
    return dates


def _date(said: str, soonest: date) -> date:
    """The date itself, or, without a year, the next such date from the soonest on."""
    if said in ("today", "tomorrow"):
        return soonest + (_DAY if said == "tomorrow" else timedelta())
    if re.fullmatch(_WEEKDAY, said):
        return soonest + _DAY * ((_WEEKDAYS.index(said[:3]) - soonest.weekday()) % 7)
    named = re.match(rf"{_WEEKDAY},?\s", said)
    found = _next_called(said.removeprefix(named[0]) if named else said, soonest)
    if named and found.weekday() != _WEEKDAYS.index(said[:3]):
        raise Invalid("dates", "not understood", said)
    return found


def _next_called(said: str, soonest: date) -> date:
    day, month, year = _parts(said)
    if year is not None:
        return _existing(year, month, day, said)
    for candidate in range(soonest.year, soonest.year + 5):
        try:
            found = date(candidate, month, day)
        except ValueError:  # the 29th of February, perhaps
            continue
        if found >= soonest:
            return found
    raise Invalid("dates", "not understood", said)


def _parts(said: str) -> tuple[int, int, int | None]:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said):
        year, month, day = map(int, said.split("-"))
        return day, month, year
    numbers = [int(number) for number in re.findall(r"\d+", said)]
    if named := re.search(_MONTH, said):
        numbers.insert(1, _MONTHS.index(named[0][:3]) + 1)
    day, month, *rest = numbers
    return day, month, rest[0] if rest else None


def _day_of(last: date, day: int, said: str) -> date:
    """Another day of the same month: the 24th in "24.-26.12."."""
    return _existing(last.year, last.month, day, said)


def _existing(year: int, month: int, day: int, said: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Invalid("dates", "not understood", said) from None


def _plain(text: str, language: str) -> str:
    if len(text) > LONGEST:
        raise Invalid("schedule", "not understood", text[:40])
    return in_english(text, language, "times")
