from dataclasses import replace
from datetime import timedelta

import pytest

from market.domain.alert import NEXT_TO_IT, Alert, same
from market.domain.ids import AlertId, SpaceId
from market.domain.place import Point
from market.domain.search import REACH, Filters
from market.domain.space import Tag
from tests.examples import NOON, RENTER, a_space, at, window

EV = Filters(tags=frozenset({Tag.EV}))
ALERT = Alert(AlertId(1), RENTER, Point(52.5, 13.4), "Europe/Berlin", window(1, 3), EV, NOON)


@pytest.mark.parametrize(
    ("now", "over"),
    [
        (at(1), False),
        (at(1.25), False),
        (at(1.25) + timedelta(microseconds=1), True),
    ],
    ids=["at the start", "within the grace", "past it"],
)
def test_an_alert_is_over_when_its_window_can_be_booked_no_more(now, over) -> None:
    assert ALERT.over(now) is over


def test_it_looks_for_whatever_would_do() -> None:
    search = ALERT.search(at(0.5))
    assert (search.point, search.window, search.filters) == (ALERT.point, ALERT.window, EV)
    assert (search.person, search.reach, search.now) == (RENTER, REACH, at(0.5))


def test_it_looks_at_one_space_that_has_changed() -> None:
    space = a_space()
    search = ALERT.search_at(space, NOON)
    assert (search.point, search.reach, search.filters) == (space.public_point, NEXT_TO_IT, EV)


def test_who_waits_for_one_space_asks_nothing_else_of_it() -> None:
    assert replace(ALERT, space=SpaceId(7)).search_at(a_space(), NOON).filters == Filters()


@pytest.mark.parametrize(
    "other",
    [
        replace(ALERT, window=window(1, 4)),
        replace(ALERT, filters=Filters()),
        replace(ALERT, space=SpaceId(7)),
        replace(ALERT, point=Point(52.6, 13.4)),
    ],
    ids=["another time", "other filters", "one space", "another place"],
)
def test_asking_for_something_else_is_another_alert(other: Alert) -> None:
    assert same(ALERT, [other]) is None
    assert same(replace(ALERT, id=AlertId(9), made_at=at(1)), [other, ALERT]) is ALERT
