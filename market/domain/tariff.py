"""What a stay costs: started quarter hours, capped by day, week and month prices."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from market.domain.errors import Invalid
from market.domain.money import Money, check_hour_price

QUARTER = timedelta(minutes=15)
DAY, WEEK, MONTH = 96, 7 * 96, 30 * 96
"""Lengths in quarter hours, counted from the start of the stay."""


class Unit(StrEnum):
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a price: ``quarters`` of an hour at the hour price, or ``count`` capped spans."""

    unit: Unit
    count: int
    """Quarter hours for the unit hour, else whole or started days, weeks or months."""
    each: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class Tariff:
    """Price per hour, and caps: each 24 hours, 7 days and 30 days of a stay cost at most these.

    Raises Invalid for a price that is not positive or far too large.
    """

    hour: Money
    day: Money | None = None
    week: Money | None = None
    month: Money | None = None

    def __post_init__(self) -> None:
        check_hour_price(self.hour)
        for cap in (self.day, self.week, self.month):
            if cap is not None and cap.currency != self.hour.currency:
                raise ValueError("one tariff, one currency")
            if cap is not None and cap.minor <= 0:
                raise Invalid("price", "too small", 1)

    def price(self, length: timedelta) -> Money:
        """All in, for a stay of this length. A longer stay never costs less."""
        return Money(sum(line.amount.minor for line in self.lines(length)), self.hour.currency)

    def lines(self, length: timedelta) -> tuple[Line, ...]:
        """The price by line, longest unit first; together they are the price."""
        return tuple(_merged(self._spans(started_quarters(length), _LADDER)))

    def _spans(self, quarters: int, ladder: tuple[tuple[Unit, int], ...]) -> list[Line]:
        if not quarters:
            return []
        if not ladder:
            minor = -(-self.hour.minor * quarters // 4)
            return [Line(Unit.HOUR, quarters, self.hour, Money(minor, self.hour.currency))]
        (unit, size), finer = ladder[0], ladder[1:]
        cap: Money | None = getattr(self, unit)
        full, rest = divmod(quarters, size)
        whole = self._capped(unit, cap, self._spans(size, finer)) if full else []
        return whole * full + self._capped(unit, cap, self._spans(rest, finer))

    @staticmethod
    def _capped(unit: Unit, cap: Money | None, lines: list[Line]) -> list[Line]:
        if cap is None or sum(line.amount.minor for line in lines) <= cap.minor:
            return lines
        return [Line(unit, 1, cap, cap)]


_LADDER = ((Unit.MONTH, MONTH), (Unit.WEEK, WEEK), (Unit.DAY, DAY))
_ORDER = (Unit.MONTH, Unit.WEEK, Unit.DAY, Unit.HOUR)


def started_quarters(length: timedelta) -> int:
    return -(-length // QUARTER)


def _merged(lines: list[Line]) -> list[Line]:
    """Lines of one unit as one line. Hours split over days keep their own rounding."""
    merged: list[Line] = []
    for unit in _ORDER:
        same = [line for line in lines if line.unit is unit]
        if same:
            total = Money(sum(line.amount.minor for line in same), same[0].amount.currency)
            merged.append(Line(unit, sum(line.count for line in same), same[0].each, total))
    return merged
