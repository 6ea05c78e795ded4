"""The nearest window that would do, where the one that was asked for does not."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from market.domain.availability import free_windows
from market.domain.space import Space, lead_time
from market.domain.window import Window, rounded_up

REACH = timedelta(days=14)
"""How far from what was asked for it is looked."""


def nearest_window(
    space: Space, window: Window, taken: Iterable[Window], now: datetime
) -> Window | None:
    """The window at this space that starts nearest to the one wanted; of two, the later one.

    As long as the one wanted, or as near to that as the space allows. ``taken`` must list every
    live booking within ``REACH`` of the window, buffers included. None if there is none in reach.
    """
    if not space.open_for_booking:
        return None
    length = max(space.rules.min_stay, min(window.length, space.rules.max_stay))
    starts = [
        min(max(window.start, earliest), latest)
        for earliest, latest in _starts(space, window, length, taken, now)
    ]
    if not starts:
        return None
    start = min(starts, key=lambda it: (abs(it - window.start), window.start - it))
    return Window.lasting(start, length)


def _starts(
    space: Space, window: Window, length: timedelta, taken: Iterable[Window], now: datetime
) -> Iterable[tuple[datetime, datetime]]:
    """Earliest and latest start in each span that is free long enough and soon enough."""
    # A stay must leave its own buffer before the next one: so much more of each is taken.
    kept = [Window(other.start - space.rules.buffer, other.end) for other in taken]
    within = Window(window.start - REACH, window.start + length + REACH)
    soonest = rounded_up(now + lead_time(space.rules, by_request=space.by_request))
    for free in free_windows(space.schedule, space.zone_info, kept, within):
        earliest = max(free.start, soonest)
        latest = min(free.end - length, now + space.rules.horizon)
        if earliest <= latest:
            yield earliest, latest
