from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.domain.booking import (
    LIVE,
    SETTLED,
    Answer,
    Booking,
    Event,
    Side,
    Standing,
    State,
    called_off,
    cancel,
    confirm,
    moved,
    refund_now,
)
from market.domain.errors import (
    BookingOver,
    DatesBlocked,
    NotFound,
    OutsideHours,
    PlateNeeded,
    QuoteExpired,
    SpaceClosed,
    TooManyAhead,
    WindowPast,
    WindowTaken,
)
from market.domain.ids import BookingId
from market.domain.refund import Policy, Step, refund, steps
from market.domain.schedule import Dates, Opening, Schedule
from market.domain.space import Rules, SpaceState
from market.domain.tariff import Tariff
from market.domain.window import Window
from tests.examples import (
    LISTER,
    NOON,
    RENTER,
    STRANGER,
    a_booking,
    a_quote,
    a_space,
    at,
    euros,
    window,
)

INSTANT = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
BUFFERED = a_space(rules=Rules(buffer=20 * MINUTE), plate_needed=True, policy=Policy.STRICT)


def book(quote=None, space=None, taken=(), *, plate=None, ahead=0, requests=0, now=NOON) -> Booking:
    return confirm(
        quote or a_quote(),
        Answer(BookingId(9), plate),
        space or a_space(),
        taken,
        Standing(ahead, requests, max_ahead=5),
        now,
    )


def test_a_booking_is_what_was_quoted() -> None:
    quote = a_quote(BUFFERED)
    assert book(quote, BUFFERED, plate="HEL204", now=at(0.1)) == Booking(
        id=BookingId(9),
        quote=quote.id,
        space=BUFFERED.id,
        lister=LISTER,
        renter=RENTER,
        window=window(1, 3),
        blocked_until=at(3) + 20 * MINUTE,
        total=euros(500),
        hour_price=euros(250),
        policy=Policy.STRICT,
        state=State.BOOKED,
        booked_at=at(0.1),
        plate="HEL204",
        history=(Event(at(0.1), State.BOOKED, Side.RENTER),),
    )


@pytest.mark.parametrize(
    "edited",
    [
        a_space(tariff=Tariff(euros(900))),
        a_space(policy=Policy.STRICT),
        a_space(rules=Rules(min_stay=timedelta(days=1))),
        a_space(rules=Rules(max_stay=MINUTE)),
        a_space(rules=Rules(notice=timedelta(days=1))),
        a_space(rules=Rules(horizon=MINUTE)),
        a_space(rules=Rules(buffer=timedelta(days=1))),
        a_space(plate_needed=True),
    ],
    ids=["price", "policy", "shortest", "longest", "notice", "horizon", "buffer", "plate"],
)
def test_a_quote_is_honoured_whatever_the_lister_edits(edited) -> None:
    quote = a_quote()
    assert book(quote, edited, [window(3, 4)]) == book(quote)


@pytest.mark.parametrize(
    ("changed", "taken", "refusal"),
    [
        (a_space(), [window(2, 4)], WindowTaken),
        (a_space(state=SpaceState.PAUSED), [], SpaceClosed),
        (a_space(state=SpaceState.HIDDEN), [], SpaceClosed),
        (a_space(schedule=Schedule((Opening(0, 0, 60),))), [], OutsideHours),
        (
            a_space(schedule=Schedule(blocked=(Dates(date(2030, 6, 3), date(2030, 6, 3)),))),
            [],
            DatesBlocked,
        ),
    ],
    ids=["taken", "paused", "hidden", "outside the new hours", "blocked"],
)
def test_a_quote_is_refused_only_if_the_stay_has_become_impossible(changed, taken, refusal) -> None:
    with pytest.raises(refusal) as raised:
        book(space=changed, taken=taken)
    assert (raised.value.space, raised.value.window) == (changed.id, window(1, 3))


