"""How each language writes times, lengths, sizes, money and places."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from market.domain.money import Money
from market.domain.window import Window
from views.words import words_in

NOON = datetime(2030, 6, 3, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("language", "when", "later"),
    [
        ("en", "today 14:00 – tomorrow 20:00", "Wed 12 Jun"),
        ("de", "heute 14:00 – morgen 20:00", "Mi., 12. Juni"),
        ("es", "hoy 14:00 – mañana 20:00", "mié, 12 jun"),
        ("fr", "aujourd'hui 14:00 – demain 20:00", "mer. 12 juin"),
        ("uk", "сьогодні 14:00 – завтра 20:00", "ср, 12 черв."),
    ],
)
def test_days_are_named_as_people_do(language: str, when: str, later: str) -> None:
    words = words_in(language)
    assert words.when(Window.lasting(NOON, timedelta(hours=30)), BERLIN, NOON) == when
    assert words.day(NOON + timedelta(days=9), BERLIN, NOON) == later


@pytest.mark.parametrize(
    ("start", "end", "when"),
    [
        ("03 18:00", "04 00:00", "today 18:00–00:00"),
        ("04 00:00", "05 00:00", "tomorrow 00:00 – Wed 5 Jun 00:00"),
        ("03 18:00", "05 00:00", "today 18:00 – Wed 5 Jun 00:00"),
    ],
    ids=["an evening", "a whole day", "two days"],
)
def test_midnight_ends_the_day_before(start: str, end: str, when: str) -> None:
    stay = Window(*(datetime.fromisoformat(f"2030-06-{it}:00+02:00") for it in (start, end)))
    assert words_in("en").when(stay, BERLIN, NOON) == when


@pytest.mark.parametrize(
    ("language", "lengths"),
    [
        ("en", ["1 day", "2 days", "5 days", "21 days"]),
        ("de", ["1 Tag", "2 Tage", "5 Tage", "21 Tage"]),
        ("es", ["1 día", "2 días", "5 días", "21 días"]),
        ("fr", ["1 jour", "2 jours", "5 jours", "21 jours"]),
        ("uk", ["1 день", "2 дні", "5 днів", "21 день"]),
    ],
)
def test_what_is_counted_is_in_the_form_of_its_number(language: str, lengths: list[str]) -> None:
    words = words_in(language)
    assert [words.length(timedelta(days=n)) for n in (1, 2, 5, 21)] == lengths


@pytest.mark.parametrize(
    ("language", "money", "far", "high", "city"),
    [
        ("en", "€1,234.50", "1.3 km", "1.9 m", "Vienna"),
        ("de", f"1.234,50{NBSP}€", "1,3 km", "1,9 m", "Wien"),
        ("es", f"1.234,50{NBSP}€", "1,3 km", "1,9 m", "Viena"),
        ("fr", f"1\u202f234,50{NBSP}€", "1,3 km", "1,9 m", "Vienne"),
        ("uk", f"1{NBSP}234,50{NBSP}€", "1,3 км", "1,9 м", "Відень"),
    ],
)
def test_numbers_and_names_are_written_as_in_the_country(
    language: str, money: str, far: str, high: str, city: str
) -> None:
    words = words_in(language)
    assert words.money(Money(123_450, "EUR")) == money
    assert words.distance(1300, "AT") == far
    assert words.size(190, "AT") == high
    assert words.zone_name("Europe/Vienna") == city


def test_miles_are_for_the_country_of_the_space_whatever_the_language() -> None:
    assert words_in("de").distance(1300, "US") == "0,8 mi"
    assert words_in("de").distance(1300, "DE") == "1,3 km"
    assert words_in("en").size(191, "US") == "6′3″"


@pytest.mark.parametrize(
    ("language", "minor", "currency", "said"),
    [
        ("en", 250, "EUR", "2.50"),
        ("de", 123456, "EUR", "1.235"),
        ("en", 1200, "JPY", "1,200"),
        ("uk", 55, "UAH", "0,55"),
    ],
)
def test_an_amount_goes_without_its_currency_and_whole_where_it_is_large(
    language, minor, currency, said
) -> None:
    assert words_in(language).amount(Money(minor, currency)) == said


@pytest.mark.parametrize(
    ("language", "currency", "sign"), [("de", "EUR", "€"), ("uk", "UAH", "₴"), ("en", "CHF", "CHF")]
)
def test_a_currency_has_its_sign(language, currency, sign) -> None:
    assert words_in(language).currency(currency) == sign
