from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from market.domain.errors import Invalid
from market.domain.schedule import (
    Away,
    Dates,
    Opening,
    Schedule,
    local_instant,
    local_window,
    wall_spans,
)
from market.domain.window import Window
from tests.examples import at
from tests.strategies import ZONES, schedules, windows

MINUTE = timedelta(minutes=1)
INSTANT = timedelta(microseconds=1)
BERLIN = ZoneInfo("Europe/Berlin")

CHANGES = {
    "Europe/Berlin": [datetime(2030, 3, 31, 1, tzinfo=UTC), datetime(2030, 10, 27, 1, tzinfo=UTC)],
    "America/New_York": [
        datetime(2030, 3, 10, 7, tzinfo=UTC),
        datetime(2030, 11, 3, 6, tzinfo=UTC),
    ],
    "Australia/Lord_Howe": [
        datetime(2030, 4, 6, 15, tzinfo=UTC),
        datetime(2030, 10, 5, 15, 30, tzinfo=UTC),
    ],
    "Asia/Kathmandu": [datetime(1985, 12, 31, 18, 30, tzinfo=UTC)],
    "Pacific/Apia": [
        datetime(2011, 12, 30, 10, tzinfo=UTC),
        datetime(2019, 4, 6, 14, tzinfo=UTC),
        datetime(2019, 9, 28, 14, tzinfo=UTC),
    ],
}
"""When each zone's clocks jump; Apia's first is the Friday that never was."""


def hours(opens: float, closes: float, *weekdays: int) -> tuple[Opening, ...]:
    """The same hours on some weekdays, or on all if none is named."""
    days = weekdays or range(7)
    return tuple(Opening(day, int(opens * 60), int(closes * 60)) for day in days)


def in_berlin(start: str, end: str) -> Window:
    return Window(*(datetime.fromisoformat(t).replace(tzinfo=BERLIN) for t in (start, end)))


def test_the_changes_of_the_clocks_are_where_these_tests_think() -> None:
    for zone, changes in CHANGES.items():
        for change in changes:
            before, after = (
                moment.astimezone(ZoneInfo(zone)).utcoffset()
                for moment in (change - INSTANT, change)
            )
            assert before != after, (zone, change)


# The wall clock, minute by minute.


def stands_open(schedule: Schedule, wall: datetime) -> bool:
    """Whether the hours of this weekday, or those that began yesterday, include this minute."""
    minute = wall.hour * 60 + wall.minute
    yesterday = (wall.weekday() - 1) % 7
    return not schedule.openings or any(
        (o.weekday == wall.weekday() and o.opens <= minute < o.closes)
        or (o.weekday == yesterday and o.opens <= minute + 24 * 60 < o.closes)
        for o in schedule.openings
    )


def stands_blocked(schedule: Schedule, wall: datetime) -> bool:
    return any(dates.first <= wall.date() <= dates.last for dates in schedule.blocked)


def minutes_of(window: Window, zone: ZoneInfo) -> list[datetime]:
    count = window.length // MINUTE
    return [(window.start + minute * MINUTE).astimezone(zone) for minute in range(count)]


@st.composite
def usual_schedules(draw: st.DrawFn) -> Schedule:
    """The same hours on most days, as listers have them: long enough to hold whole stays."""
    opens = draw(st.integers(0, 23 * 60 + 59))
    closes = opens + draw(st.integers(20 * 60, 24 * 60) | st.integers(1, 24 * 60))
    days = draw(st.sets(st.integers(0, 6), min_size=4))
    return Schedule(tuple(Opening(day, opens, closes) for day in sorted(days)))


