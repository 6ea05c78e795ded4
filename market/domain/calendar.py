"""A month of a space, day by day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from market.domain.booking import Booking
from market.domain.space import Space
from market.domain.window import Window

_DAY = timedelta(days=1)


class Mark(StrEnum):
    """What a lister wants to know of a day, the weightiest first."""

    BOOKED = "booked"
    BLOCKED = "blocked"
    CLOSED = "closed"
    """By the weekly hours."""
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    mark: Mark
    bookings: tuple[Booking, ...] = ()


def days(space: Space, dates: Sequence[date], bookings: Sequence[Booking]) -> Iterator[Day]:
    """Each date with its mark and the live bookings that touch it, soonest first."""
    for day in dates:
        window = whole_day(space, day)
        here = tuple(it for it in bookings if window is not None and it.window.overlaps(window))
        yield Day(day, _mark(space, day, window, here), here)


def whole_day(space: Space, day: date) -> Window | None:
    """From midnight to midnight by the space's clock; None for a date that never was."""
    start, end = (
        datetime.combine(it, time(), space.zone_info).astimezone(UTC) for it in (day, day + _DAY)
    )
    return Window(start, end) if start < end else None


def _mark(space: Space, day: date, window: Window | None, bookings: Sequence[Booking]) -> Mark:
    if bookings:
        return Mark.BOOKED
    if any(dates.touches(day, day) for dates in space.schedule.blocked):
        return Mark.BLOCKED
    if window is None or not _opens(space, day):
        return Mark.CLOSED
    return Mark.FREE


def _opens(space: Space, day: date) -> bool:
    """Whether the weekly hours open at all on that date, hours past midnight included."""
    openings = space.schedule.openings
    before = (day.weekday() - 1) % 7
    return not openings or any(
        it.weekday == day.weekday() or (it.weekday == before and it.closes > 24 * 60)
        for it in openings
    )
