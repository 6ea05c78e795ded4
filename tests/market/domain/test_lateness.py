from datetime import timedelta

import pytest

from market.domain.booking import SETTLED, Booking, State
from market.domain.lateness import LATE, late, still_true
from market.domain.notice import Kind, Notice
from tests.examples import NOON, RENTER, a_booking, at, window


def true(kind: Kind, booking: Booking, hours: float) -> bool:
    notice = Notice("key", kind, RENTER, NOON, booking.id)
    return still_true(notice, booking, at(hours))


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("hours", [0, 1.5, 2.9, 3, 3.2], ids=str)
def test_a_late_notice_is_sent_only_while_it_is_true(state, hours) -> None:
    booking = a_booking(window(1, 3), state=state, expires_at=at(0.5))
    settled = state in SETTLED

    for kind in (Kind.BOOKED, Kind.APPROVED, Kind.CHANGED):
        assert true(kind, booking, hours) is (settled and hours < 3)
    assert true(Kind.STARTS_SOON, booking, hours) is (settled and hours < 1)
    assert true(Kind.REQUESTED, booking, hours) is (state is State.REQUESTED and hours < 0.5)
    assert true(Kind.ASK_ARRIVAL, booking, hours) is (state is State.BOOKED and hours < 3)
    assert true(Kind.ARRIVED, booking, hours) is (state is State.ARRIVED and hours < 3)
    assert true(Kind.ENDS_SOON, booking, hours) is (settled and 2.75 <= hours < 3)
    assert true(Kind.ENDED, booking, hours) is (settled and hours >= 3)
    for kind in (Kind.REVIEW_STAY, Kind.REVIEW_RENTER):
        over = state is State.COMPLETED or (settled and hours >= 3)
        assert true(kind, booking, hours) is over
    assert true(Kind.CANCELLED, booking, hours)
    assert true(Kind.EXPIRED, booking, hours)


def test_what_was_due_at_an_end_that_has_moved_is_not_said() -> None:
    longer = a_booking(window(1, 4))
    assert not true(Kind.ENDS_SOON, longer, 2.8)
    assert not true(Kind.ENDED, longer, 3)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize(
    ("hours", "expected"),
    [(22.9, False), (23, True), (24, True), (24.1, False), (47, True), (47.9, True), (48, False)],
    ids=str,
)
def test_the_warning_before_a_refund_drops_is_true_for_an_hour(state, hours, expected) -> None:
    booking = a_booking(window(48, 50), state=state)
    assert true(Kind.REFUND_DROPS, booking, hours) is (expected and state in SETTLED)


def test_a_notice_is_late_after_five_minutes() -> None:
    notice = Notice("key", Kind.BOOKED, RENTER, NOON)
    assert not late(notice, NOON + LATE)
    assert late(notice, NOON + LATE + timedelta(microseconds=1))