@st.composite
def stays(draw: st.DrawFn) -> tuple[ZoneInfo, Window, Schedule]:
    """Whole minutes around a change of the clock, and a schedule that has to do with them."""
    zone = draw(st.sampled_from(ZONES))
    start = draw(st.sampled_from(CHANGES[zone])) + draw(st.integers(-40 * 60, 6 * 60)) * MINUTE
    length = draw(st.integers(1, 6 * 60) | st.integers(1, 60 * 60)) * MINUTE
    schedule = draw(usual_schedules() | schedules)
    near = start.astimezone(ZoneInfo(zone)).date()
    first = near + timedelta(days=draw(st.integers(-2, 3)))
    blocked = (Dates(first, first + timedelta(days=draw(st.integers(0, 1)))),)
    blocked = draw(st.sampled_from([(), blocked]))
    window = Window.lasting(start, length)
    free = draw(st.none() | around(start).map(lambda from_: Window.lasting(from_, length)))
    away = draw(st.none() | st.builds(Away, around(start), st.none()))
    return ZoneInfo(zone), window, Schedule(schedule.openings, blocked, free, away)


def around(instant: datetime) -> st.SearchStrategy[datetime]:
    """Whole minutes away from it, up to a day."""
    return st.integers(-24 * 60, 24 * 60).map(lambda count: instant + count * MINUTE)


@given(stays())
@settings(deadline=None, max_examples=300)
def test_a_stay_is_open_if_the_wall_clock_says_so_at_every_minute(stay) -> None:
    zone, window, schedule = stay
    free = schedule.free
    walls = [wall for wall in minutes_of(window, zone) if free is None or not free.holds(wall)]

    assert schedule.open_throughout(window, zone) == all(stands_open(schedule, w) for w in walls)
    assert schedule.blocks(window, zone) == any(stands_blocked(schedule, w) for w in walls)
    away = schedule.away
    assert schedule.interrupts(window) == (away is not None and away.start < window.end)


@given(stays())
@settings(deadline=None)
def test_an_instant_is_open_if_the_wall_clock_says_so(stay) -> None:
    zone, window, schedule = stay
    wall = window.start.astimezone(zone)
    is_open = stands_open(schedule, wall) and not stands_blocked(schedule, wall)
    if schedule.free is not None and schedule.free.holds(window.start):
        is_open = True
    if schedule.away is not None and schedule.away.holds(window.start):
        is_open = False
    assert schedule.open_at(window.start, zone) == is_open
    assert schedule.open_at(window.start + MINUTE - INSTANT, zone) == is_open


@given(windows, st.sampled_from(ZONES))
@settings(deadline=None)
def test_the_spans_on_the_wall_add_up_to_the_window(window: Window, name: str) -> None:
    zone = ZoneInfo(name)
    spans = list(wall_spans(window, zone))
    assert sum((end - start for start, end in spans), timedelta()) == window.length
    assert spans[0][0] == window.start.astimezone(zone).replace(tzinfo=None)
    assert all(ended != begins for (_, ended), (begins, _) in pairwise(spans))


@pytest.mark.parametrize(
    ("change", "name"), [(change, name) for name in CHANGES for change in CHANGES[name]]
)
@pytest.mark.parametrize("before", [INSTANT, timedelta(milliseconds=300), timedelta(days=3)])
@pytest.mark.parametrize("after", [INSTANT, timedelta(milliseconds=700), timedelta(days=3)])
def test_a_window_is_cut_exactly_where_the_clock_jumps(change, name, before, after) -> None:
    first, second = wall_spans(Window(change - before, change + after), ZoneInfo(name))
    assert first[1] - first[0] == before
    assert second[1] - second[0] == after


NINE_TO_FIVE = hours(9, 17)
WEEKEND_NIGHTS = hours(22, 30, 4, 5)
ODD_DAYS_ROUND = hours(0, 24, 0, 2, 4, 6)


