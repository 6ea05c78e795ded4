"""Forgets what is no longer needed, a little at a time."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from chat.ports import Clock

KEPT_DONE = timedelta(hours=24)
"""What a finished update said."""
KEPT_DEAD = timedelta(days=30)
"""What an update said that could not be handled: somebody has to look into it."""
KEPT_IDS = timedelta(days=3)
"""That an update was there, so that it is not handled again; Telegram offers it for one day."""
KEPT_QUOTES = timedelta(days=7)
"""After they ran out: an old card can still say what it offered."""
KEPT_CHANGES = 100_000
KEPT_REPLIES = timedelta(days=1)
"""That a request over HTTP may be sent again with the same key."""


class Inbox(Protocol):
    async def empty(self, done_before: datetime, dead_before: datetime) -> int: ...
    async def drop(self, before: datetime) -> int: ...


class Quotes(Protocol):
    async def drop_expired(self, before: datetime) -> int: ...


class Forgetful(Protocol):
    """Sessions, codes and replies over HTTP."""

    async def forget(self, before: datetime) -> None: ...


class Changes(Protocol):
    async def forget(self, keep: int) -> None: ...


class Work(Protocol):
    @property
    def inbox(self) -> Inbox: ...
    @property
    def quotes(self) -> Quotes: ...
    @property
    def changes(self) -> Changes: ...
    @property
    def sessions(self) -> Forgetful: ...
    @property
    def codes(self) -> Forgetful: ...
    @property
    def replies(self) -> Forgetful: ...


class Units(Protocol):
    def begin(self) -> AbstractAsyncContextManager[Work]: ...


@dataclass(frozen=True, slots=True)
class Cleaning:
    units: Units
    clock: Clock

    async def __call__(self) -> bool:
        now = self.clock()
        # One short unit each: nobody's update waits for all of it.
        async with self.units.begin() as work:
            await work.inbox.empty(now - KEPT_DONE, now - KEPT_DEAD)
        async with self.units.begin() as work:
            await work.inbox.drop(now - KEPT_IDS)
        async with self.units.begin() as work:
            await work.quotes.drop_expired(now - KEPT_QUOTES)
        async with self.units.begin() as work:
            await work.changes.forget(KEPT_CHANGES)
        async with self.units.begin() as work:
            await work.sessions.forget(now)
        async with self.units.begin() as work:
            await work.codes.forget(now)
            await work.replies.forget(now - KEPT_REPLIES)
        return False
