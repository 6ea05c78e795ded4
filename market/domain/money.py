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
