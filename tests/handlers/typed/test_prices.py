import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.typed.prices import read_price
from market.domain.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("2.50", "EUR", 250),
        ("2,50", "EUR", 250),
        ("2", "EUR", 200),
        ("€2.50", "EUR", 250),
        ("€ 2.50", "EUR", 250),
        ("2.50€", "EUR", 250),
        ("2.5 eur", "EUR", 250),
        ("2,5 Euro", "EUR", 250),
        ("EUR 2.50", "EUR", 250),
        ("2.50 / h", "EUR", 250),
        ("2.50 an hour", "EUR", 250),
        ("1.250", "EUR", 125_000),
        ("1,250", "EUR", 125_000),
        ("1.250,5", "EUR", 125_050),
        ("1,250.50", "USD", 125_050),
        ("1 250,50", "EUR", 125_050),
        ("1\u00a0250", "EUR", 125_000),
        ("1'250.50", "CHF", 125_050),
        ("$3", "USD", 300),
        ("$3", "AUD", 300),
        ("400", "JPY", 400),
        ("¥400", "JPY", 400),
        ("1,250", "JPY", 1250),
        ("50 грн", "UAH", 5000),
        ("50 Kč", "CZK", 5000),
        ("٢٫٥٠".replace("٫", ","), "EUR", 250),
        ("\uff12.\uff15\uff10", "EUR", 250),
        (" 2.50 ", "EUR", 250),
    ],
    ids=str,
)
def test_prices_are_read_as_people_type_them(typed: str, currency: str, minor: int) -> None:
    assert read_price(typed, currency) == minor


@pytest.mark.parametrize(
    ("typed", "currency", "reason"),
    [
        ("", "EUR", "not a price"),
        ("cheap", "EUR", "not a price"),
        ("2.50.1", "EUR", "not a price"),
        ("2.5555", "EUR", "not a price"),
        ("12,34,567", "EUR", "not a price"),
        ("-2", "EUR", "not a price"),
        ("2-3", "EUR", "not a price"),
        (".50", "EUR", "not a price"),
        ("2.", "EUR", "not a price"),
        ("2 eur 50", "EUR", "not a price"),
        ("1234567890", "EUR", "not a price"),
        ("2.50", "JPY", "decimals"),
        ("$3", "EUR", "other currency"),
        ("3 usd", "EUR", "other currency"),
        ("₴50", "EUR", "other currency"),
        ("2 apples", "EUR", "not a price"),
        ("2 kr", "EUR", "other currency"),
    ],
    ids=str,
)
def test_what_is_no_price_says_why(typed: str, currency: str, reason: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_price(typed, currency)
    assert refusal.value.reason == reason


@given(st.text(max_size=40))
def test_any_text_is_a_price_or_is_refused(typed: str) -> None:
    with contextlib.suppress(Invalid):
        assert read_price(typed, "EUR") >= 0


@given(st.integers(0, 99_999_999))
def test_an_amount_written_with_two_decimals_is_read_back(minor: int) -> None:
    assert read_price(f"{minor // 100}.{minor % 100:02}", "EUR") == minor
    assert read_price(f"{minor // 100:,}.{minor % 100:02}", "EUR") == minor
