"""What goes wrong on purpose: injected faults, and Telegram's flood control."""

import math
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from sandbox.errors import TooManyRequests
from sandbox.wire import Clock

RETRY_AFTER = 1


class Fault(StrEnum):
    """The first three happen instead of the call, the others after it took effect."""

    TOO_MANY = "too_many"
    SERVER_ERROR = "server_error"
    DROPPED = "dropped"
    SILENCE = "silence"
    DROPPED_AFTER = "dropped_after"


@dataclass
class Faults:
    """How often (0 to 1) each fault strikes a call; ``methods`` limits it to those named.

    ``silence`` accepts the call and never answers: the connection stays open for
    ``silent_seconds``. ``delay`` is the longest an answer is held back. getUpdates is
    spared unless it is named.
    """

    too_many: float = 0
    server_error: float = 0
    dropped: float = 0
    silence: float = 0
    dropped_after: float = 0
    delay: float = 0
    silent_seconds: float = 60
    methods: frozenset[str] = frozenset()
    dice: Random = field(default_factory=Random)

    def draw(self, method: str) -> Fault | None:
        if not self._strikes(method):
            return None
        rest = self.dice.random()
        for fault in Fault:
            rest -= getattr(self, fault)
            if rest < 0:
                return fault
        return None

    def pause(self, method: str) -> float:
        return self.dice.uniform(0, self.delay) if self._strikes(method) else 0

    def _strikes(self, method: str) -> bool:
        if self.methods:
            return method.lower() in {name.lower() for name in self.methods}
        return method.lower() != "getupdates"


@dataclass
class Flood:
    """Telegram's limits on sending: overall and per chat by the second, groups by the minute."""

    clock: Clock
    enabled: bool = False
    per_second: float = 30
    per_chat: float = 1
    chat_burst: float = 5
    group_per_minute: float = 20
    _buckets: dict[int | None, "_Bucket"] = field(default_factory=dict)

    def check(self, chat_id: int) -> None:
        """Count one message to the chat; TooManyRequests where that is too many."""
        if not self.enabled:
            return
        buckets = [
            self._bucket(None, self.per_second, self.per_second),
            self._bucket_of(chat_id),
        ]
        now = self.clock()
        wait = max(bucket.wait(now) for bucket in buckets)
        if wait > 0:
            raise TooManyRequests(math.ceil(wait))
        for bucket in buckets:
            bucket.level -= 1

    def _bucket_of(self, chat_id: int) -> "_Bucket":
        if chat_id < 0:
            return self._bucket(chat_id, self.group_per_minute / 60, self.group_per_minute)
        return self._bucket(chat_id, self.per_chat, self.chat_burst)

    def _bucket(self, key: int | None, rate: float, burst: float) -> "_Bucket":
        if key not in self._buckets:
            self._buckets[key] = _Bucket(rate, burst, burst, self.clock())
        return self._buckets[key]


@dataclass
class _Bucket:
    rate: float
    burst: float
    level: float
    filled_at: float

    def wait(self, now: float) -> float:
        """Fill up to now; the seconds until one more message fits."""
        self.level = min(self.burst, self.level + (now - self.filled_at) * self.rate)
        self.filled_at = now
        return max(0.0, (1 - self.level) / self.rate)
