import pytest
from hypothesis import given

from market.domain.errors import Invalid
from market.domain.money import (
    MAX_HOUR_PRICE,
    Money,
    absurd,
    check_hour_price,
    halved_up,
    usual_hour,
)
from tests.examples import euros
from tests.strategies import money

YEN = Money(100, "JPY")


@given(money(), money())
def test_what_is_added_can_be_taken_away(a: Money, b: Money) -> None:
    assert a + b - b == a
    assert (a < b) == (a.minor < b.minor)


@pytest.mark.parametrize(
    "mix", [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b], ids=["+", "-", "<"]
)
def test_currencies_do_not_mix(mix) -> None:
    with pytest.raises(ValueError, match="EUR and JPY"):
        mix(euros(1), YEN)


@pytest.mark.parametrize(("whole", "half"), [(0, 0), (1, 1), (2, 1), (499, 250), (500, 250)])
def test_an_odd_unit_goes_to_who_gets_the_half(whole, half) -> None:
    assert halved_up(euros(whole)) == euros(half)


@pytest.mark.parametrize("minor", [1, MAX_HOUR_PRICE], ids=["least", "most"])
def test_an_hour_price_within_the_limits_is_taken(minor) -> None:
    assert check_hour_price(euros(minor)) == euros(minor)


@pytest.mark.parametrize(
    ("minor", "refusal"),
    [
        (0, Invalid("price", "too small", 1)),
        (-1, Invalid("price", "too small", 1)),
        (MAX_HOUR_PRICE + 1, Invalid("price", "too large", MAX_HOUR_PRICE)),
    ],
    ids=["free", "negative", "absurd"],
)
def test_an_hour_price_beyond_the_limits_is_refused(minor, refusal) -> None:
    with pytest.raises(Invalid) as raised:
        check_hour_price(euros(minor))
    assert raised.value == refusal


@pytest.mark.parametrize("currency", ["EUR", "JPY", "VND", "XXX"])
def test_a_price_above_a_hundred_usual_hours_is_absurd(currency) -> None:
    limit = Money(100 * usual_hour(currency).minor, currency)
    assert not absurd(limit)
    assert absurd(limit + Money(1, currency))
