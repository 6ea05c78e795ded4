from datetime import timedelta

import pytest

from market.domain.booking import LIVE, Answer, Booking, Event, Side, Standing, State, confirm
from market.domain.errors import BookingOver, TooManyRequests
from market.domain.ids import BookingId
from market.domain.request import answer, expire, lapsed, withdraw
from market.domain.space import Approval
from market.domain.window import Window
from tests.examples import NOON, RENTER, a_booking, a_quote, a_space, at, window

INSTANT = timedelta(microseconds=1)
ASKS = a_space(approval=Approval.REQUEST)
REQUEST = a_booking(window(3, 5), state=State.REQUESTED, expires_at=at(2))


def ask(stay: Window, *, requests: int = 0, now=NOON) -> Booking:
    return confirm(
        a_quote(ASKS, stay, now),
        Answer(BookingId(9)),
        ASKS,
        (),
        Standing(ahead=0, requests=requests, max_ahead=5),
        now,
    )


@pytest.mark.parametrize(
    ("stay", "answer_by"),
    [
        (window(2, 4), at(1)),
        (window(25, 26), at(24)),
        (window(24.5, 26), at(23.5)),
        (window(500, 501), at(24)),
    ],
    ids=["two hours ahead", "a day and an hour", "an hour before", "far ahead"],
)
def test_a_request_waits_a_day_or_until_an_hour_before_the_start(stay, answer_by) -> None:
    request = ask(stay)
    assert (request.state, request.expires_at) == (State.REQUESTED, answer_by)
    assert request.history == (Event(NOON, State.REQUESTED, Side.RENTER),)
    assert request.state in LIVE
    assert request.pending(answer_by - INSTANT)
    assert not request.pending(answer_by)


def test_two_requests_may_wait_but_not_three() -> None:
    assert ask(window(3, 4), requests=1).state is State.REQUESTED
    with pytest.raises(TooManyRequests) as refusal:
        ask(window(3, 4), requests=2)
    assert refusal.value == TooManyRequests(2)


def test_waiting_requests_keep_nobody_from_an_instant_booking() -> None:
    standing = Standing(ahead=2, requests=2, max_ahead=5)
    booking = confirm(a_quote(), Answer(BookingId(9)), a_space(), (), standing, NOON)
    assert (booking.state, booking.expires_at) == (State.BOOKED, None)


def test_a_yes_makes_it_a_booking_as_of_now() -> None:
    booked = answer(REQUEST, at(1), accept=True)
    assert (booked.state, booked.booked_at, booked.expires_at) == (State.BOOKED, at(1), None)
    assert booked.history[-1] == Event(at(1), State.BOOKED, Side.LISTER)
    assert not booked.pending(at(1))


def test_a_no_frees_the_window() -> None:
    declined = answer(REQUEST, at(1), accept=False)
    assert declined.history[-1] == Event(at(1), State.DECLINED, Side.LISTER)
    assert not declined.live(at(1))


def test_a_renter_may_take_a_request_back() -> None:
    withdrawn = withdraw(REQUEST, at(1))
    assert withdrawn.history[-1] == Event(at(1), State.WITHDRAWN, Side.RENTER)
    assert not withdrawn.live(at(1))


@pytest.mark.parametrize(
    ("booking", "now", "state"),
    [
        (REQUEST, at(2), State.EXPIRED),
        (answer(REQUEST, at(1), accept=True), at(1), State.BOOKED),
        (answer(REQUEST, at(1), accept=False), at(1), State.DECLINED),
        (withdraw(REQUEST, at(1)), at(1), State.WITHDRAWN),
        (expire(REQUEST, at(2)), at(2), State.EXPIRED),
        (a_booking(state=State.HELD, expires_at=at(2)), at(1), State.HELD),
        (a_booking(state=State.REQUESTED), at(1), State.REQUESTED),
    ],
    ids=["too late", "confirmed", "declined", "withdrawn", "expired", "held", "without an end"],
)
def test_only_the_first_word_on_a_request_counts(booking, now, state) -> None:
    for change in (
        lambda: answer(booking, now, accept=True),
        lambda: answer(booking, now, accept=False),
        lambda: withdraw(booking, now),
    ):
        with pytest.raises(BookingOver) as refusal:
            change()
        assert refusal.value == BookingOver(state)


@pytest.mark.parametrize("state", State)
def test_only_what_waits_runs_out(state) -> None:
    booking = a_booking(state=state, expires_at=at(2))
    assert lapsed(booking, at(2)) is (state in (State.HELD, State.REQUESTED))
    assert not lapsed(booking, at(2) - INSTANT)
    assert not lapsed(a_booking(state=state), at(99))


def test_running_out_is_the_clocks_doing() -> None:
    expired = expire(REQUEST, at(2))
    assert expired.history[-1] == Event(at(2), State.EXPIRED, Side.CLOCK)
    assert expired.renter == RENTER
