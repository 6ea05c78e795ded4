"""Windows that are one tap away, in the zone of the place."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from market.domain.window import Window, rounded_up
from views.time import Chip

EVENING, NIGHT = time(18), time(23)
"""When "tonight" begins and ends."""
PARTS = {
    "morning": (time(8), time(12)),
    "afternoon": (time(12), time(18)),
    "evening": (EVENING, NIGHT),
}
"""What a part of a day means where no hour is said: it stands on the card, to be changed."""
LAST_CALL = time(22, 30)
"""From then on "tonight" is not worth offering any more."""
OFFICE = time(9), time(17)

_LENGTHS = {
    Chip.ONE: timedelta(hours=1),
    Chip.TWO: timedelta(hours=2),
    Chip.FOUR: timedelta(hours=4),
}


def offered(now: datetime, zone: ZoneInfo) -> tuple[Chip, ...]:
    """All of them, but tonight only until half past ten."""
    late = now.astimezone(zone).time() >= LAST_CALL
    return tuple(chip for chip in Chip if not (late and chip is Chip.TONIGHT))


def window_of(chip: Chip, now: datetime, zone: ZoneInfo) -> Window | None:
    """None for the evening when it is over."""
    if chip is Chip.TONIGHT:
        return tonight(now, zone)
    if chip is Chip.TOMORROW:
        day = now.astimezone(zone).date() + timedelta(days=1)
        return Window(*(_instant(day, hour, zone) for hour in OFFICE))
    return Window.lasting(rounded_up(now), _LENGTHS[chip])


def tonight(now: datetime, zone: ZoneInfo) -> Window | None:
    """The rest of the evening, while there is enough of it."""
    if Chip.TONIGHT not in offered(now, zone):
        return None
    today = now.astimezone(zone).date()
    start = max(_instant(today, EVENING, zone), rounded_up(now))
    return Window(start, _instant(today, NIGHT, zone))


def _instant(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """The first such hour where the clock repeats it: nobody typed it, so nobody can be asked."""
    return datetime.combine(day, hour, zone).astimezone(UTC)
