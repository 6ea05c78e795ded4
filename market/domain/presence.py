"""Free or off at a word: what a lister says on the way out of the door, or back in."""

from dataclasses import replace
from datetime import datetime

from market.domain.schedule import Away, Schedule
from market.domain.space import Space, SpaceState
from market.domain.window import Window


def off(space: Space, now: datetime, until: datetime | None = None) -> Space:
    """Takes nothing new from now on: until an instant, or until told otherwise.

    What is hidden stays hidden.
    """
    if space.state not in (SpaceState.LIVE, SpaceState.PAUSED):
        return space
    if until is None:
        return replace(space, state=SpaceState.PAUSED, schedule=_plain(space.schedule))
    away = replace(_plain(space.schedule), away=Away(now, until))
    return replace(space, state=SpaceState.LIVE, schedule=away)


def free(space: Space, now: datetime, until: datetime | None = None) -> Space:
    """Can be booked from now on, by its hours; or until an instant, whatever its hours say.

    What was paused is off again after that. What is hidden stays hidden.
    """
    if space.state not in (SpaceState.LIVE, SpaceState.PAUSED):
        return space
    if until is None:
        return replace(space, state=SpaceState.LIVE, schedule=_plain(space.schedule))
    window = Window(now, until)
    schedule = replace(space.schedule, free=window, away=_away_after(space, window))
    return replace(space, state=SpaceState.LIVE, schedule=schedule)


def _away_after(space: Space, window: Window) -> Away | None:
    """What remains of a pause once the free hours are over."""
    if space.state is SpaceState.PAUSED:
        return Away(window.end)
    away = space.schedule.away
    if away is None or not away.touches(window):
        return away
    if away.end is None or away.end > window.end:
        return Away(window.end, away.end)
    return None


def _plain(schedule: Schedule) -> Schedule:
    return replace(schedule, free=None, away=None)
