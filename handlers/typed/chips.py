"""Windows that are one tap away, in the zone of the place."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from market.domain.schedule import local_instant, local_window
from market.domain.window import Window, rounded_up
from views.time import Chip

EVENING, NIGHT = time(18), time(23)
"""When "tonight" begins and ends."""
LAST_CALL = timedelta(minutes=30)
"""So long before its end "tonight" is not worth offering any more."""
OFFICE = time(9), time(17)


def chip_windows(now: datetime, zone: ZoneInfo) -> Mapping[Chip, Window]:
    """What can be offered now; tonight only until half past ten."""
    start = rounded_up(now)
    hours = ((Chip.ONE, 1), (Chip.TWO, 2), (Chip.FOUR, 4))
    windows = {chip: Window.lasting(start, timedelta(hours=length)) for chip, length in hours}
    if evening := tonight(now, zone):
        windows[Chip.TONIGHT] = evening
    windows[Chip.TOMORROW] = _tomorrow(now, zone)
    return windows


def tonight(now: datetime, zone: ZoneInfo) -> Window | None:
    """The rest of the evening, while there is enough of it."""
    today = now.astimezone(zone).date()
    end = local_instant(datetime.combine(today, NIGHT), zone)
    if now >= end - LAST_CALL:
        return None
    return Window(max(local_instant(datetime.combine(today, EVENING), zone), rounded_up(now)), end)


def _tomorrow(now: datetime, zone: ZoneInfo) -> Window:
    day = now.astimezone(zone).date() + timedelta(days=1)
    first, last = OFFICE
    return local_window(datetime.combine(day, first), datetime.combine(day, last), zone)
