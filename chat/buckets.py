"""How fast we may send: token buckets, and the queue of those who wait for a token."""

import asyncio
from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """What Telegram asks of a bot (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits)."""

    per_second: float = 30
    per_chat: float = 1
    """A second, on the average: a few at once are forgiven."""
    per_group: float = 20
    """A minute."""
    burst: int = 5


class Bucket:
    """Holds up to ``size`` tokens and gains ``rate`` of them a second. Knows no clock."""

    __slots__ = ("_rate", "_size", "_stamp", "_tokens")

    def __init__(self, rate: float, size: float) -> None:
        self._rate = rate
        self._size = size
        self._tokens = size
        self._stamp = 0.0

    def wait(self, now: float, spare: int = 0) -> float:
        """Seconds until there is a token, and as many more as are to be left."""
        self._fill(now)
        return max(0.0, (min(1 + spare, self._size) - self._tokens) / self._rate)

    def take(self, now: float) -> None:
        self._fill(now)
        self._tokens -= 1

    def full(self, now: float) -> bool:
        self._fill(now)
        return self._tokens >= self._size

    def _fill(self, now: float) -> None:
        if now > self._stamp:
            self._tokens = min(self._size, self._tokens + (now - self._stamp) * self._rate)
            self._stamp = now


@dataclass(order=True, slots=True)
class _Waiter:
    """Sorted: replies before notices, then who came first."""

    notice: bool
    number: int
    chat: int = field(compare=False)
    spare: int = field(compare=False)
    go: asyncio.Future[None] = field(compare=False)


CHATS_KEPT = 10_000
_SOON = 1e-3


class Gate:
    """Lets one message at a time through to Telegram, as fast as all limits allow."""

    def __init__(self, limits: Limits, clock: Callable[[], float] | None = None) -> None:
        self._limits = limits
        self._clock = clock or asyncio.get_running_loop().time
        self._all = Bucket(limits.per_second, max(1.0, limits.per_second))
        self._chats: dict[int, Bucket] = {}
        self._halted: dict[int, float] = {}
        self._halted_all = 0.0
        self._waiters: list[_Waiter] = []
        self._count = 0
        self._timer: asyncio.TimerHandle | None = None

    async def enter(self, chat: int, *, notice: bool, spare: int = 0) -> None:
        """Return when a message to the chat may be sent, and ``spare`` more could be after it."""
        if not self._waiters and self._admit(chat, self._clock(), spare) == 0:
            return
        self._count += 1
        go = asyncio.get_running_loop().create_future()
        waiter = _Waiter(notice, self._count, chat, spare, go)
        insort(self._waiters, waiter)
        self._let_through()
        try:
            await go
        except asyncio.CancelledError:
            self._waiters = [other for other in self._waiters if other is not waiter]
            raise

    def silence(self, chat: int) -> float:
        """Seconds for which Telegram wants nothing sent there."""
        return max(self._halted.get(chat, 0.0), self._halted_all) - self._clock()

    def halt(self, chat: int, seconds: float) -> None:
        """Telegram asked for silence: in this chat; in all, if another one is halted already."""
        now = self._clock()
        self._halted = {other: end for other, end in self._halted.items() if end > now}
        if self._halted.keys() - {chat}:
            self._halted_all = max(self._halted_all, now + seconds)
        self._halted[chat] = max(self._halted.get(chat, 0.0), now + seconds)

    def _admit(self, chat: int, now: float, spare: int) -> float:
        """Take a token of each kind, or say how long that is not possible."""
        bucket = self._bucket(chat, now)
        silence = max(self._halted.get(chat, 0.0), self._halted_all) - now
        wait = max(silence, bucket.wait(now, spare), self._all.wait(now, spare))
        if wait > 0:
            return wait
        bucket.take(now)
        self._all.take(now)
        return 0

    def _let_through(self) -> None:
        """Admit everyone who may go now, and come back for the next."""
        now = self._clock()
        soonest = None
        staying = []
        for waiter in self._waiters:
            wait = self._admit(waiter.chat, now, waiter.spare)
            if wait == 0:
                if not waiter.go.done():
                    waiter.go.set_result(None)
            else:
                staying.append(waiter)
                soonest = wait if soonest is None else min(soonest, wait)
        self._waiters = staying
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if soonest is not None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(max(soonest, _SOON), self._let_through)

    def _bucket(self, chat: int, now: float) -> Bucket:
        bucket = self._chats.get(chat)
        if bucket is None:
            if len(self._chats) >= CHATS_KEPT:
                self._chats = {id_: it for id_, it in self._chats.items() if not it.full(now)}
            bucket = self._chats[chat] = self._new_bucket(chat)
        return bucket

    def _new_bucket(self, chat: int) -> Bucket:
        # Telegram gives groups and channels ids below zero.
        if chat < 0:
            return Bucket(self._limits.per_group / 60, self._limits.per_group)
        return Bucket(self._limits.per_chat, self._limits.burst)
