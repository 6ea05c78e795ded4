from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from market.domain.quiet import quiet


@pytest.mark.parametrize(
    ("clock", "expected"),
    [("21:59:59", False), ("22:00", True), ("03:00", True), ("06:59:59", True), ("07:00", False)],
)
def test_the_night_is_quiet(clock, expected) -> None:
    assert quiet(datetime.fromisoformat(f"2030-06-03T{clock}+00:00"), ZoneInfo("UTC")) is expected


@pytest.mark.parametrize(
    ("zone", "day", "until"),
    [
        ("Europe/Berlin", "2030-03-31", "05:00"),
        ("Europe/Berlin", "2030-10-27", "06:00"),
        ("America/New_York", "2030-03-10", "11:00"),
        ("Australia/Sydney", "2030-06-03", "21:00"),
    ],
    ids=["the clocks went forward", "and back", "west", "east"],
)
def test_it_is_quiet_by_the_receivers_clock(zone, day, until) -> None:
    """``until`` is seven o'clock there, in UTC."""
    end = datetime.fromisoformat(f"{day}T{until}").replace(tzinfo=UTC)
    assert not quiet(end, ZoneInfo(zone))
    assert quiet(end.replace(hour=end.hour - 1, minute=59), ZoneInfo(zone))