@pytest.mark.parametrize(
    ("taken", "free"),
    [
        ([], True),
        ([window(0, 1)], True),
        ([window(3.5, 4)], True),
        ([window(3.25, 4)], False),
        ([window(0, 1.01)], False),
        ([window(1.5, 2)], False),
        ([window(0, 9)], False),
    ],
    ids=[
        "nobody",
        "just before",
        "after the buffer",
        "in the buffer",
        "runs into it",
        "inside",
        "around",
    ],
)
def test_a_booking_needs_its_window_and_its_buffer_free(taken, free) -> None:
    quote = a_quote(BUFFERED)
    if free:
        assert book(quote, BUFFERED, taken, plate="AB").blocks == Window(at(1), at(3) + 20 * MINUTE)
    else:
        with pytest.raises(WindowTaken):
            book(quote, BUFFERED, taken, plate="AB")


def test_a_window_may_be_confirmed_when_its_start_has_just_passed() -> None:
    begun = a_quote(stay=window(-0.25, 2))
    assert book(begun, now=NOON + 10 * MINUTE).window == window(-0.25, 2)


def test_a_quote_that_has_expired_is_refused_by_name() -> None:
    quote = a_quote()
    late = NOON + 10 * MINUTE + INSTANT
    with pytest.raises(QuoteExpired) as refusal:
        book(quote, now=late)
    assert refusal.value == QuoteExpired(quote.id, quote.space, quote.window)


@pytest.mark.parametrize(
    ("minutes", "refusal"),
    [(15, QuoteExpired), (15 + 1 / 60, WindowPast)],
    ids=["a start fifteen minutes ago can be quoted again", "an older one cannot"],
)
def test_an_expired_quote_of_a_start_long_ago_is_past(minutes, refusal) -> None:
    with pytest.raises(refusal):
        book(a_quote(stay=window(0, 2)), now=NOON + timedelta(minutes=minutes))


@pytest.mark.parametrize("ahead", [0, 4], ids=["none", "four"])
def test_up_to_five_bookings_may_lie_ahead(ahead) -> None:
    assert book(ahead=ahead).state is State.BOOKED


@pytest.mark.parametrize("ahead", [5, 6])
def test_more_than_five_bookings_ahead_are_refused(ahead) -> None:
    with pytest.raises(TooManyAhead) as refusal:
        book(ahead=ahead)
    assert refusal.value == TooManyAhead(5)


def test_a_space_that_asks_for_a_plate_gets_one() -> None:
    quote = a_quote(BUFFERED)
    with pytest.raises(PlateNeeded) as refusal:
        book(quote, BUFFERED)
    assert refusal.value == PlateNeeded(quote.id, BUFFERED.id)


# What a booking is at an instant.


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("hours", [0, 1, 2, 3, 3.5])
def test_what_a_booking_counts_as(state, hours) -> None:
    booking = a_booking(window(1, 3), blocked_until=at(3.5), state=state)
    assert booking.live(at(hours)) is (state in LIVE and hours < 3.5)
    assert booking.ahead(at(hours)) is (state in LIVE and hours < 1)
    assert booking.running(at(hours)) is (state in SETTLED and 1 <= hours < 3)


def test_settled_bookings_are_live() -> None:
    assert set(SETTLED) < set(LIVE)


@pytest.mark.parametrize(("person", "side"), [(RENTER, Side.RENTER), (LISTER, Side.LISTER)])
def test_both_sides_know_their_side(person, side) -> None:
    assert a_booking().side_of(person) is side


def test_a_booking_is_not_found_by_anybody_else() -> None:
    with pytest.raises(NotFound) as refusal:
        a_booking().side_of(STRANGER)
    assert refusal.value == NotFound("booking")


def test_a_booking_tells_its_refund_steps() -> None:
    booking = a_booking(window(1, 3))
    assert booking.refund_steps() == (
        Step(NOON + 10 * MINUTE, 100, euros(500)),
        Step(at(1) - INSTANT, 50, euros(250)),
    )
    assert booking.refund_steps() == steps(Policy.MODERATE, window(1, 3), NOON, euros(500))


