"""The table of sweeps, and the clock that ticks them.

APScheduler is only a clock here. Its own jobs would not do: it deletes a job when it hands it over,
not when it is done, and it silently drops one that comes a little late. What is owed stands in
the database; a tick only says: look again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)

Listen = Callable[[str, Callable[[], None]], None]
"""Has a callback called after each commit of a unit that touched a topic."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """``run`` handles some of what is due and says whether there is more."""

    name: str
    every: timedelta
    run: Callable[[], Awaitable[bool]]
    topic: str | None = None
    """A commit that touched it starts the sweep at once."""


class Ticking:
    """``async with Ticking(...)``: each sweep runs again and again, never beside itself."""

    def __init__(self, sweeps: Sequence[Sweep], listen: Listen, drain: float = 10.0) -> None:
        self._sweeps = [(sweep, asyncio.Event()) for sweep in sweeps]
        self._drain = drain
        self._stopping = False
        self._clock = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for sweep, due in self._sweeps:
            self._clock.add_job(
                due.set,
                "interval",
                seconds=sweep.every.total_seconds(),
                next_run_time=datetime.now(UTC),
            )
            if sweep.topic is not None:
                listen(sweep.topic, due.set)

    async def __aenter__(self) -> Self:
        self._tasks = [asyncio.create_task(self._repeat(*each)) for each in self._sweeps]
        self._clock.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let the sweeps under way finish; what takes too long is cut, and done again later."""
        self._stopping = True
        self._clock.shutdown(wait=False)
        for _, due in self._sweeps:
            due.set()
        _, late = await asyncio.wait(self._tasks, timeout=self._drain)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _repeat(self, sweep: Sweep, due: asyncio.Event) -> None:
        while True:
            await due.wait()
            due.clear()
            if self._stopping:
                return
            try:
                if await sweep.run():
                    due.set()
            except Exception:
                log.exception("the sweep %s failed; it will be tried again", sweep.name)
