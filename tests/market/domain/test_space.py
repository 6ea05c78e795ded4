from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest
from hypothesis import given

from market.domain.errors import (
    DatesBlocked,
    Invalid,
    OutsideHours,
    SpaceClosed,
    StayTooLong,
    StayTooShort,
    TooFarAhead,
    TooSoon,
)
from market.domain.place import Offset, Point, metres
from market.domain.schedule import Dates, Opening, Schedule
from market.domain.space import (
    REQUEST_LEAD,
    Approval,
    Limits,
    Rating,
    Rules,
    Space,
    SpaceState,
    checked_text,
    obstacle,
)
from market.domain.window import Window
from tests.examples import NOON, a_space, at, window
from tests.strategies import spaces

HOUR = timedelta(hours=1)
INSTANT = timedelta(microseconds=1)


def asking(**rules: timedelta) -> Space:
    return a_space(rules=Rules(**rules))


# The town's clocks are two hours ahead: noon in UTC is 14:00 on the wall.
AFTERNOONS = Schedule(tuple(Opening(day, 14 * 60, 18 * 60) for day in range(7)))
THAT_DAY = Schedule(blocked=(Dates(date(2030, 6, 3), date(2030, 6, 3)),))


@pytest.mark.parametrize(
    ("space", "stay"),
    [
        (a_space(), window(0, 2)),
        (a_space(), window(-0.25, 2)),
        (a_space(), window(0, 0.5)),
        (a_space(), window(0, 30 * 24)),
        (a_space(), window(90 * 24, 90 * 24 + 1)),
        (asking(notice=HOUR), window(1, 2)),
        (a_space(approval=Approval.REQUEST), window(2, 3)),
        (a_space(approval=Approval.FIRST_FIVE, approved=5), window(0, 1)),
        (a_space(schedule=AFTERNOONS), window(0, 4)),
        (a_space(schedule=THAT_DAY), window(10, 12)),
    ],
    ids=[
        "now",
        "begun a quarter of an hour ago",
        "the shortest stay",
        "the longest stay",
        "at the horizon",
        "with exactly the notice",
        "a request two hours ahead",
        "instant after five approvals",
        "within the hours",
        "from the midnight after a blocked date",
    ],
)
def test_a_stay_within_the_rules_meets_no_obstacle(space, stay) -> None:
    assert obstacle(space, stay, NOON) is None


@pytest.mark.parametrize(
    ("space", "stay", "refusal", "limit"),
    [
        (a_space(state=SpaceState.PAUSED), window(0, 2), SpaceClosed, None),
        (a_space(state=SpaceState.HIDDEN), window(0, 2), SpaceClosed, None),
        (a_space(state=SpaceState.DELETED), window(0, 2), SpaceClosed, None),
        (a_space(), Window(NOON, at(0.5) - INSTANT), StayTooShort, HOUR / 2),
        (a_space(), Window(NOON, at(720) + INSTANT), StayTooLong, 30 * 24 * HOUR),
        (a_space(), Window(at(2160) + INSTANT, at(2162)), TooFarAhead, 90 * 24 * HOUR),
        (asking(notice=HOUR), Window(at(1) - INSTANT, at(2)), TooSoon, HOUR),
        (asking(notice=HOUR), window(-0.1, 2), TooSoon, HOUR),
        (a_space(approval=Approval.REQUEST), window(1.99, 3), TooSoon, REQUEST_LEAD),
        (a_space(approval=Approval.FIRST_FIVE, approved=4), window(1, 3), TooSoon, REQUEST_LEAD),
        (a_space(schedule=AFTERNOONS), window(0, 4.25), OutsideHours, None),
        (a_space(schedule=THAT_DAY), window(9, 12), DatesBlocked, None),
    ],
    ids=[
        "paused",
        "hidden",
        "deleted",
        "an instant too short",
        "an instant too long",
        "an instant beyond the horizon",
        "an instant too soon",
        "a stay that has begun, where notice is asked",
        "a request in less than two hours",
        "the fifth of the first five",
        "past closing time",
        "on a blocked date",
    ],
)
def test_the_obstacle_names_the_rule(space, stay, refusal, limit) -> None:
    error = obstacle(space, stay, NOON)
    assert type(error) is refusal
    assert (error.space, error.window) == (space.id, stay)
    assert getattr(error, "limit", None) == limit


