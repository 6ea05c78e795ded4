from datetime import timedelta

import pytest

from market.domain.errors import (
    OutsideHours,
    OwnSpace,
    SpaceClosed,
    StayTooShort,
    WindowPast,
    WindowTaken,
)
from market.domain.ids import QuoteId
from market.domain.quote import make_quote
from market.domain.refund import Policy
from market.domain.schedule import Opening, Schedule
from market.domain.space import Approval, Rules, SpaceState
from market.domain.tariff import Tariff
from market.domain.window import Window
from tests.examples import (
    LISTER,
    NOON,
    RENTER,
    a_quote,
    a_space,
    at,
    euros,
    window,
)

INSTANT = timedelta(microseconds=1)
TEN_MINUTES = timedelta(minutes=10)


def quote(space=None, stay=None, *, renter=RENTER, taken=()):
    return make_quote(QuoteId(1), space or a_space(), renter, stay or window(1, 3), taken, NOON)


def test_a_quote_takes_over_everything_that_a_booking_will_need() -> None:
    space = a_space(
        tariff=Tariff(euros(300), day=euros(800)),
        policy=Policy.STRICT,
        rules=Rules(buffer=timedelta(minutes=20)),
        approval=Approval.REQUEST,
        plate_needed=True,
    )
    made = quote(space, window(3, 7))

    assert (made.id, made.space, made.renter) == (1, space.id, RENTER)
    assert made.window == window(3, 7)
    assert made.total == euros(800)
    assert made.lines == space.tariff.lines(timedelta(hours=4))
    assert made.hour_price == euros(300)
    assert made.policy is Policy.STRICT
    assert made.buffer == timedelta(minutes=20)
    assert made.by_request
    assert made.plate_needed
    assert (made.made_at, made.expires_at) == (NOON, NOON + TEN_MINUTES)


@pytest.mark.parametrize(
    ("now", "alive"),
    [(NOON, True), (NOON + TEN_MINUTES, True), (NOON + TEN_MINUTES + INSTANT, False)],
    ids=["at once", "after ten minutes", "an instant later"],
)
def test_a_quote_is_good_for_ten_minutes(now, alive) -> None:
    assert a_quote().alive(now) is alive


@pytest.mark.parametrize(
    ("stay", "taken"),
    [
        (window(-0.25, 2), []),
        (window(1, 3), [window(0, 1), window(3, 4)]),
        (window(1, 3), [window(-9, -8)]),
    ],
    ids=["begun a quarter of an hour ago", "between two others", "after one that is over"],
)
def test_a_free_window_is_quoted(stay, taken) -> None:
    assert quote(stay=stay, taken=taken).window == stay


def closed_at_night() -> Schedule:
    return Schedule(tuple(Opening(day, 8 * 60, 20 * 60) for day in range(7)))


@pytest.mark.parametrize(
    ("space", "stay", "taken", "refusal"),
    [
        (a_space(lister=RENTER), window(1, 3), [], OwnSpace),
        (a_space(), Window(at(-0.25) - INSTANT, at(3)), [], WindowPast),
        (a_space(state=SpaceState.PAUSED), window(1, 3), [], SpaceClosed),
        (a_space(), window(1, 1.25), [], StayTooShort),
        (a_space(schedule=closed_at_night()), window(5, 7), [], OutsideHours),
        (a_space(), window(1, 3), [window(2.99, 4)], WindowTaken),
        (a_space(), window(1, 3), [window(0, 1.01)], WindowTaken),
        (a_space(), window(1, 3), [window(1.5, 2)], WindowTaken),
        (a_space(), window(1, 3), [window(0, 9)], WindowTaken),
        (a_space(), window(1, 3), [window(0, 1), window(1, 3)], WindowTaken),
        (
            a_space(rules=Rules(buffer=timedelta(minutes=20))),
            window(1, 3),
            [window(3.25, 4)],
            WindowTaken,
        ),
    ],
    ids=[
        "one's own space",
        "begun more than a quarter of an hour ago",
        "a paused space",
        "a rule of the lister",
        "the schedule",
        "runs into the next",
        "begins in the one before",
        "somebody in the middle",
        "somebody all around",
        "one of several",
        "the buffer runs into the next",
    ],
)
def test_what_cannot_be_booked_is_not_quoted(space, stay, taken, refusal) -> None:
    with pytest.raises(refusal) as raised:
        quote(space, stay, taken=taken)
    assert (raised.value.space, raised.value.window) == (space.id, stay)


def test_nobody_hears_of_a_closed_space_that_it_is_taken() -> None:
    with pytest.raises(SpaceClosed):
        quote(a_space(state=SpaceState.HIDDEN), taken=[window(1, 3)])


def test_a_lister_may_book_from_another_lister() -> None:
    assert quote(a_space(lister=RENTER), renter=LISTER).renter == LISTER
