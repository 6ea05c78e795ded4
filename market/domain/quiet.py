"""Nights, in which no notice makes a sound."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

NIGHT, DAY = time(22), time(7)
"""From when to when, by the receiver's clock."""


def quiet(now: datetime, zone: ZoneInfo) -> bool:
    clock = now.astimezone(zone).time()
    return clock >= NIGHT or clock < DAY
