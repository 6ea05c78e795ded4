"""A span of time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self


@dataclass(frozen=True, order=True, slots=True)
class Window:
    """A span of time, ``[start, end)``, in UTC: back-to-back windows do not overlap.

    Raises ValueError without zones or when it does not end after it starts.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is not UTC or self.end.tzinfo is not UTC:
            object.__setattr__(self, "start", _in_utc(self.start))
            object.__setattr__(self, "end", _in_utc(self.end))
        if self.start >= self.end:
            raise ValueError("a window must end after it starts")

    @classmethod
    def lasting(cls, start: datetime, length: timedelta) -> Self:
        """The window of a length (real time, not wall time) from a start."""
        start = _in_utc(start)
        return cls(start, start + length)

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def overlaps(self, other: "Window") -> bool:
        return self.start < other.end and other.start < self.end

    def holds(self, instant: datetime) -> bool:
        return self.start <= instant < self.end


def _in_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("a window needs time zones")
    return instant.astimezone(UTC)


def rounded_up(instant: datetime, step: timedelta = timedelta(minutes=15)) -> datetime:
    """The instant itself if it is a whole number of steps from the epoch, else the next one."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return instant + (epoch - instant) % step