def test_a_request_keeps_to_a_longer_notice() -> None:
    slow = a_space(approval=Approval.REQUEST, rules=Rules(notice=5 * HOUR))
    assert obstacle(slow, window(5, 6), NOON) is None
    assert obstacle(slow, window(4, 6), NOON) == TooSoon(slow.id, window(4, 6), 5 * HOUR)


@pytest.mark.parametrize(
    ("approval", "approved", "by_request"),
    [
        (Approval.INSTANT, 0, False),
        (Approval.REQUEST, 99, True),
        (Approval.FIRST_FIVE, 4, True),
        (Approval.FIRST_FIVE, 5, False),
    ],
)
def test_who_is_asked_first(approval, approved, by_request) -> None:
    assert a_space(approval=approval, approved=approved).by_request is by_request


@given(spaces)
def test_the_public_point_hides_the_place_unless_the_lister_shows_it(space: Space) -> None:
    hidden = replace(space, shows_place=False)
    assert 29.8 <= metres(hidden.place, hidden.public_point) <= 80.2
    assert replace(space, shows_place=True).public_point == space.place


def test_the_offset_stays_when_the_place_moves() -> None:
    space = a_space(offset=Offset(bearing=90, metres=42))
    moved = replace(space, place=Point(52.5201, 13.4051))
    assert moved.offset == space.offset
    assert metres(moved.place, moved.public_point) == pytest.approx(42, abs=0.01)


@pytest.mark.parametrize("state", SpaceState)
def test_only_a_live_space_takes_bookings(state) -> None:
    assert a_space(state=state).open_for_booking is (state is SpaceState.LIVE)


def test_a_space_knows_its_zone() -> None:
    assert NOON.astimezone(a_space().zone_info).hour == 14
    assert NOON.tzinfo is UTC


@pytest.mark.parametrize(
    ("limits", "height", "length", "fits"),
    [
        (Limits(), 400, 900, True),
        (Limits(height=190), None, None, True),
        (Limits(height=190), 190, 900, True),
        (Limits(height=190), 191, None, False),
        (Limits(length=500), 190, 500, True),
        (Limits(length=500), None, 501, False),
        (Limits(190, 500), 180, 501, False),
    ],
    ids=["no limits", "unknown", "just fits", "too high", "just short", "too long", "one of two"],
)
def test_which_vehicle_fits(limits, height, length, fits) -> None:
    assert limits.fit(height, length) is fits


def test_a_rating_is_the_average_of_what_was_given() -> None:
    assert Rating().average is None
    assert Rating(total=9, count=2).average == 4.5


@pytest.mark.parametrize(
    ("field", "text", "kept"),
    [
        ("title", "abc", "abc"),
        ("title", "  Behind\n the   bakery ", "Behind the bakery"),
        ("title", "x" * 60, "x" * 60),
        ("title", "חניה 🚗 <b>", "חניה 🚗 <b>"),
        ("title", "\u202eabc", "\u202eabc"),
        ("description", " two\nlines ", "two\nlines"),
        ("description", "", ""),
        ("description", "x" * 600, "x" * 600),
        ("notes", "", ""),
        ("notes", "x" * 500, "x" * 500),
    ],
    ids=[
        "shortest title",
        "a title on one line",
        "longest title",
        "right to left, emoji, markup",
        "direction mark beside three letters",
        "a description in lines",
        "no description",
        "longest description",
        "no notes",
        "longest notes",
    ],
)
def test_texts_within_their_limits_are_taken(field, text, kept) -> None:
    assert checked_text(field, text) == kept


@pytest.mark.parametrize(
    ("field", "text", "reason", "limit"),
    [
        ("title", "ab", "too short", 3),
        ("title", "   ab   ", "too short", 3),
        ("title", "", "too short", 3),
        ("title", "\u200b\u202e\u2066\u2069", "too short", 3),
        ("title", "ab\u200f", "too short", 3),
        ("title", "x" * 61, "too long", 60),
        ("description", "x" * 601, "too long", 600),
        ("notes", "x" * 501, "too long", 500),
    ],
    ids=[
        "two letters",
        "two letters and spaces",
        "empty",
        "nothing to see",
        "two letters and a direction mark",
        "long title",
        "long description",
        "long notes",
    ],
)
def test_texts_beyond_their_limits_are_refused(field, text, reason, limit) -> None:
    with pytest.raises(Invalid) as refusal:
        checked_text(field, text)
    assert refusal.value == Invalid(field, reason, limit)
