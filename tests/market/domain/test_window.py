from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from market.domain.window import Window, rounded_up
from tests.examples import NOON, at, window
from tests.strategies import instants, lengths, windows

NAIVE = NOON.replace(tzinfo=None)


@given(windows, windows)
def test_overlap_works_both_ways(a: Window, b: Window) -> None:
    assert a.overlaps(b) == b.overlaps(a)


@given(windows)
def test_every_window_overlaps_itself(a: Window) -> None:
    assert a.overlaps(a)


@given(windows, lengths)
def test_back_to_back_windows_do_not_overlap(a: Window, length: timedelta) -> None:
    assert not a.overlaps(Window.lasting(a.end, length))
    assert not a.overlaps(Window(a.start - length, a.start))


@given(windows, windows)
def test_windows_overlap_exactly_when_some_instant_lies_in_both(a: Window, b: Window) -> None:
    # If any instant lies in both, the later of the two starts does.
    later = max(a.start, b.start)
    assert a.overlaps(b) == (a.holds(later) and b.holds(later))


@given(windows, windows, windows)
def test_what_overlaps_a_part_overlaps_the_whole(part: Window, other: Window, more: Window) -> None:
    whole = Window(min(part.start, more.start), max(part.end, more.end))
    assume(part.overlaps(other))
    assert whole.overlaps(other)


@given(windows)
def test_a_window_holds_its_start_and_not_its_end(a: Window) -> None:
    assert a.holds(a.start)
    assert a.holds(a.end - a.end.resolution)
    assert not a.holds(a.end)
    assert not a.holds(a.start - a.start.resolution)


@given(instants, lengths)
def test_a_window_lasts_as_long_as_was_asked(start: datetime, length: timedelta) -> None:
    assert Window.lasting(start, length).length == length


def test_a_window_lasts_real_hours_when_the_clock_changes() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    night = Window.lasting(datetime(2030, 3, 31, 0, 0, tzinfo=berlin), timedelta(hours=6))
    assert night.end.astimezone(berlin).hour == 7


@pytest.mark.parametrize(
    ("start", "end"),
    [(NAIVE, at(1)), (NOON, NAIVE + timedelta(hours=1)), (NAIVE, NAIVE + timedelta(hours=1))],
    ids=["no zone at the start", "no zone at the end", "no zone at all"],
)
def test_a_window_needs_zones(start, end) -> None:
    with pytest.raises(ValueError, match="zones"):
        Window(start, end)


def test_a_window_of_some_length_needs_a_zone_too() -> None:
    with pytest.raises(ValueError, match="zones"):
        Window.lasting(NAIVE, timedelta(hours=1))


@pytest.mark.parametrize("end", [NOON, at(-1)], ids=["empty", "backwards"])
def test_a_window_ends_after_it_starts(end) -> None:
    with pytest.raises(ValueError, match="end after"):
        Window(NOON, end)


def test_a_window_is_in_utc_whatever_it_was_made_from() -> None:
    made = Window(NOON.astimezone(ZoneInfo("Asia/Kathmandu")), at(1))
    assert made == window(0, 1)
    assert made.start.tzinfo is UTC
    assert made.end.tzinfo is UTC


@pytest.mark.parametrize(
    ("minute", "second", "rounded"),
    [(0, 0, 0), (0, 1, 15), (7, 0, 15), (14, 59, 15), (15, 0, 15), (45, 1, 60)],
)
def test_a_start_is_rounded_up_to_the_quarter(minute, second, rounded) -> None:
    instant = NOON + timedelta(minutes=minute, seconds=second)
    assert rounded_up(instant) == NOON + timedelta(minutes=rounded)


@given(instants, st.integers(1, 120).map(lambda minutes: timedelta(minutes=minutes)))
def test_rounding_up_adds_less_than_a_step_and_is_done_once(instant, step) -> None:
    rounded = rounded_up(instant, step)
    assert timedelta() <= rounded - instant < step
    assert rounded_up(rounded, step) == rounded
