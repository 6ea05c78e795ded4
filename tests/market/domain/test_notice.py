from datetime import timedelta

import pytest

from market.domain.booking import SETTLED, Side, State
from market.domain.ids import BookingId, written
from market.domain.notice import Kind, cancellation_notice, notices_of, still_true
from tests.examples import LISTER, NOON, RENTER, a_booking, at, window

INSTANT = timedelta(microseconds=1)
BOOKING = a_booking(window(1, 3), id=BookingId(5))


def test_a_booking_is_told_at_once_and_its_start_half_an_hour_before() -> None:
    told, soon = notices_of(BOOKING, NOON)

    assert (told.kind, told.person, told.due_at) == (Kind.BOOKED, LISTER, NOON)
    assert (soon.kind, soon.person, soon.due_at) == (Kind.STARTS_SOON, RENTER, at(0.5))
    assert {told.booking, soon.booking} == {BOOKING.id}
    assert told.key == f"booked:{written(BOOKING.id)}"
    assert told.key != soon.key


@pytest.mark.parametrize(
    ("now", "reminded"),
    [(at(0.5) - INSTANT, True), (at(0.5), False), (at(0.9), False), (at(1.1), False)],
    ids=["just before", "at that very time", "less than half an hour before", "after the start"],
)
def test_nobody_is_reminded_of_what_they_have_just_booked(now, reminded) -> None:
    assert (Kind.STARTS_SOON in {notice.kind for notice in notices_of(BOOKING, now)}) is reminded


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
    assert notice.booking == BOOKING.id


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("hours", [0, 0.9, 1, 2.9, 3])
def test_a_late_notice_is_sent_only_while_it_is_true(state, hours) -> None:
    booking = a_booking(window(1, 3), state=state)
    told, soon = notices_of(booking, NOON)
    off = cancellation_notice(booking, Side.RENTER, NOON)

    assert still_true(told, booking, at(hours)) is (state in SETTLED and hours < 3)
    assert still_true(soon, booking, at(hours)) is (state in SETTLED and hours < 1)
    assert still_true(off, booking, at(hours))