@pytest.mark.parametrize(
    ("openings", "start", "end", "is_open"),
    [
        ((), "2030-06-03 00:00", "2031-06-03 00:00", True),
        (NINE_TO_FIVE, "2030-06-03 09:00", "2030-06-03 17:00", True),
        (NINE_TO_FIVE, "2030-06-03 08:59", "2030-06-03 17:00", False),
        (NINE_TO_FIVE, "2030-06-03 09:00", "2030-06-03 17:01", False),
        (NINE_TO_FIVE, "2030-06-03 09:00:00.000001", "2030-06-03 17:00", True),
        (NINE_TO_FIVE, "2030-06-03 09:00:20.1", "2030-06-03 17:00:00", True),
        (NINE_TO_FIVE, "2030-06-03 09:00", "2030-06-03 17:00:00.000001", False),
        (NINE_TO_FIVE, "2030-06-03 10:00", "2030-06-04 10:00", False),
        (WEEKEND_NIGHTS, "2030-06-07 23:00", "2030-06-08 06:00", True),
        (WEEKEND_NIGHTS, "2030-06-08 00:00", "2030-06-08 05:00", True),
        (WEEKEND_NIGHTS, "2030-06-08 05:00", "2030-06-08 07:00", False),
        (WEEKEND_NIGHTS, "2030-06-09 01:00", "2030-06-09 02:00", True),
        (WEEKEND_NIGHTS, "2030-06-10 01:00", "2030-06-10 02:00", False),
        (hours(22, 30, 6), "2030-06-09 23:00", "2030-06-10 06:00", True),
        (hours(22, 30, 6), "2030-06-10 00:00", "2030-06-10 05:00", True),
        (hours(0, 24), "2030-06-03 00:00", "2030-07-03 00:00", True),
        (hours(22, 46), "2030-06-03 00:00", "2030-07-03 00:00", True),
        (ODD_DAYS_ROUND, "2030-06-09 00:00", "2030-06-11 00:00", True),
        (ODD_DAYS_ROUND, "2030-06-09 00:00", "2030-06-11 00:01", False),
        (ODD_DAYS_ROUND, "2030-06-03 00:00", "2030-06-10 12:00", False),
        (hours(8, 12) + hours(12, 18), "2030-06-03 11:00", "2030-06-03 13:00", True),
        (hours(8, 12) + hours(13, 18), "2030-06-03 11:00", "2030-06-03 14:00", False),
        (hours(1, 2) + hours(3, 4), "2030-03-31 01:00", "2030-03-31 04:00", True),
        (hours(1, 2) + hours(3, 4), "2030-03-30 01:00", "2030-03-30 04:00", False),
        (hours(2, 3), "2030-03-31 00:00", "2030-03-31 05:00", False),
        (hours(1, 3), "2030-10-27 01:00", "2030-10-27 03:00", True),
    ],
    ids=[
        "no hours named: always",
        "to the minute",
        "a minute early",
        "a minute late",
        "an instant later",
        "seconds that no fraction writes exactly",
        "an instant late",
        "through the closed night",
        "overnight",
        "the night that began yesterday",
        "past the night's end",
        "Saturday's night on Sunday",
        "no Sunday night",
        "over the end of the week",
        "after the end of the week",
        "a whole month round the clock",
        "a whole month of long overlapping nights",
        "Sunday into Monday, both round the clock",
        "and a minute of Tuesday",
        "more than a week",
        "two hours that meet",
        "two hours with a gap",
        "the gap that the clock skips does not occur",
        "on any other day it does",
        "hours that the clock skips are never open",
        "an hour that the clock repeats is open twice",
    ],
)
def test_when_a_space_is_open(openings, start, end, is_open) -> None:
    assert Schedule(openings).open_throughout(in_berlin(start, end), BERLIN) is is_open


JUNE_FIFTH = Schedule(blocked=(Dates(date(2030, 6, 5), date(2030, 6, 5)),))


@pytest.mark.parametrize(
    ("start", "end", "blocked"),
    [
        ("2030-06-04 12:00", "2030-06-05 00:00", False),
        ("2030-06-04 12:00", "2030-06-05 00:00:00.000001", True),
        ("2030-06-05 23:59", "2030-06-06 08:00", True),
        ("2030-06-06 00:00", "2030-06-06 08:00", False),
        ("2030-06-01 00:00", "2030-06-30 00:00", True),
    ],
    ids=["until midnight", "an instant longer", "its last minute", "from midnight", "around it"],
)
def test_blocked_dates_last_from_midnight_to_midnight(start, end, blocked) -> None:
    assert JUNE_FIFTH.blocks(in_berlin(start, end), BERLIN) is blocked


