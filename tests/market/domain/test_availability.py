from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from market.domain.availability import free_windows
from market.domain.schedule import ALWAYS, DAY, Away, Dates, Opening, Schedule
from market.domain.window import Window
from tests.examples import at, window

UTC_ZONE = ZoneInfo("UTC")
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]
QUARTER = timedelta(minutes=15)


def test_a_space_that_is_always_open_is_free_but_for_its_bookings() -> None:
    taken = [window(1, 2), window(2, 3)]

    assert free_windows(ALWAYS, UTC_ZONE, taken, window(0, 5)) == [window(0, 1), window(3, 5)]


def test_a_booking_may_reach_beyond_what_is_asked_for() -> None:
    assert free_windows(ALWAYS, UTC_ZONE, [window(-9, 99)], window(0, 5)) == []


def test_hours_and_blocked_dates_close_it() -> None:
    mornings = Schedule(
        tuple(Opening(day, 8 * 60, 12 * 60) for day in range(7)),
        (Dates(date(2030, 6, 4), date(2030, 6, 4)), Dates(date(2031, 1, 1), date(9999, 12, 31))),
    )

    assert free_windows(mornings, UTC_ZONE, [], window(-24, 48)) == [
        window(-4, 0),
        window(44, 48),
    ]


def test_hours_that_meet_are_one_free_window() -> None:
    lunch = Schedule((Opening(0, 11 * 60, 12 * 60), Opening(0, 12 * 60, 13 * 60)))

    assert free_windows(lunch, UTC_ZONE, [], window(-9, 9)) == [window(-1, 1)]


def test_what_was_said_on_the_spur_of_the_moment_counts() -> None:
    free, away = window(1, 2), Away(at(4))
    closed = Schedule((Opening(6, 0, 60),), free=free)

    assert free_windows(closed, UTC_ZONE, [], window(0, 5)) == [free]
    assert free_windows(Schedule(away=away), UTC_ZONE, [], window(0, 9)) == [window(0, 4)]
    back = Away(at(4), at(6))
    assert free_windows(Schedule(away=back), UTC_ZONE, [], window(0, 9)) == [
        window(0, 4),
        window(6, 9),
    ]


openings = st.builds(
    lambda day, opens, length: Opening(day, opens * 30, opens * 30 + length * 30),
    st.integers(0, 6),
    st.integers(0, DAY // 30 - 1),
    st.integers(1, DAY // 30),
)
starts = st.integers(-2_000, 4_000).map(at)
spans = st.builds(Window.lasting, starts, st.timedeltas(QUARTER, timedelta(days=3)))


@given(st.sampled_from(ZONES), st.lists(openings, max_size=4), st.lists(spans, max_size=3), spans)
def test_an_instant_is_free_if_it_is_open_and_nobody_has_it(zone, hours, taken, within) -> None:
    schedule, place = Schedule(tuple(hours)), ZoneInfo(zone)

    free = free_windows(schedule, place, taken, within)

    for number in range(int(within.length / QUARTER)):
        instant = within.start + number * QUARTER
        is_free = schedule.open_at(instant, place) and not any(it.holds(instant) for it in taken)
        assert any(it.holds(instant) for it in free) is is_free
    assert all(one.end < two.start for one, two in pairwise(free))
