from dataclasses import replace
from datetime import timedelta

import pytest

from market.domain.booking import SETTLED, Event, Side, State
from market.domain.errors import BookingOver, NotYet
from market.domain.money import Money
from market.domain.rescue import give_up, hold, rest_of, take
from market.domain.window import Window
from tests.examples import a_booking, at, euros, window

INSTANT = timedelta(microseconds=1)
OCCUPIED = a_booking(window(1, 3), total=euros(500))
OFFERED = a_booking(window(2, 3), total=euros(300))


@pytest.mark.parametrize(
    ("now", "rest"),
    [
        (at(0.75), window(1, 3)),
        (at(1), window(1, 3)),
        (at(2), window(2, 3)),
        (at(2) + timedelta(seconds=59), window(2, 3)),
        (at(2.5), window(2.5, 3)),
        (at(2.75), window(2.75, 3.25)),
    ],
    ids=[
        "before the start",
        "at the start",
        "later",
        "within a minute",
        "half an hour before the end",
        "with less left than stays last",
    ],
)
def test_a_rescue_is_for_the_rest_of_the_stay(now, rest: Window) -> None:
    assert rest_of(OCCUPIED, now) == rest


def test_nobody_is_rescued_before_they_can_have_arrived() -> None:
    with pytest.raises(NotYet) as refusal:
        rest_of(OCCUPIED, at(0.75) - INSTANT)
    assert refusal.value == NotYet(at(0.75))


@pytest.mark.parametrize(
    "booking",
    [OCCUPIED, *(a_booking(state=state) for state in State if state not in SETTLED)],
    ids=lambda booking: booking.state,
)
def test_nobody_is_rescued_from_what_is_over(booking) -> None:
    with pytest.raises(BookingOver):
        rest_of(booking, at(3))
    with pytest.raises(BookingOver):
        give_up(booking, at(3))


@pytest.mark.parametrize(
    ("price", "total"),
    [
        (euros(300), euros(300)),
        (euros(900), euros(500)),
        (Money(90_000, "HUF"), Money(90_000, "HUF")),
    ],
    ids=["cheaper", "dearer", "across a border"],
)
def test_what_is_held_costs_the_lower_of_the_two_prices(price, total) -> None:
    held = hold(replace(OFFERED, total=price), OCCUPIED, at(2))
    assert (held.state, held.total) == (State.HELD, total)
    assert held.expires_at == at(2) + timedelta(minutes=5)
    assert held.history == (Event(at(2), State.HELD, Side.RENTER),)


def test_what_is_held_can_be_taken_for_five_minutes() -> None:
    held = hold(OFFERED, OCCUPIED, at(2))
    now = at(2) + timedelta(minutes=5) - INSTANT
    taken = take(held, now)
    assert (taken.state, taken.booked_at, taken.expires_at) == (State.BOOKED, now, None)
    with pytest.raises(BookingOver):
        take(held, now + INSTANT)
    with pytest.raises(BookingOver):
        take(taken, now)
    with pytest.raises(BookingOver):
        take(replace(held, expires_at=None), now)


def test_nothing_is_owed_for_an_occupied_space() -> None:
    ended = give_up(OCCUPIED, at(2))
    assert (ended.state, ended.refunded) == (State.CANCELLED, OCCUPIED.total)
    assert ended.history[-1] == Event(at(2), State.CANCELLED, Side.CLOCK)
