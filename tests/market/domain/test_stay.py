from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.domain.booking import SETTLED, Event, Side, State, change_plate
from market.domain.errors import (
    BookingOver,
    DatesBlocked,
    NotBookable,
    NotYet,
    OutsideHours,
    SpaceClosed,
    StayTooLong,
    WindowTaken,
)
from market.domain.ids import PhotoId
from market.domain.schedule import Dates, Opening, Schedule
from market.domain.space import Rules, SpaceState
from market.domain.stay import (
    Overstay,
    arrive,
    can_release,
    complete,
    contest,
    extend,
    furthest_end,
    leave,
    overstay,
    release,
)
from market.domain.tariff import Tariff
from market.domain.window import Window
from tests.examples import LISTER, a_booking, a_space, at, euros, window
from tests.strategies import tariffs

INSTANT = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
STAY = a_booking(window(1, 3))
ARRIVED = replace(STAY, state=State.ARRIVED)
OVER = [state for state in State if state not in SETTLED]


def minutes_on(count: int) -> datetime:
    """So many minutes after noon."""
    return at(0) + count * MINUTE


lengths = st.integers(1, 300).map(lambda count: count * MINUTE)


# Arriving and leaving.


@pytest.mark.parametrize("hours", [0.75, 1, 2, 2.99])
def test_one_arrives_from_a_quarter_of_an_hour_before_the_start(hours) -> None:
    arrived = arrive(STAY, at(hours))
    assert arrived.history[-1] == Event(at(hours), State.ARRIVED, Side.RENTER)
    assert arrive(arrived, at(hours)) is arrived


def test_nobody_arrives_earlier_than_that() -> None:
    with pytest.raises(NotYet) as refusal:
        arrive(STAY, at(0.75) - INSTANT)
    assert refusal.value == NotYet(at(0.75))


@pytest.mark.parametrize("booking", [STAY, *(a_booking(state=state) for state in OVER)])
def test_nobody_arrives_at_what_is_over(booking) -> None:
    with pytest.raises(BookingOver):
        arrive(booking, at(3))


@pytest.mark.parametrize("booking", [STAY, ARRIVED], ids=["silent", "arrived"])
@pytest.mark.parametrize("hours", [1, 2, 4], ids=["at the start", "before the end", "after it"])
def test_leaving_frees_the_rest_and_gives_nothing_back(booking, hours) -> None:
    left = leave(booking, at(hours))
    assert left.history[-1] == Event(at(hours), State.COMPLETED, Side.RENTER)
    assert not left.live(at(hours))
    assert (left.total, left.refunded) == (booking.total, None)


def test_leaving_before_the_start_would_be_a_cancellation() -> None:
    with pytest.raises(NotYet) as refusal:
        leave(STAY, at(1) - INSTANT)
    assert refusal.value == NotYet(at(1))


@pytest.mark.parametrize("state", OVER)
def test_nobody_leaves_twice(state) -> None:
    with pytest.raises(BookingOver):
        leave(a_booking(state=state), at(2))


@pytest.mark.parametrize("state", State)
def test_the_plate_can_change_until_the_end(state) -> None:
    booking = a_booking(window(1, 3), state=state, plate="HEL204")
    if state in (State.HELD, State.REQUESTED, *SETTLED):
        assert change_plate(booking, "BXY99", at(3) - INSTANT) == replace(booking, plate="BXY99")
    else:
        with pytest.raises(BookingOver):
            change_plate(booking, "BXY99", at(2))
    with pytest.raises(BookingOver):
        change_plate(booking, "BXY99", at(3))


# Extending.


@given(tariffs(), st.integers(1, 9000))
def test_an_extension_costs_the_whole_stay_less_what_was_promised(tariff, minutes) -> None:
    space, end = a_space(tariff=tariff), at(3) + minutes * MINUTE
    quoted = replace(STAY, total=tariff.price(STAY.window.length))
    longer = extend(quoted, end, space, (), at(2))
    assert longer.total == tariff.price(longer.window.length)


