from datetime import timedelta

import pytest
from hypothesis import given

from market.domain.search import default_window
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
