from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.domain.digest import (
    AHEAD,
    Digest,
    digest_notice,
    in_time,
    morning,
    owed_day,
    today,
    yesterday,
)
from market.domain.ids import PersonId
from market.domain.money import Money
from tests.examples import LISTER, a_booking, a_space

BERLIN = ZoneInfo("Europe/Berlin")
SPRING, AUTUMN = date(2030, 3, 31), date(2030, 10, 27)
"""When the clocks change in Berlin."""
INSTANT, HOUR = timedelta(microseconds=1), timedelta(hours=1)

zones = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Kiritimati"]
).map(ZoneInfo)
days = st.dates(date(2030, 1, 1), date(2031, 12, 31))


@pytest.mark.parametrize(
    ("day", "expected"),
    [(SPRING - timedelta(days=1), 7), (SPRING, 6), (AUTUMN - timedelta(days=1), 6), (AUTUMN, 7)],
    ids=["before spring", "spring", "before autumn", "autumn"],
)
def test_a_morning_is_at_eight_whatever_the_clocks_do(day, expected) -> None:
    assert morning(day, BERLIN) == datetime(day.year, day.month, day.day, expected, tzinfo=UTC)


@given(days, zones)
def test_a_digest_is_owed_from_a_little_before_its_morning_to_noon(day, zone) -> None:
    due = morning(day, zone)
    assert owed_day(due - AHEAD - INSTANT, zone) is None
    assert owed_day(due - AHEAD, zone) == day
    assert owed_day(due + 4 * HOUR - INSTANT, zone) == day
    assert owed_day(due + 4 * HOUR, zone) is None


@given(days, zones)
def test_a_digest_is_in_time_in_its_own_morning_alone(day, zone) -> None:
    due = morning(day, zone)
    assert not in_time(day, due - INSTANT, zone)
    assert in_time(day, due, zone)
    assert in_time(day, due + 4 * HOUR - INSTANT, zone)
    assert not in_time(day, due + 4 * HOUR, zone)
    assert not in_time(day + timedelta(days=1), due, zone)


@given(days, zones)
def test_days_follow_one_another_without_a_gap(day, zone) -> None:
    assert yesterday(day, zone).end == today(day, zone).start
    assert yesterday(day + timedelta(days=1), zone) == today(day, zone)


@pytest.mark.parametrize(
    ("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2030, 6, 3), 24)], ids=str
)
def test_a_day_is_as_long_as_the_clocks_make_it(day, hours) -> None:
    assert today(day, BERLIN).length == hours * HOUR


def test_there_was_no_thirtieth_of_december_in_samoa() -> None:
    apia = ZoneInfo("Pacific/Apia")
    before = yesterday(date(2011, 12, 31), apia)
    assert before.start.astimezone(apia).date() == date(2011, 12, 29)
    assert before.length == 24 * HOUR


def test_one_digest_a_day_goes_to_a_person() -> None:
    notice = digest_notice(LISTER, SPRING, BERLIN)
    elsewhere = digest_notice(LISTER, SPRING, ZoneInfo("America/New_York"))
    assert notice.due_at == morning(SPRING, BERLIN) != elsewhere.due_at
    assert notice.key == elsewhere.key
    others = {digest_notice(PersonId(9), SPRING, BERLIN).key}
    others.add(digest_notice(LISTER, AUTUMN, BERLIN).key)
    assert notice.key not in others
    assert notice.facts == {"day": "2030-03-31"}


@pytest.mark.parametrize(
    ("digest", "empty"),
    [
        (Digest((), (), 0, ()), True),
        (Digest([(a_booking(), a_space())], (), 0, ()), False),
        (Digest((), [Money(250, "EUR")], 1, ()), False),
        (Digest((), (), 0, [a_booking()]), False),
    ],
    ids=["nothing", "somebody comes", "somebody paid", "somebody asks"],
)
def test_a_digest_without_news_is_empty(digest, empty) -> None:
    assert digest.empty is empty