def test_what_was_promised_stands_and_what_is_added_costs_what_it_does_now() -> None:
    space = a_space(tariff=Tariff(euros(1000)), rules=Rules(buffer=timedelta(hours=9)))
    longer = extend(replace(STAY, blocked_until=at(3.5)), at(4), space, (), at(2))
    assert longer.window == window(1, 4)
    assert longer.total == STAY.total + euros(1000)
    assert longer.blocked_until == at(4.5)
    assert longer.history == STAY.history


def test_a_stay_that_became_cheaper_costs_no_less_than_was_promised() -> None:
    space = a_space(tariff=Tariff(euros(250), day=euros(100)))
    assert extend(STAY, at(4), space, (), at(2)).total == STAY.total


@given(tariffs(), st.integers(1, 500), st.integers(1, 500))
def test_two_extensions_cost_what_one_does(tariff, first, second) -> None:
    space = a_space(tariff=tariff)
    middle, end = at(3) + first * MINUTE, at(3) + (first + second) * MINUTE
    at_once = extend(STAY, end, space, (), at(2))
    assert extend(extend(STAY, middle, space, (), at(2)), end, space, (), at(2)) == at_once


@pytest.mark.parametrize("hours", [2, 3])
def test_an_end_that_it_has_already_changes_nothing(hours) -> None:
    assert extend(STAY, at(hours), a_space(state=SpaceState.HIDDEN), [window(0, 9)], at(2)) is STAY


@pytest.mark.parametrize(
    ("space", "taken", "refusal"),
    [
        (a_space(), [window(3.5, 5)], WindowTaken),
        (a_space(state=SpaceState.HIDDEN), [], SpaceClosed),
        (a_space(state=SpaceState.DELETED), [], SpaceClosed),
        (a_space(rules=Rules(max_stay=timedelta(hours=2.5))), [], StayTooLong),
        (a_space(schedule=Schedule((Opening(0, 0, 17 * 60),))), [], OutsideHours),
        (
            a_space(schedule=Schedule(blocked=(Dates(date(2030, 6, 3), date(2030, 6, 3)),))),
            [],
            DatesBlocked,
        ),
    ],
    ids=["taken", "hidden", "deleted", "too long", "closed by then", "blocked"],
)
def test_what_keeps_a_stay_from_being_extended(space, taken, refusal) -> None:
    with pytest.raises(refusal) as raised:
        extend(STAY, at(4), space, taken, at(2))
    assert raised.value.space == space.id


def test_the_buffer_goes_along_with_the_end() -> None:
    buffered = replace(STAY, blocked_until=at(3.5))
    assert extend(buffered, at(4), a_space(), [window(4.5, 5)], at(2)).blocked_until == at(4.5)
    with pytest.raises(WindowTaken):
        extend(buffered, at(4), a_space(), [window(4.4, 5)], at(2))


@given(
    st.lists(st.builds(Window.lasting, st.integers(180, 720).map(minutes_on), lengths), max_size=2),
    st.sampled_from([Schedule(), Schedule((Opening(0, 0, 19 * 60),))]),
    st.integers(0, 60).map(lambda count: count * MINUTE),
    st.integers(1, 600).map(minutes_on),
)
def test_nothing_later_than_the_furthest_end_can_be_had(taken, schedule, buffer, until) -> None:
    until = max(until, STAY.window.end + MINUTE)
    stay = replace(STAY, blocked_until=STAY.window.end + buffer)
    rules = Rules(max_stay=timedelta(hours=8), buffer=buffer)
    space = a_space(schedule=schedule, rules=rules)
    end = furthest_end(stay, until, space, taken)
    assert stay.window.end <= end <= until
    assert extend(stay, end, space, taken, at(2)).window.end == end
    if end < until:
        with pytest.raises(NotBookable):
            extend(stay, min(until, end + MINUTE), space, taken, at(2))


def test_a_paused_space_may_keep_its_guest() -> None:
    assert extend(STAY, at(4), a_space(state=SpaceState.PAUSED), (), at(2)).window == window(1, 4)


@pytest.mark.parametrize("booking", [STAY, *(a_booking(state=state) for state in OVER)])
def test_what_is_over_cannot_be_extended(booking) -> None:
    with pytest.raises(BookingOver):
        extend(booking, at(5), a_space(), (), at(3))


# Being given back.


