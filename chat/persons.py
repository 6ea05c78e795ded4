"""Order and limits: one person's updates follow one another, people stand side by side."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

log = logging.getLogger(__name__)

J = TypeVar("J")


class Persons(Generic[J]):
    """A queue for each person who has something waiting, and a task that empties it.

    A person's turn comes first and only then the limit that all share. The other way round, one
    who floods the bot takes every slot with updates that only wait for each other, and starves
    everybody else.
    """

    def __init__(self, work: Callable[[J, asyncio.Semaphore], Awaitable[None]], limit: int) -> None:
        self._work = work
        self._limit = asyncio.Semaphore(limit)
        self._queues: dict[Hashable, deque[J]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._idle = asyncio.Event()
        self._idle.set()

    def put(self, person: Hashable, job: J) -> None:
        queue = self._queues.get(person)
        if queue is not None:
            queue.append(job)
            return
        self._queues[person] = deque([job])
        self._idle.clear()
        task = asyncio.create_task(self._empty(person))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def idle(self) -> None:
        """Return when nothing is waiting or under way."""
        await self._idle.wait()

    async def stop(self) -> None:
        """Drop what waits and interrupt what is under way; both are still in the inbox."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _empty(self, person: Hashable) -> None:
        queue = self._queues[person]
        try:
            while queue:
                try:
                    await self._work(queue[0], self._limit)
                except Exception:
                    log.exception("an update stays in the inbox until the next start")
                queue.popleft()
        finally:
            del self._queues[person]
            if not self._queues:
                self._idle.set()
