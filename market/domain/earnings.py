"""What a space has earned, month by month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from market.domain.money import Money
from market.domain.window import Window


@dataclass(frozen=True, slots=True)
class Month:
    """Stays count for the month in which they end."""

    first: date
    earned: Money
    stays: int


def months_until(today: date, count: int, zone: ZoneInfo) -> Iterator[tuple[date, Window]]:
    """The last months up to this one, oldest first, as first days and windows."""
    number = today.year * 12 + today.month - 1
    for each in range(number - count + 1, number + 1):
        first, after = _first(each), _first(each + 1)
        yield first, Window(_midnight(first, zone), _midnight(after, zone))


def _first(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
