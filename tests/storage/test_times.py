from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from storage.tables.base import UtcTime

SQLITE = sqlite.dialect()
offsets = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
times = st.datetimes(
    datetime(1, 1, 3),  # noqa: DTZ001 - hypothesis wants its bounds so
    datetime(9999, 12, 29),  # noqa: DTZ001
    timezones=offsets,
)


def kept(time: datetime) -> int:
    number = UtcTime().process_bind_param(time, SQLITE)
    assert number is not None
    return number


@given(times)
def test_a_time_comes_back_as_the_same_instant_in_utc(time: datetime) -> None:
    back = UtcTime().process_result_value(kept(time), SQLITE)
    assert back == time
    assert back.tzinfo is UTC


@given(times, times)
def test_the_store_sorts_times_as_time_does(one: datetime, other: datetime) -> None:
    assert (kept(one) < kept(other)) == (one < other)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        kept(datetime(2030, 1, 1))  # noqa: DTZ001 - the case itself


def test_no_time_stays_no_time() -> None:
    assert UtcTime().process_bind_param(None, SQLITE) is None
    assert UtcTime().process_result_value(None, SQLITE) is None
