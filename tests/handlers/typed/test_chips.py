from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.typed.chips import offered, window_of
from market.domain.window import Window
from tests.strategies import ZONES, instants
from views.time import Chip

HELSINKI = ZoneInfo("Europe/Helsinki")
ASUNCION = ZoneInfo("America/Asuncion")
"""Until 2024 its clocks went back from midnight to eleven in the evening."""


def at(wall: str) -> datetime:
    return datetime.fromisoformat(f"2030-06-05 {wall}").replace(tzinfo=HELSINKI).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "start"),
    [("11:05", "18:00"), ("18:00", "18:00"), ("20:10", "20:15"), ("22:29", "22:30")],
)
def test_tonight_is_the_later_of_now_and_six_until_eleven(now: str, start: str) -> None:
    assert window_of(Chip.TONIGHT, at(now), HELSINKI) == Window(at(start), at("23:00"))


@pytest.mark.parametrize("now", ["22:30", "23:59"])
def test_tonight_is_not_offered_from_half_past_ten(now: str) -> None:
    assert Chip.TONIGHT not in offered(at(now), HELSINKI)
    assert window_of(Chip.TONIGHT, at(now), HELSINKI) is None


def test_a_clock_that_repeats_the_evening_breaks_no_card() -> None:
    now = datetime(2024, 3, 23, 20, tzinfo=UTC)
    window = window_of(Chip.TONIGHT, now, ASUNCION)
    assert window is not None
    assert window.length == timedelta(hours=5)


@given(instants, st.sampled_from(ZONES).map(ZoneInfo))
def test_whatever_is_offered_makes_a_window_ahead(now: datetime, zone: ZoneInfo) -> None:
    for chip in offered(now, zone):
        window = window_of(chip, now, zone)
        assert window is not None
        assert window.start >= now
