"""What a stay costs: started quarter hours, capped by day, week and month prices."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TypeAlias

from market.domain.errors import Invalid
from market.domain.money import MAX_HOUR_PRICE, Money, check_hour_price

QUARTER = timedelta(minutes=15)
DAY, WEEK, MONTH = 96, 7 * 96, 30 * 96
"""Lengths in quarter hours, counted from the start of the stay."""

MAX_CAP = 30 * 24 * MAX_HOUR_PRICE
"""Minor units; a cap above a month at the highest hour price caps nothing."""


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


_Cap: TypeAlias = tuple[Unit, int, Money]
"""A unit, how many quarter hours it spans, and what they cost at most."""

_Charge: TypeAlias = tuple[Unit, int, int]
"""A unit, how many of it (as in ``Line``), and what that costs in minor units."""


@dataclass(frozen=True, slots=True)
class Tariff:
    """Price per hour, and caps: each 24 hours, 7 days and 30 days of a stay cost at most these.

    Raises Invalid for a price that is not positive or far too large.
    """

    hour: Money
    day: Money | None = None
    week: Money | None = None
    month: Money | None = None
    _caps: tuple[_Cap, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_hour_price(self.hour)
        caps = (
            (Unit.DAY, DAY, self.day),
            (Unit.WEEK, WEEK, self.week),
            (Unit.MONTH, MONTH, self.month),
        )
        known = tuple((unit, size, cap) for unit, size, cap in caps if cap is not None)
        object.__setattr__(self, "_caps", known)
        for _, _, cap in self._caps:
            if cap.currency != self.hour.currency:
                raise ValueError("one tariff, one currency")
            if cap.minor <= 0:
                raise Invalid("price", "too small", 1)
            if cap.minor > MAX_CAP:
                raise Invalid("price", "too large", MAX_CAP)

    def price(self, length: timedelta) -> Money:
        """All in, for a stay of this length. A longer stay never costs less."""
        stay = started_quarters(length)
        if stay <= DAY:  # as most are: one charge pays for all of it
            minor = self._by_hour(stay)
            for _, _, cap in self._caps:
                minor = min(minor, cap.minor)
        else:
            minor = sum(minor for _, _, minor in self._cheapest(stay))
        return Money(minor, self.hour.currency)

    def lines(self, length: timedelta) -> tuple[Line, ...]:
        """The price by line, longest unit first; together they are the price."""
        charges = self._cheapest(started_quarters(length))
        prices = {unit: price for unit, _, price in self._caps} | {Unit.HOUR: self.hour}
        lines = []
        for unit in _LONGEST_FIRST:
            if same := [(count, minor) for kind, count, minor in charges if kind is unit]:
                count, minor = map(sum, zip(*same, strict=True))
                lines.append(Line(unit, count, prices[unit], Money(minor, self.hour.currency)))
        return tuple(lines)

    def _cheapest(self, stay: int) -> list[_Charge]:
        """The cheapest way to pay for every quarter hour of a stay, the finer unit where equal.

        Day by day from the start: weeks and months are both counted from there, so the fifth week
        reaches over the first month's end, and neither is made of the other.
        """
        costs, last = {0: 0}, dict[int, tuple[int, _Charge]]()
        for day in range(DAY, stay + DAY, DAY):
            end = min(day, stay)
            begin, charge = min(
                self._last_charges(end), key=lambda option: costs[option[0]] + option[1][2]
            )
            costs[end], last[end] = costs[begin] + charge[2], (begin, charge)
        chosen: list[_Charge] = []
        while stay:
            stay, charge = last[stay]
            chosen.append(charge)
        return chosen

    def _last_charges(self, end: int) -> list[tuple[int, _Charge]]:
        """What a stay until ``end`` may be charged for last, and from when on that pays."""
        begin = (end - 1) // DAY * DAY
        rest = end - begin
        return [
            (begin, (Unit.HOUR, rest, self._by_hour(rest))),
            *(((end - 1) // size * size, (unit, 1, cap.minor)) for unit, size, cap in self._caps),
        ]

    def _by_hour(self, quarters: int) -> int:
        return -(-self.hour.minor * quarters // 4)


_LONGEST_FIRST = (Unit.MONTH, Unit.WEEK, Unit.DAY, Unit.HOUR)


def started_quarters(length: timedelta) -> int:
    return -(-length // QUARTER)
