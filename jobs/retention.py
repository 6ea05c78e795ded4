"""Deletes what has been kept as long as was promised, and the traces of who was erased."""

import logging
from collections.abc import Awaitable, Callable, Collection
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from chat.ports import Clock
from jobs.units import Units
from market.ports.work import Work
from market.services.messages import MessageService
from market.services.reports import ReportService

log = logging.getLogger(__name__)

BATCH = 50
UNNAMED = timedelta(days=1)
"""So long a row may take to name what is in the photo store already."""


class Reading(Protocol):
    def read(self) -> AbstractAsyncContextManager[Work]: ...


@dataclass(frozen=True, slots=True)
class Retention:
    """Reports and relayed messages, whose time is over."""

    units: Units
    clock: Clock

    async def __call__(self) -> bool:
        # One short unit each: nobody's update waits for all of it.
        async with self.units.begin() as work:
            reports = await ReportService(work, self.clock(), frozenset()).forget(BATCH)
        async with self.units.begin() as work:
            messages = await MessageService(work, self.clock()).forget(BATCH)
        return BATCH in (reports, messages)


@dataclass(frozen=True, slots=True)
class Farewells:
    """What the chat itself still keeps of people who were erased, once they have been told."""

    units: Units

    async def __call__(self) -> bool:
        async with self.units.begin() as work:
            await work.erasure.sweep()
        # Whoever still waits for the goodbye has their turn with the next tick.
        return False


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Bytes in the photo store that no row ever came to name: a crash or a refusal was faster.

    A folder of which most is unknown belongs to another database; it is left alone.
    """

    units: Reading
    clock: Clock
    kept_before: Callable[[datetime], Awaitable[Collection[str]]]
    drop: Callable[[str], Awaitable[None]]

    async def __call__(self) -> bool:
        kept = set(await self.kept_before(self.clock() - UNNAMED))
        async with self.units.read() as work:
            named = set(await work.photos.keys())
        unnamed = kept - named
        if len(unnamed) > len(kept & named):
            log.warning("%s photos are of no row and stay: is the folder ours?", len(unnamed))
            return False
        for key in unnamed:
            await self.drop(key)
        return False


@dataclass(frozen=True, slots=True)
class Discarding:
    """The bytes of photos that no row names any more."""

    units: Units
    drop: Callable[[str], Awaitable[None]]
    """Deletes from the photo store; what is not there is gone already."""

    async def __call__(self) -> bool:
        async with self.units.begin() as work:
            keys = await work.photos.discarded(BATCH)
        for key in keys:
            await self.drop(key)
        async with self.units.begin() as work:
            await work.photos.gone(keys)
        return len(keys) == BATCH