def test_a_date_that_never_was_blocks_nobody() -> None:
    apia = ZoneInfo("Pacific/Apia")
    never = Schedule(blocked=(Dates(date(2011, 12, 30), date(2011, 12, 30)),))
    stay = local_window(datetime(2011, 12, 29, 12), datetime(2011, 12, 31, 12), apia)  # noqa: DTZ001
    assert stay.length == timedelta(hours=24)
    assert not never.blocks(stay, apia)


def test_blocking_dates_twice_blocks_them_once_and_they_can_be_given_back() -> None:
    august = Dates(date(2030, 8, 1), date(2030, 8, 31))
    twice = JUNE_FIFTH.without(august).without(august)
    assert twice.blocked == (*JUNE_FIFTH.blocked, august)
    assert twice.with_again(august) == JUNE_FIFTH


def dates(first: int, last: int) -> Dates:
    return Dates(date(2030, 8, first), date(2030, 8, last))


@pytest.mark.parametrize(
    ("blocked", "more", "together"),
    [
        ([dates(1, 3)], dates(4, 5), [dates(1, 5)]),
        ([dates(4, 5)], dates(1, 3), [dates(1, 5)]),
        ([dates(1, 9)], dates(4, 5), [dates(1, 9)]),
        ([dates(1, 2), dates(5, 6)], dates(3, 4), [dates(1, 6)]),
        ([dates(1, 2)], dates(4, 5), [dates(1, 2), dates(4, 5)]),
    ],
    ids=["right after", "right before", "within", "between two", "a day apart"],
)
def test_blocked_dates_that_meet_become_one_span(blocked, more, together) -> None:
    assert Schedule(blocked=tuple(blocked)).without(more).blocked == tuple(together)


@pytest.mark.parametrize(
    ("back", "left"),
    [
        (dates(1, 9), []),
        (dates(1, 3), [dates(4, 9)]),
        (dates(8, 20), [dates(1, 7)]),
        (dates(4, 5), [dates(1, 3), dates(6, 9)]),
        (dates(20, 21), [dates(1, 9)]),
    ],
    ids=["all", "the beginning", "the end", "the midst", "something else"],
)
def test_dates_are_given_back_out_of_a_span(back, left) -> None:
    assert Schedule(blocked=(dates(1, 9),)).with_again(back).blocked == tuple(left)


@pytest.mark.parametrize(("end", "held"), [(None, True), (at(3), True), (at(1), False)])
def test_being_away_ends_when_it_says(end, held) -> None:
    assert Away(at(0), end).holds(at(2)) is held
    assert Away(at(0), end).touches(Window(at(2), at(5))) is held
    assert not Away(at(0), end).holds(at(-1))
    assert not Away(at(0), end).touches(Window(at(-2), at(0)))


@pytest.mark.parametrize(
    ("weekday", "opens", "closes"),
    [
        (7, 0, 60),
        (-1, 0, 60),
        (0, -1, 60),
        (0, 1440, 1500),
        (0, 60, 60),
        (0, 60, 30),
        (0, 60, 60 + 1441),
    ],
    ids=[
        "no such day",
        "no such day either",
        "before midnight",
        "after midnight",
        "empty",
        "backwards",
        "over a day",
    ],
)
def test_hours_that_cannot_be_are_refused(weekday, opens, closes) -> None:
    with pytest.raises(Invalid) as refusal:
        Opening(weekday, opens, closes)
    assert refusal.value.field == "schedule"


