"""Money: whole minor units of one currency."""

from dataclasses import dataclass

from market.domain.errors import Invalid


@dataclass(frozen=True, slots=True)
class Money:
    """``minor`` units (cents, yen) of an ISO 4217 ``currency``; never negative in a price."""

    minor: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other).minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other).minor

    def _same(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not mix")
        return other


def halved_up(money: Money) -> Money:
    """Half of it; an odd minor unit goes to the one who gets the half."""
    return Money(-(-money.minor // 2), money.currency)


MAX_HOUR_PRICE = 10_000_000
"""Minor units; no parking space costs more an hour, in any currency."""


def check_hour_price(price: Money) -> Money:
    """The price itself. Raises Invalid for zero and for absurd sums."""
    if price.minor <= 0:
        raise Invalid("price", "too small", 1)
    if price.minor > MAX_HOUR_PRICE:
        raise Invalid("price", "too large", MAX_HOUR_PRICE)
    return price


_USUAL_HOUR = {
    "CZK": 6_000,
    "DKK": 2_000,
    "HUF": 80_000,
    "IDR": 1_000_000,
    "INR": 5_000,
    "ISK": 400,
    "JPY": 400,
    "KRW": 2_500,
    "NOK": 3_000,
    "PLN": 800,
    "SEK": 3_000,
    "THB": 5_000,
    "TRY": 6_000,
    "UAH": 5_000,
    "VND": 20_000,
}
ABSURD = 100
"""A price this many times the usual one is asked back."""


def usual_hour(currency: str) -> Money:
    """Roughly what an hour costs, in minor units, good enough for an example and a sanity check."""
    return Money(_USUAL_HOUR.get(currency, 250), currency)


def absurd(price: Money) -> bool:
    return price.minor > ABSURD * usual_hour(price.currency).minor
