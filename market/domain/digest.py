"""What a lister is told in the morning: who comes today, what yesterday brought, what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from market.domain.booking import Booking
from market.domain.ids import PersonId
from market.domain.money import Money
from market.domain.notice import Kind, Notice
from market.domain.space import Space
from market.domain.window import Window

MORNING, NOON = time(8), time(12)
"""By the lister's clock: when a digest is due, and when it is too late for it."""
AHEAD = timedelta(minutes=15)
"""So long before it is due a digest is planned, so that it goes out on the minute."""

_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Digest:
    """Of one day, for one person, about every space they look after."""

    coming: Sequence[tuple[Booking, Space]]
    """Stays that begin today, soonest first."""
    earned: Sequence[Money]
    """By stays that ended yesterday at one's own spaces, one sum for each currency."""
    stays: int
    """How many those were."""
    requests: Sequence[Booking]

    @property
    def empty(self) -> bool:
        return not (self.coming or self.stays or self.requests)


def morning(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, MORNING, zone).astimezone(UTC)


def owed_day(now: datetime, zone: ZoneInfo) -> date | None:
    """The day whose digest has to be planned by now: from a little before its morning to noon."""
    day = (now + AHEAD).astimezone(zone).date()
    noon = datetime.combine(day, NOON, zone)
    return day if morning(day, zone) - AHEAD <= now < noon else None


def in_time(day: date, now: datetime, zone: ZoneInfo) -> bool:
    """Whether it is that morning where its receiver is now."""
    local = now.astimezone(zone)
    return local.date() == day and MORNING <= local.time() < NOON


def digest_key(day: date, person: PersonId | str) -> str:
    return f"{Kind.DIGEST}:{day}:{person}"


def digest_notice(person: PersonId, day: date, zone: ZoneInfo) -> Notice:
    """One a day, whatever zone somebody is in."""
    key = digest_key(day, person)
    return Notice(key, Kind.DIGEST, person, morning(day, zone), facts={"day": str(day)})


def today(day: date, zone: ZoneInfo) -> Window:
    """From midnight to midnight: 23 to 25 hours, where the clocks change."""
    return Window(_midnight(day, zone), _midnight(day + _DAY, zone))


def yesterday(day: date, zone: ZoneInfo) -> Window:
    midnight = _midnight(day, zone)
    before = (midnight - _INSTANT).astimezone(zone).date()
    return Window(_midnight(before, zone), midnight)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
