"""When a space is open: weekly hours by the clock on its wall, and dates the lister keeps.

An instant is open if the wall clock of the space's zone, at that instant, stands inside an opening
and on no blocked date. Everything follows from that one sentence, changes of daylight saving time
included: an hour that the clock skips does not occur, an hour that it repeats is open twice.
Two exceptions are said on the spur of the moment: once free beyond the hours, and away.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from market.domain.errors import Invalid
from market.domain.window import Window

DAY = 24 * 60
WEEK = 7 * DAY
"""Lengths in minutes of wall clock."""

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_A_MONDAY = datetime(1970, 1, 5)  # noqa: DTZ001 as the clock on a wall shows it

Week: TypeAlias = list[tuple[timedelta, timedelta]]
"""When something is open, in order, counted from Monday's midnight."""


@dataclass(frozen=True, order=True, slots=True)
class Opening:
    """Hours on one weekday (0 is Monday), in minutes after midnight.

    ``closes`` up to 2880: hours past midnight belong to the day on which they begin. Raises Invalid
    for hours that are empty or longer than a day.
    """

    weekday: int
    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not (0 <= self.weekday <= 6 and 0 <= self.opens < DAY):
            raise Invalid("schedule", "no such hour")
        if not self.opens < self.closes <= self.opens + DAY:
            raise Invalid("schedule", "hours must end after they begin", DAY)


@dataclass(frozen=True, order=True, slots=True)
class Dates:
    """Local dates, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Invalid("dates", "the last date comes before the first")

    def touches(self, first: date, last: date) -> bool:
        return self.first <= last and first <= self.last

    def minus(self, other: "Dates") -> Iterator["Dates"]:
        """What is left of these without the others: at most one part on either side."""
        if self.first < other.first:
            yield Dates(self.first, min(self.last, other.first - _DAY))
        if other.last < self.last:
            yield Dates(max(self.first, other.last + _DAY), self.last)


@dataclass(frozen=True, slots=True)
class Away:
    """Nothing can be booked from an instant until another, or, where there is none, for good."""

    start: datetime
    end: datetime | None = None

    def touches(self, window: Window) -> bool:
        return self.start < window.end and (self.end is None or window.start < self.end)

    def holds(self, instant: datetime) -> bool:
        return self.start <= instant and (self.end is None or instant < self.end)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Weekly openings (none at all means always open) and blocked dates."""

    openings: tuple[Opening, ...] = ()
    blocked: tuple[Dates, ...] = ()
    free: Window | None = None
    """Open once, whatever the hours and the blocked dates say."""
    away: Away | None = None
    _week: "Week | None" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_week", _week(self.openings))

    def open_throughout(self, window: Window, zone: ZoneInfo) -> bool:
        """Whether every instant of the window lies within the weekly hours."""
        week = self._week
        if week is None:
            return True
        return all(
            _covered(week, stretch)
            for part in self._by_the_week(window)
            for stretch in _stretches(part, zone)
        )

    def blocks(self, window: Window, zone: ZoneInfo) -> bool:
        """Whether any instant of the window falls on a blocked date."""
        if not self.blocked:
            return False
        return any(
            dates.touches(stretch.first, stretch.last)
            for part in self._by_the_week(window)
            for stretch in _stretches(part, zone)
            for dates in self.blocked
        )

    def interrupts(self, window: Window) -> bool:
        """Whether the lister is away at any instant of the window."""
        return self.away is not None and self.away.touches(window)

    def open_at(self, instant: datetime, zone: ZoneInfo) -> bool:
        moment = Window.lasting(instant, timedelta(microseconds=1))
        return (
            self.open_throughout(moment, zone)
            and not self.blocks(moment, zone)
            and not self.interrupts(moment)
        )

    def without(self, dates: Dates) -> "Schedule":
        """The same schedule with these dates blocked too; spans that meet become one."""
        first, last, apart = dates.first, dates.last, []
        for span in self.blocked:
            if span.touches(first - _DAY, last + _DAY):
                first, last = min(first, span.first), max(last, span.last)
            else:
                apart.append(span)
        return replace(self, blocked=tuple(sorted([*apart, Dates(first, last)])))

    def with_again(self, dates: Dates) -> "Schedule":
        """The same schedule with these dates given back, also out of the midst of a span."""
        left = (part for span in self.blocked for part in span.minus(dates))
        return replace(self, blocked=tuple(left))

    def _by_the_week(self, window: Window) -> list[Window]:
        """What of a window the hours and blocked dates decide about."""
        free = self.free
        if free is None or not free.overlaps(window):
            return [window]
        parts = ((window.start, free.start), (free.end, window.end))
        return [Window(start, end) for start, end in parts if start < end]


