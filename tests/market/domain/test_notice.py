from dataclasses import replace
from datetime import timedelta

import pytest

from market.domain.booking import Side, State
from market.domain.ids import BookingId, written
from market.domain.notice import (
    Kind,
    Notice,
    answer_notices,
    arrival_notice,
    cancellation_notice,
    change_notice,
    drop_ahead,
    end_notices,
    leaving_notice,
    notices_of,
    obstruction_notice,
    overstay_notice,
    release_notice,
)
from market.domain.refund import Policy
from market.domain.window import Window
from tests.examples import LISTER, NOON, RENTER, a_booking, at, euros, window

INSTANT = timedelta(microseconds=1)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BOOKING = a_booking(window(1, 3), id=BookingId(5))
REQUEST = replace(BOOKING, state=State.REQUESTED, expires_at=at(0.5))


def told(notices: tuple[Notice, ...]) -> list[tuple[Kind, int, float]]:
    """Kind, receiver and due time in hours after noon."""
    return [
        (notice.kind, notice.person, (notice.due_at - NOON) / timedelta(hours=1))
        for notice in notices
    ]


def test_a_booking_is_told_at_once_and_accompanied_to_its_end() -> None:
    notices = notices_of(BOOKING, NOON)
    assert told(notices) == [
        (Kind.BOOKED, LISTER, 0),
        (Kind.STARTS_SOON, RENTER, 0.5),
        (Kind.ASK_ARRIVAL, RENTER, 1.5),
        (Kind.ENDS_SOON, RENTER, 2.75),
        (Kind.ENDED, RENTER, 3),
        (Kind.REVIEW_STAY, RENTER, 3 + 1 / 6),
        (Kind.REVIEW_RENTER, LISTER, 3 + 1 / 6),
    ]
    assert {notice.booking for notice in notices} == {BOOKING.id}
    assert notices[0].key == f"booked:{written(BOOKING.id)}"
    assert len({notice.key for notice in notices}) == len(notices)


@pytest.mark.parametrize(
    ("now", "reminded"),
    [(at(0.5) - INSTANT, True), (at(0.5), False), (at(0.9), False), (at(1.1), False)],
    ids=["just before", "at that very time", "less than half an hour before", "after the start"],
)
def test_nobody_is_reminded_of_what_they_have_just_booked(now, reminded) -> None:
    assert (Kind.STARTS_SOON in {notice.kind for notice in notices_of(BOOKING, now)}) is reminded


@pytest.mark.parametrize(
    ("hours", "asked"), [(0.5, False), (0.51, True), (1, True)], ids=["half an hour", "more", "one"]
)
def test_a_stay_as_short_as_the_silence_is_not_asked_about(hours, asked) -> None:
    notices = notices_of(a_booking(window(1, 1 + hours)), NOON)
    assert (Kind.ASK_ARRIVAL in {notice.kind for notice in notices}) is asked


def test_a_later_end_is_told_of_again() -> None:
    before = {notice.key for notice in end_notices(BOOKING, NOON)}
    after = end_notices(replace(BOOKING, window=window(1, 4)), NOON)
    soon, over, *reviews = after
    assert (soon.due_at, over.due_at) == (at(3.75), at(4))
    assert {soon.key, over.key}.isdisjoint(before)
    assert {review.key for review in reviews} < before


def test_it_is_too_late_to_say_that_a_stay_ends_soon_in_its_last_minutes() -> None:
    kinds = [notice.kind for notice in end_notices(BOOKING, at(2.75))]
    assert kinds == [Kind.ENDED, Kind.REVIEW_STAY, Kind.REVIEW_RENTER]


def test_a_request_is_the_listers_to_answer() -> None:
    assert told(notices_of(REQUEST, NOON)) == [(Kind.REQUESTED, LISTER, 0)]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.BOOKED, [(Kind.APPROVED, RENTER), (Kind.STARTS_SOON, RENTER)]),
        (State.DECLINED, [(Kind.DECLINED, RENTER)]),
        (State.WITHDRAWN, [(Kind.WITHDRAWN, LISTER)]),
        (State.EXPIRED, [(Kind.EXPIRED, RENTER), (Kind.EXPIRED, LISTER)]),
    ],
)
def test_both_sides_are_told_how_a_request_ends(state, expected) -> None:
    notices = answer_notices(replace(BOOKING, state=state), NOON)
    assert [(notice.kind, notice.person) for notice in notices][:2] == expected
    assert len({notice.key for notice in notices}) == len(notices)