@pytest.mark.parametrize(("opens", "closes"), [(0, 1), (0, 1440), (1439, 2879)])
def test_hours_up_to_a_day_are_taken(opens, closes) -> None:
    assert Opening(6, opens, closes).closes == closes


def test_blocked_dates_come_in_order() -> None:
    with pytest.raises(Invalid) as refusal:
        Dates(date(2030, 6, 5), date(2030, 6, 4))
    assert refusal.value.field == "dates"


# Wall times that people name.


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("zone", "named", "reason"),
    [
        ("Europe/Berlin", "2030-03-31 02:00", "does not exist"),
        ("Europe/Berlin", "2030-03-31 02:59", "does not exist"),
        ("Europe/Berlin", "2030-10-27 02:00", "happens twice"),
        ("Europe/Berlin", "2030-10-27 02:59", "happens twice"),
        ("America/New_York", "2030-03-10 02:30", "does not exist"),
        ("America/New_York", "2030-11-03 01:30", "happens twice"),
        ("Australia/Lord_Howe", "2030-10-06 02:15", "does not exist"),
        ("Australia/Lord_Howe", "2030-04-07 01:45", "happens twice"),
        ("Asia/Kathmandu", "1986-01-01 00:10", "does not exist"),
        ("Pacific/Apia", "2011-12-30 00:00", "does not exist"),
        ("Pacific/Apia", "2011-12-30 12:00", "does not exist"),
        ("Pacific/Apia", "2011-12-30 23:59", "does not exist"),
    ],
)
def test_wall_times_that_are_skipped_or_repeated_are_refused(zone, named, reason) -> None:
    with pytest.raises(Invalid) as refusal:
        local_instant(wall(named), ZoneInfo(zone))
    assert refusal.value == Invalid("time", reason, named[-5:])

    around = wall(named) - timedelta(days=2), wall(named) + timedelta(days=2)
    for start, end in ((wall(named), around[1]), (around[0], wall(named))):
        with pytest.raises(Invalid):
            local_window(start, end, ZoneInfo(zone))


def instants_of(wall: datetime, zone: ZoneInfo) -> list[datetime]:
    """Every instant at which clocks there show this time: no offset is beyond a day."""
    around = wall.replace(tzinfo=UTC)
    offsets = {
        (around + timedelta(hours=hour)).astimezone(zone).utcoffset() for hour in range(-36, 37)
    }
    found = (around - (offset or timedelta()) for offset in offsets)
    return sorted(i for i in found if i.astimezone(zone).replace(tzinfo=None) == wall)


@st.composite
def named_times(draw: st.DrawFn) -> tuple[ZoneInfo, datetime]:
    name = draw(st.sampled_from(ZONES))
    change = draw(st.sampled_from(CHANGES[name])).astimezone(ZoneInfo(name)).replace(tzinfo=None)
    return ZoneInfo(name), change + draw(st.integers(-30 * 60, 30 * 60)) * MINUTE


@given(named_times())
@settings(deadline=None, max_examples=300)
def test_a_wall_time_is_taken_exactly_if_it_happens_once(named) -> None:
    zone, time = named
    instants = instants_of(time, zone)
    if len(instants) == 1:
        assert local_instant(time, zone) == instants[0]
    else:
        with pytest.raises(Invalid) as refusal:
            local_instant(time, zone)
        assert refusal.value.reason == ("happens twice" if instants else "does not exist")


def test_a_window_from_wall_times_lasts_real_hours() -> None:
    night = local_window(wall("2030-03-30 22:00"), wall("2030-03-31 06:00"), BERLIN)
    assert night.length == timedelta(hours=7)


@pytest.mark.parametrize(
    "end", ["2030-06-03 09:00", "2030-06-03 08:00"], ids=["empty", "backwards"]
)
def test_a_window_from_wall_times_ends_after_it_starts(end) -> None:
    with pytest.raises(Invalid) as refusal:
        local_window(wall("2030-06-03 09:00"), wall(end), BERLIN)
    assert refusal.value == Invalid("time", "ends before it starts")