@pytest.mark.parametrize(
    ("stay", "owed"),
    [(window(1, 4), 250), (window(1, 2.25), 250)],
    ids=["three hours", "little more than one"],
)
def test_of_a_space_that_nobody_came_to_at_most_the_first_hour_is_owed(stay, owed) -> None:
    booking = a_booking(stay, total=euros(750))
    released = release(booking, at(2), prepaid=False)
    assert released.total - released.refunded == euros(owed)
    assert released.history[-1] == Event(at(2), State.RELEASED, Side.LISTER)
    assert not released.live(at(2))


def test_a_cheap_stay_is_owed_as_it_was_promised() -> None:
    booking = a_booking(window(1, 3), total=euros(100))
    assert release(booking, at(2), prepaid=False).refunded == euros(0)


@pytest.mark.parametrize(
    ("hours", "free"), [(1.99, False), (2, True), (2.99, True), (3, False)], ids=str
)
def test_a_silent_stay_can_be_taken_back_after_an_hour(hours, free) -> None:
    assert can_release(STAY, at(hours)) is free
    assert not can_release(ARRIVED, at(hours))


def test_half_an_hour_of_silence_is_no_proof() -> None:
    with pytest.raises(NotYet) as refusal:
        release(STAY, at(1.9), prepaid=False)
    assert refusal.value == NotYet(at(2))


@pytest.mark.parametrize(
    ("booking", "hours", "prepaid"),
    [(ARRIVED, 2, False), (STAY, 3, False), (STAY, 2, True)],
    ids=["somebody came", "it is over", "it was paid ahead"],
)
def test_what_the_lister_cannot_take_back(booking, hours, prepaid) -> None:
    with pytest.raises(BookingOver):
        release(booking, at(hours), prepaid=prepaid)


# The end, and staying beyond it.


@pytest.mark.parametrize("booking", [STAY, ARRIVED])
def test_a_stay_is_over_ten_minutes_after_its_end(booking) -> None:
    over = at(3) + 10 * MINUTE
    assert complete(booking, over).history[-1] == Event(over, State.COMPLETED, Side.CLOCK)
    with pytest.raises(NotYet) as refusal:
        complete(booking, over - INSTANT)
    assert refusal.value == NotYet(over)


@pytest.mark.parametrize("state", OVER)
def test_what_is_over_is_not_over_again(state) -> None:
    with pytest.raises(BookingOver):
        complete(a_booking(state=state), at(9))


@pytest.mark.parametrize(
    ("minutes", "minor"),
    [(10, 250), (60, 250), (61, 500), (24 * 60, 24 * 250)],
    ids=["after the grace", "an hour", "a second hour has begun", "a day"],
)
@pytest.mark.parametrize("state", [*SETTLED, State.COMPLETED])
def test_an_overstay_costs_every_started_hour(minutes, minor, state) -> None:
    seen = at(3) + minutes * MINUTE
    found = overstay(replace(STAY, state=state), LISTER, PhotoId(4), seen)
    assert found == Overstay(LISTER, PhotoId(4), seen, euros(minor))


def test_within_the_grace_there_is_no_overstay() -> None:
    with pytest.raises(NotYet) as refusal:
        overstay(STAY, LISTER, PhotoId(4), at(3) + 10 * MINUTE - INSTANT)
    assert refusal.value == NotYet(at(3) + 10 * MINUTE)


@pytest.mark.parametrize(
    ("state", "hours"),
    [
        *((state, 4) for state in OVER if state is not State.COMPLETED),
        (State.COMPLETED, 27.1),
    ],
)
def test_there_is_no_overstay_of_what_never_was_or_was_long_ago(state, hours) -> None:
    with pytest.raises(BookingOver):
        overstay(replace(STAY, state=state), LISTER, PhotoId(4), at(hours))


def test_an_overstay_is_contested_once_and_not_after_it_was_judged() -> None:
    found = overstay(STAY, LISTER, PhotoId(4), at(4))
    contested = contest(found, at(5))
    assert contested.contested_at == at(5)
    for judged in (contested, replace(found, settled_at=at(5))):
        with pytest.raises(BookingOver):
            contest(judged, at(6))
