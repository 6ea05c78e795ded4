"""Deletes what has been kept as long as was promised, and the traces of who was erased."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from chat.ports import Clock
from jobs.units import Units
from market.services.messages import MessageService
from market.services.reports import ReportService

BATCH = 50


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
