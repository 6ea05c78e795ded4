from datetime import timedelta

import pytest
from hypothesis import given

from market.domain.search import default_window, radius_before, radius_of
from tests.examples import NOON, window
from tests.strategies import instants


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(0, window(0, 2)), (1, window(0.25, 2.25)), (15, window(0.25, 2.25)), (46, window(1, 3))],
)
def test_a_search_is_for_two_hours_from_the_next_quarter(minutes, expected) -> None:
    assert default_window(NOON + timedelta(minutes=minutes)) == expected


@given(instants)
def test_a_search_never_begins_in_the_past_nor_after_a_quarter(now) -> None:
    asked = default_window(now)
    assert timedelta() <= asked.start - now < timedelta(minutes=15)
    assert asked.start.minute % 15 == asked.start.second == asked.start.microsecond == 0
    assert asked.length == timedelta(hours=2)


@pytest.mark.parametrize(
    ("metres", "radius", "tried"),
    [
        (0, 500, None),
        (500, 500, None),
        (500.1, 1_000, 500),
        (1_999, 2_000, 1_000),
        (4_000, 5_000, 2_000),
        (20_000, 20_000, 5_000),
        (20_001, 20_000, 5_000),
    ],
)
def test_the_radius_widens_until_something_is_in_it(metres, radius, tried) -> None:
    assert radius_of(metres) == radius
    assert radius_before(radius) == tried
