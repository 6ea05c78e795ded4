from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from market.domain.nearest import REACH, nearest_window
from market.domain.schedule import Away, Dates, Opening, Schedule
from market.domain.space import Approval, Rules, SpaceState, obstacle
from market.domain.window import Window, rounded_up
from tests.examples import NOON, a_space, at, window
from tests.strategies import ZONES, schedules

HOUR = timedelta(hours=1)
AFTERNOONS = Schedule(tuple(Opening(day, 16 * 60, 20 * 60) for day in range(7)))
"""14:00 to 18:00 in UTC."""


@pytest.mark.parametrize(
    ("space", "taken", "found"),
    [
        (a_space(), [], window(1, 3)),
        (a_space(), [window(0, 2)], window(2, 4)),
        (a_space(), [window(2, 5)], window(0, 2)),
        (a_space(rules=Rules(buffer=HOUR)), [window(2, 5)], window(5, 7)),
        (a_space(rules=Rules(min_stay=4 * HOUR)), [], window(1, 5)),
        (a_space(rules=Rules(max_stay=HOUR)), [], window(1, 2)),
        (a_space(rules=Rules(notice=6 * HOUR)), [], window(6, 8)),
        (a_space(approval=Approval.REQUEST), [], window(2, 4)),
        (a_space(schedule=AFTERNOONS), [], window(2, 4)),
        (a_space(schedule=Schedule(away=Away(NOON, at(6)))), [], window(6, 8)),
        (
            a_space(schedule=Schedule(blocked=(Dates(NOON.date(), NOON.date()),))),
            [],
            window(10, 12),
        ),
        (a_space(schedule=Schedule(away=Away(NOON))), [], None),
        (a_space(rules=Rules(horizon=timedelta(minutes=30))), [], window(0.5, 2.5)),
        (a_space(), [Window(at(0), at(0) + 2 * REACH)], None),
        (a_space(state=SpaceState.PAUSED), [], None),
    ],
    ids=[
        *("as asked", "after a booking", "before a booking", "the buffer fits"),
        *("longer", "shorter", "with notice", "as a request", "when it opens"),
        *("when the lister is back", "after a blocked day", "away for good"),
        *("as far ahead as allowed", "full", "paused"),
    ],
)
def test_the_nearest_window(space, taken, found) -> None:
    assert nearest_window(space, window(1, 3), taken, NOON) == found


QUARTER = timedelta(minutes=15)
quarters = st.integers(0, 4 * 24 * 4).map(lambda count: NOON + count * QUARTER)
spans = st.builds(
    lambda start, count: Window.lasting(start, count * QUARTER), quarters, st.integers(1, 40)
)


@settings(deadline=None, max_examples=60)
@given(
    st.builds(
        a_space,
        zone=st.sampled_from(ZONES),
        schedule=schedules,
        rules=st.builds(
            Rules,
            min_stay=st.integers(1, 8).map(QUARTER.__mul__),
            max_stay=st.integers(8, 400).map(QUARTER.__mul__),
            notice=st.integers(0, 40).map(QUARTER.__mul__),
            buffer=st.integers(0, 8).map(QUARTER.__mul__),
        ),
        approval=st.sampled_from(Approval),
    ),
    spans,
    st.lists(spans, max_size=4),
)
def test_nothing_nearer_would_do(space, wanted, taken) -> None:
    found = nearest_window(space, wanted, taken, NOON)
    if found is not None:
        assert fits(space, found, taken)
    length = found.length if found else clamped(space, wanted.length)
    away = abs(found.start - wanted.start) if found else REACH
    steps = int(away / QUARTER)
    for step in range(-steps, steps + 1):
        start = wanted.start + step * QUARTER
        if abs(start - wanted.start) < away and start >= rounded_up(NOON):
            assert not fits(space, Window.lasting(start, length), taken)


def clamped(space, length: timedelta) -> timedelta:
    return max(space.rules.min_stay, min(length, space.rules.max_stay))


def fits(space, stay: Window, taken: list[Window]) -> bool:
    blocked = Window(stay.start, stay.end + space.rules.buffer)
    return obstacle(space, stay, NOON) is None and not any(map(blocked.overlaps, taken))