# Cancelling.


@pytest.mark.parametrize(
    ("side", "hours", "minor"),
    [
        (Side.RENTER, 0.1, 500),
        (Side.RENTER, 0.5, 250),
        (Side.RENTER, 1, 0),
        (Side.RENTER, 2.9, 0),
        (Side.LISTER, 0.1, 500),
        (Side.LISTER, 0.9, 500),
        (Side.OPERATOR, 0.9, 500),
        (Side.OPERATOR, 2.9, 500),
        (Side.CLOCK, 2.9, 500),
    ],
    ids=[
        "renter, within ten minutes",
        "renter, by the policy",
        "renter, at the start",
        "renter, during the stay",
        "lister, within ten minutes",
        "lister, later",
        "operator, before",
        "operator, during the stay",
        "clock",
    ],
)
def test_what_cancelling_gives_back(side, hours, minor) -> None:
    booking = a_booking(window(1, 3))
    cancelled = cancel(booking, side, at(hours))

    assert refund_now(booking, side, at(hours)) == euros(minor)
    assert cancelled.refunded == euros(minor)
    assert cancelled.state is State.CANCELLED
    assert cancelled.history == (*booking.history, Event(at(hours), State.CANCELLED, side))
    assert not cancelled.live(at(hours))


@pytest.mark.parametrize(
    ("side", "hours"),
    [(Side.RENTER, 3), (Side.LISTER, 1), (Side.OPERATOR, 3)],
    ids=["renter, at the end", "lister, once it has begun", "operator, at the end"],
)
def test_what_is_over_cannot_be_cancelled(side, hours) -> None:
    with pytest.raises(BookingOver) as refusal:
        cancel(a_booking(window(1, 3)), side, at(hours))
    assert refusal.value == BookingOver(State.BOOKED)


@pytest.mark.parametrize("state", [state for state in State if state not in SETTLED])
@pytest.mark.parametrize("side", Side)
def test_only_settled_bookings_can_be_cancelled(state, side) -> None:
    with pytest.raises(BookingOver) as refusal:
        refund_now(a_booking(state=state), side, NOON)
    assert refusal.value == BookingOver(state)


@given(st.sampled_from(Policy), st.floats(0, 2.99), st.floats(0.01, 200))
def test_a_renters_refund_follows_the_policy_at_every_instant(policy, share, lead) -> None:
    booking = a_booking(window(lead, lead + 2), policy=policy, total=euros(501))
    now = NOON + share / 3 * (booking.window.end - NOON)
    expected = refund(policy, booking.window, NOON, euros(501), now)
    assert refund_now(booking, Side.RENTER, now) == expected


def test_moving_on_keeps_everything_but_the_state() -> None:
    booking = a_booking()
    arrived = moved(booking, State.ARRIVED, Side.RENTER, at(1))
    assert arrived == replace(
        booking,
        state=State.ARRIVED,
        history=(*booking.history, Event(at(1), State.ARRIVED, Side.RENTER)),
    )


@pytest.mark.parametrize("state", LIVE)
def test_whatever_is_ahead_can_be_called_off_and_nothing_is_owed(state: State) -> None:
    ended = called_off(a_booking(window(1, 3), state=state), Side.OPERATOR, at(0.5))
    assert (ended.state, ended.refunded) == (State.CANCELLED, ended.total)
    assert ended.history[-1] == Event(at(0.5), State.CANCELLED, Side.OPERATOR)


@pytest.mark.parametrize(
    ("state", "now"),
    [(State.BOOKED, at(1)), (State.ARRIVED, at(2)), (State.CANCELLED, NOON)],
    ids=["begins", "runs", "is cancelled"],
)
def test_what_has_begun_or_is_over_is_not_called_off(state: State, now) -> None:
    with pytest.raises(BookingOver):
        called_off(a_booking(window(1, 3), state=state), Side.OPERATOR, now)
