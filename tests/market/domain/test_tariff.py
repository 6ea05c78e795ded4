import math
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from market.domain.errors import Invalid
from market.domain.money import MAX_HOUR_PRICE, Money
from market.domain.tariff import MAX_CAP, Tariff, Unit, started_quarters
from tests.examples import euros
from tests.strategies import tariffs

SIZES = {"day": 96, "week": 7 * 96, "month": 30 * 96}

quarters = st.integers(1, 70 * 96) | st.integers(1, 200)


def days(count: float) -> timedelta:
    return timedelta(days=count)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


def stay(count: int) -> timedelta:
    return count * timedelta(minutes=15)


def by_the_quarter(tariff: Tariff, count: int) -> int:
    """The rules word by word: no quarter adds more than its share of the hour price, and no day,
    week or month counted from the start adds more than its cap."""
    price = [Fraction(0)]
    for end in range(1, count + 1):
        capped = [
            price[(end - 1) // size * size] + cap.minor
            for unit, size in SIZES.items()
            if (cap := getattr(tariff, unit)) is not None
        ]
        price.append(min([price[end - 1] + Fraction(tariff.hour.minor, 4), *capped]))
    return math.ceil(price[count])


CAPPED = Tariff(euros(250), day=euros(1_500), week=euros(6_000), month=euros(20_000))


@pytest.mark.parametrize(
    ("tariff", "length", "minor"),
    [
        (Tariff(euros(250)), timedelta(microseconds=1), 63),
        (Tariff(euros(250)), hours(0.25), 63),
        (Tariff(euros(250)), hours(0.25) + timedelta(microseconds=1), 125),
        (Tariff(euros(250)), hours(2), 500),
        (Tariff(euros(333)), hours(2.5), 833),
        (Tariff(euros(1)), hours(1.25), 2),
        (Tariff(euros(250)), days(30), 30 * 24 * 250),
        (CAPPED, hours(6), 1_500),
        (CAPPED, hours(6.25), 1_500),
        (CAPPED, hours(24), 1_500),
        (CAPPED, hours(24.25), 1_563),
        (CAPPED, days(4), 6_000),
        (CAPPED, days(5), 6_000),
        (CAPPED, days(8), 7_500),
        (CAPPED, days(28), 20_000),
        (CAPPED, days(31), 21_500),
        (Tariff(euros(100), day=euros(50)), hours(1), 50),
        (Tariff(euros(100), week=euros(1_000)), days(35), 5_000),
        (Tariff(euros(100), week=euros(1_000), month=euros(9_000)), days(35), 5_000),
        (Tariff(euros(100), day=euros(900), month=euros(9_000)), days(31), 9_900),
    ],
    ids=[
        "an instant costs a quarter",
        "a quarter rounds up to a whole unit",
        "a started quarter counts",
        "two hours",
        "ten quarters at an odd price",
        "odd quarters of the smallest price",
        "without caps every hour counts",
        "the cap is reached",
        "the cap holds",
        "the first day is capped",
        "the second day begins anew",
        "four days are as dear as a week",
        "the week is capped",
        "the second week begins anew",
        "the month is capped",
        "the second month begins anew",
        "a day cheaper than an hour",
        "five weeks reach over the month",
        "five weeks are cheaper than the month",
        "a month and a day, without a week price",
    ],
)
def test_what_a_stay_costs(tariff, length, minor) -> None:
    assert tariff.price(length) == euros(minor)


@given(tariffs(), quarters)
@settings(deadline=None)
def test_the_price_is_the_highest_that_the_rules_allow(tariff: Tariff, count: int) -> None:
    assert tariff.price(stay(count)).minor == by_the_quarter(tariff, count)


@given(tariffs(), quarters, st.integers(0, 96))
@settings(deadline=None)
def test_a_longer_stay_never_costs_less(tariff: Tariff, count: int, more: int) -> None:
    assert tariff.price(stay(count)).minor <= tariff.price(stay(count + more)).minor


@given(tariffs(), quarters, st.sampled_from(sorted(SIZES)), st.integers(0, 9))
@settings(deadline=None)
def test_no_day_week_or_month_from_the_start_adds_more_than_its_cap(
    tariff: Tariff, count: int, unit: str, number: int
) -> None:
    cap, begin = getattr(tariff, unit), number * SIZES[unit]
    before = tariff.price(stay(begin)).minor
    after = tariff.price(stay(begin + min(count, SIZES[unit]))).minor
    assert cap is None or after - before <= cap.minor


@given(tariffs(), quarters)
@settings(deadline=None)
def test_caps_never_make_a_stay_dearer(tariff: Tariff, count: int) -> None:
    assert tariff.price(stay(count)).minor <= Tariff(tariff.hour).price(stay(count)).minor


@given(tariffs(), quarters)
@settings(deadline=None)
def test_the_lines_make_up_the_price(tariff: Tariff, count: int) -> None:
    lines = tariff.lines(stay(count))

    assert sum(line.amount.minor for line in lines) == tariff.price(stay(count)).minor
    assert [line.unit for line in lines] == [
        unit for unit in reversed(Unit) if unit in {line.unit for line in lines}
    ]
    for line in lines:
        assert line.each == getattr(tariff, line.unit)
        in_quarters = line.each.minor * line.count
        whole = in_quarters if line.unit is not Unit.HOUR else math.ceil(Fraction(in_quarters, 4))
        assert line.amount.minor == whole


def test_a_stay_is_told_by_its_longest_units_first() -> None:
    told = [(line.unit, line.count, line.amount.minor) for line in CAPPED.lines(days(9.0625))]
    assert told == [("week", 1, 6_000), ("day", 2, 3_000), ("hour", 6, 375)]


def test_where_two_ways_cost_the_same_the_finer_one_is_told() -> None:
    even = Tariff(euros(100), day=euros(2_400), week=euros(7 * 2_400))
    assert [line.unit for line in even.lines(days(7))] == [Unit.HOUR]


@pytest.mark.parametrize(
    ("length", "count"),
    [(timedelta(), 0), (timedelta(microseconds=1), 1), (hours(0.25), 1), (hours(24.1), 97)],
)
def test_a_started_quarter_counts_whole(length, count) -> None:
    assert started_quarters(length) == count


def test_no_time_costs_nothing() -> None:
    assert CAPPED.price(timedelta()) == euros(0)
    assert CAPPED.lines(timedelta()) == ()


@pytest.mark.parametrize(
    ("prices", "reason"),
    [
        ({"hour": euros(0)}, "too small"),
        ({"hour": euros(MAX_HOUR_PRICE + 1)}, "too large"),
        ({"hour": euros(1), "day": euros(0)}, "too small"),
        ({"hour": euros(1), "week": euros(-1)}, "too small"),
        ({"hour": euros(1), "month": euros(MAX_CAP + 1)}, "too large"),
    ],
    ids=["a free hour", "an absurd hour", "a free day", "a negative week", "an absurd month"],
)
def test_prices_that_cannot_be_are_refused(prices, reason) -> None:
    with pytest.raises(Invalid) as refusal:
        Tariff(**prices)
    assert (refusal.value.field, refusal.value.reason) == ("price", reason)


def test_a_tariff_has_one_currency() -> None:
    with pytest.raises(ValueError, match="one currency"):
        Tariff(Money(100, "JPY"), day=euros(900))
