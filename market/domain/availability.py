"""When a space is free: what its schedule opens and no booking takes."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from market.domain.schedule import Schedule, wall_spans
from market.domain.window import Window

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


def free_windows(
    schedule: Schedule, zone: ZoneInfo, taken: Iterable[Window], within: Window
) -> list[Window]:
    """The longest windows that are open and not taken, in order, cut to fit.

    Between two neighbouring edges nothing changes, so one instant speaks for all.
    """
    taken = list(taken)
    within_reach = (e for e in _edges(schedule, zone, taken, within) if within.holds(e))
    edges = sorted({within.start, *within_reach, within.end})
    free: list[Window] = []
    for start, end in pairwise(edges):
        if not schedule.open_at(start, zone) or any(other.holds(start) for other in taken):
            continue
        if free and free[-1].end == start:
            start = free.pop().start
        free.append(Window(start, end))
    return free


def _edges(
    schedule: Schedule, zone: ZoneInfo, taken: Iterable[Window], within: Window
) -> Iterator[datetime]:
    for window in taken:
        yield window.start
        yield window.end
    instant = within.start
    for begins, ends in wall_spans(within, zone):
        instant += ends - begins
        yield instant
    if schedule.free is not None:
        yield schedule.free.start
        yield schedule.free.end
    if schedule.away is not None:
        yield schedule.away.start
        yield schedule.away.end or within.end
    for wall in _walls(schedule, zone, within):
        # Whichever of the two a clock that is turned back means; an edge too many does no harm.
        yield from (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))


def _walls(schedule: Schedule, zone: ZoneInfo, within: Window) -> Iterator[datetime]:
    """The wall times at which the schedule may open or close."""
    first = within.start.astimezone(zone).date() - _DAY
    last = within.end.astimezone(zone).date() + _DAY
    day = first
    while day <= last:
        for opening in schedule.openings:
            if opening.weekday == day.weekday():
                yield _midnight(day) + opening.opens * _MINUTE
                yield _midnight(day) + opening.closes * _MINUTE
        day += _DAY
    for dates in schedule.blocked:
        if dates.touches(first, last):
            yield _midnight(dates.first)
            yield _midnight(min(dates.last, last) + _DAY)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
