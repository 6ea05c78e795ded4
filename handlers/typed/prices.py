"""Prices as people type them: "2.50", "2,50", "€2.50", "2.5 eur", "1.250"."""

import re
import unicodedata

from babel.numbers import get_currency_precision, get_currency_symbol, is_currency

from handlers.typed.words import in_english
from market.domain.errors import Invalid

_SHAPE = re.compile(
    r"""(?P<before>[^\W\d_]{1,4}|[^\w\s.,'’])?\ ?
        (?P<number>\d(?:[\d.,'’\ ]*\d)?)
        (?:\ ?(?P<after>[^\W\d_]{1,5}|[^\w\s.,'’]))?
        (?:\ ?(?:/|per\ |an\ |a\ )\ ?(?:h|hr|hour))?""",
    re.VERBOSE | re.IGNORECASE,
)


def read_price(text: str, currency: str, language: str = "en") -> int:
    """The minor units of a typed price.

    The last separator is decimal when one or two digits follow it; before three digits it means
    thousands. Raises Invalid("price", ...): "not a price", "other currency", "decimals".
    """
    found = _SHAPE.fullmatch(in_english(text, language, "prices"))
    if found is None:
        raise Invalid("price", "not a price")
    for mark in (found["before"], found["after"]):
        _check_mark(mark, currency)
    whole, decimals = _split(found["number"].strip())
    digits: int = get_currency_precision(currency)
    if len(decimals) > digits:
        raise Invalid("price", "decimals", digits)
    return int(whole + decimals.ljust(digits, "0"))


def _split(number: str) -> tuple[str, str]:
    """Whole units and decimals, as digits. Raises Invalid when the groups make no number."""
    head, separator, tail = _rpartition(number)
    if not separator or len(tail) == 3:
        head, tail = number, ""
    elif separator not in ".," or not 1 <= len(tail) <= 2:
        raise Invalid("price", "not a price")
    first, *groups = re.split(r"[.,'’ ]", head)
    if not 1 <= len(first) <= (3 if groups else 9) or any(len(group) != 3 for group in groups):
        raise Invalid("price", "not a price")
    return first + "".join(groups), tail


def _rpartition(number: str) -> tuple[str, str, str]:
    at = max(number.rfind(mark) for mark in ".,'’ ")
    return (number, "", "") if at < 0 else (number[:at], number[at], number[at + 1 :])


def _check_mark(mark: str | None, currency: str) -> None:
    if mark is None:
        return
    if mark in ("-", "−", "+"):
        raise Invalid("price", "not a price")
    named = mark.upper()
    if is_currency(named):
        right = named == currency
    elif unicodedata.category(mark[0]) == "Sc":
        right = get_currency_symbol(currency, "en").endswith(mark)
    else:
        right = named in _SPOKEN.get(currency, ()) or named == get_currency_symbol(currency).upper()
    if not right:
        raise Invalid("price", "other currency", currency)


_SPOKEN = {
    "EUR": ("EURO", "EUROS"),
    "UAH": ("ГРН",),
    "PLN": ("ZŁ",),
    "SEK": ("KR",),
    "NOK": ("KR",),
    "DKK": ("KR",),
    "CHF": ("FR", "SFR"),
    "CZK": ("KC",),
    "HUF": ("FT",),
}
"""What people call their money beside its code and symbol, without accents."""