@pytest.mark.parametrize(
    ("side", "person"),
    [
        (Side.RENTER, LISTER),
        (Side.LISTER, RENTER),
        (Side.OPERATOR, RENTER),
    ],
)
def test_a_cancellation_is_told_to_the_other_side(side, person) -> None:
    notice = cancellation_notice(BOOKING, side, at(0.2))
    assert (notice.kind, notice.person, notice.due_at) == (Kind.CANCELLED, person, at(0.2))


def test_a_change_can_be_told_again() -> None:
    first, second = change_notice(BOOKING, "plate", at(0)), change_notice(BOOKING, "end", at(1))
    assert (first.person, first.facts, second.facts) == (LISTER, {"what": "plate"}, {"what": "end"})
    assert first.key != second.key


@pytest.mark.parametrize(
    ("notice", "kind", "person"),
    [
        (arrival_notice(BOOKING, at(1)), Kind.ARRIVED, LISTER),
        (leaving_notice(BOOKING, at(1)), Kind.LEFT_EARLY, LISTER),
        (obstruction_notice(BOOKING, at(1)), Kind.OBSTRUCTED, LISTER),
        (release_notice(BOOKING, at(1)), Kind.RELEASED, RENTER),
    ],
    ids=lambda value: value.kind if isinstance(value, Notice) else "",
)
def test_what_happens_during_a_stay_is_told_at_once(notice, kind, person) -> None:
    assert (notice.kind, notice.person, notice.due_at) == (kind, person, at(1))


@pytest.mark.parametrize(
    ("policy", "booked_before", "warned_before"),
    [
        (Policy.FLEXIBLE, 48, [2]),
        (Policy.MODERATE, 48, [25, 1]),
        (Policy.STRICT, 24 * 8, [24 * 7 + 1, 25]),
        (Policy.MODERATE, 24.5, [1]),
        (Policy.FLEXIBLE, 1.5, []),
        (Policy.STRICT, 2, []),
    ],
    ids=[
        "an hour before the hour",
        "twice",
        "strict",
        "not when the full refund is over within the hour",
        "nor when all of it is",
        "nor of the ten free minutes",
    ],
)
def test_a_renter_is_warned_an_hour_before_cancelling_gets_dearer(
    policy, booked_before, warned_before
) -> None:
    start = NOON + timedelta(hours=booked_before)
    stay = Window(start, start + 2 * HOUR)
    booking = a_booking(stay, policy=policy, booked_at=NOON)
    warnings = [it for it in notices_of(booking, NOON) if it.kind is Kind.REFUND_DROPS]
    told = [(start - warning.due_at) / HOUR for warning in warnings]
    assert told == pytest.approx(warned_before)
    assert len({warning.key for warning in warnings}) == len(warnings)


def test_what_costs_nothing_cannot_get_dearer() -> None:
    free = a_booking(Window.lasting(at(48), HOUR), total=euros(0))
    assert Kind.REFUND_DROPS not in {notice.kind for notice in notices_of(free, NOON)}


def test_a_drop_is_ahead_only_within_its_last_hour() -> None:
    booking = a_booking(Window.lasting(at(48), HOUR))
    assert drop_ahead(booking, at(23) - INSTANT) is None
    assert drop_ahead(booking, at(23)).after == at(24)
    assert drop_ahead(booking, at(24)).then == euros(250)
    assert drop_ahead(booking, at(24) + INSTANT) is None
    assert drop_ahead(booking, at(47.5)).then == euros(0)
    assert drop_ahead(booking, at(48)) is None


def test_an_overstay_is_told_to_both_sides() -> None:
    by = 12 * MINUTE
    renters = overstay_notice(BOOKING, 8, by, at(3.2))
    listers = overstay_notice(BOOKING, 8, by, at(3.2), Kind.OVERSTAY_SEEN)
    assert (renters.person, listers.person) == (RENTER, LISTER)
    assert renters.facts == listers.facts == {"minutes": 12}
    assert renters.key != listers.key