class _Stretch(NamedTuple):
    """A part of a window on the calendar and the clock of a wall."""

    first: date
    last: date
    opens: timedelta
    """Counted from Monday's midnight, as ``closes`` is."""
    closes: timedelta


@lru_cache(maxsize=1024)
def _stretches(window: Window, zone: ZoneInfo) -> tuple[_Stretch, ...]:
    """Remembered, because a search asks the same of every space nearby."""
    return tuple(
        _Stretch(
            start.date(),
            (end - timedelta(microseconds=1)).date(),
            opens := (start - _A_MONDAY) % _WEEK,
            opens + (end - start),
        )
        for start, end in wall_spans(window, zone)
    )


def wall_spans(window: Window, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """The window as naive wall-clock spans, cut wherever the zone's offset changes."""
    start = window.start
    while start < window.end:
        local = start.astimezone(zone)
        end = _offset_ends(start, window.end, local.utcoffset(), zone)
        wall = local.replace(tzinfo=None)
        yield wall, wall + (end - start)
        start = end


def _offset_ends(
    start: datetime, limit: datetime, offset: timedelta | None, zone: ZoneInfo
) -> datetime:
    """When the offset at ``start`` stops to hold, to the second; at most ``limit``."""
    low = start
    # No zone has ever changed its offset twice within twelve hours and back.
    while low < limit:
        high = min(low + timedelta(hours=12), limit)
        if high.astimezone(zone).utcoffset() != offset:
            break
        low = high
    else:
        return limit
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def _covered(week: Week, stretch: _Stretch) -> bool:
    at = bisect_right(week, stretch.opens, key=itemgetter(0)) - 1
    return at >= 0 and stretch.closes <= week[at][1]


@lru_cache(maxsize=4096)
def _week(openings: tuple[Opening, ...]) -> Week | None:
    """The openings of three weeks around this one, merged; None if together they never close.

    None at all means the same. Counted from Monday's midnight.
    """
    if not openings:
        return None
    spans = sorted(
        (minutes + o.opens, minutes + o.closes)
        for o in openings
        for minutes in range(o.weekday * DAY - WEEK, 2 * WEEK, WEEK)
    )
    merged: list[tuple[int, int]] = []
    for opens, closes in spans:
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], closes))
        else:
            merged.append((opens, closes))
    if any(closes - opens >= WEEK for opens, closes in merged):
        return None
    return [(timedelta(minutes=opens), timedelta(minutes=closes)) for opens, closes in merged]


ALWAYS = Schedule()


def local_window(start: datetime, end: datetime, zone: ZoneInfo) -> Window:
    """A window from naive wall times in a zone.

    Raises Invalid("time", ...) for a wall time that the zone skips ("does not exist"), one that it
    has twice ("happens twice"), and for an end that is not after the start.
    """
    instants = [local_instant(wall, zone) for wall in (start, end)]
    if instants[0] >= instants[1]:
        raise Invalid("time", "ends before it starts")
    return Window(*instants)


def local_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a naive wall time. Raises Invalid as ``local_window`` does."""
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    if first.astimezone(zone).replace(tzinfo=None) != wall:
        raise Invalid("time", "does not exist", f"{wall:%H:%M}")
    raise Invalid("time", "happens twice", f"{wall:%H:%M}")
