"""The one writer: grants units of work one after the other and commits them in groups.

A commit waits for the disk, which takes longer than all statements of a usual unit. So units share
it: each runs in a savepoint of its own, those that wait in one transaction, and all are released
when that transaction is safe on the disk. A unit that fails is rolled back to its savepoint alone.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from market.domain.errors import Busy
from storage.inplace import InPlaceConnection, is_locked

GROUP = 32
"""Units that share a commit at most: what the last of them gains, the first one waits for. None is
waited for: only who is there already comes along."""
CROWD = 8
"""Units that may wait before whatever else needs the processor should."""
PAUSE = 0.002
"""Seconds in which another process, which tries every 1 to 3 ms, may take the write lock."""


class TransactionFailed(Exception):
    """The group's transaction did not reach the disk: nothing of any unit in it was kept."""


@dataclass(eq=False, slots=True)
class Unit:
    """One unit of work on its way through the writer."""

    granted: asyncio.Future[AsyncConnection]
    ended: asyncio.Future[bool]
    """True when the unit's body came to its end and is to be kept."""
    settled: asyncio.Future[None]
    touched: set[str] = field(default_factory=set)
    """Topics whose listeners hear of the commit."""

    @classmethod
    def new(cls) -> "Unit":
        future = asyncio.get_running_loop().create_future
        return cls(future(), future(), future())

    @property
    def kept(self) -> bool:
        return self.ended.done() and self.ended.result()

    def release(self) -> None:
        """Let the unit go: it is safe on the disk."""
        if not self.settled.done():
            self.settled.set_result(None)

    def lose(self, error: Exception) -> None:
        """Tell the unit that it gets no turn, or that what it did was not kept."""
        awaited = self.settled if self.kept else self.granted
        if awaited.done():
            return
        if is_locked(error):
            awaited.set_exception(Busy())
        else:
            # One for each unit: tasks that shared an exception would mix their tracebacks.
            failure = TransactionFailed(str(error))
            failure.__cause__ = error
            awaited.set_exception(failure)


class Writer:
    """Made in a running loop, whose task it then is until ``close``."""

    def __init__(self, engine: AsyncEngine, announce: Callable[[set[str]], None]) -> None:
        self._engine = engine
        self._announce = announce
        self._waiting: deque[Unit] = deque()
        self._called = asyncio.Event()
        self._closing = False
        self._holder: asyncio.Task[object] | None = None
        self._connection: InPlaceConnection | None = None
        self._task = asyncio.create_task(self._run(), name="writer")

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[tuple[AsyncConnection, set[str]]]:
        """Have the connection for the length of the block; what was done there is safe after it."""
        task = asyncio.current_task()
        if self._holder is task:
            raise RuntimeError("a unit of work was begun inside another one of the same task")
        if self._closing:
            raise RuntimeError("the store is closed")
        unit = Unit.new()
        self._waiting.append(unit)
        self._called.set()
        try:
            connection = await unit.granted
            self._holder = task
            yield connection, unit.touched
        except BaseException:
            unit.ended.set_result(False)
            raise
        finally:
            if self._holder is task:
                self._holder = None
        unit.ended.set_result(True)
        await unit.settled

    @property
    def crowded(self) -> bool:
        return len(self._waiting) > CROWD

    async def close(self) -> None:
        """Serve the units that wait already, then disconnect."""
        self._closing = True
        self._called.set()
        await self._task

    async def _run(self) -> None:
        while not (self._closing and not self._waiting):
            if self._waiting:
                await self._serve_group()
            else:
                self._called.clear()
                await self._called.wait()
        await self._disconnect()

    async def _serve_group(self) -> None:
        tried_for = list(self._waiting)
        try:
            connection = await self._connected()
            transaction = await connection.begin()
        except Exception as error:  # noqa: BLE001 - whatever it was, those who wait must hear of it
            # Whoever came while the writer tried has not waited long enough to be turned away.
            for unit in tried_for:
                self._waiting.popleft()
                unit.lose(error)
            await self._disconnect()
            return
        members: list[Unit] = []
        try:
            await self._serve(connection, members)
            await transaction.commit()
        except Exception as error:  # noqa: BLE001 - as above
            for unit in members:
                unit.lose(error)
            await self._disconnect()
            return
        self._release(members)
        if connection.driver.others_wait():
            await asyncio.sleep(PAUSE)

    async def _serve(self, connection: InPlaceConnection, members: list[Unit]) -> None:
        driver = connection.driver
        while self._waiting and len(members) < GROUP:
            unit = self._waiting.popleft()
            if unit.granted.cancelled():
                continue
            members.append(unit)
            driver.execute("SAVEPOINT unit")
            unit.granted.set_result(connection)
            if not await unit.ended:
                driver.execute("ROLLBACK TO unit")
            driver.execute("RELEASE unit")

    def _release(self, members: Iterable[Unit]) -> None:
        touched: set[str] = set()
        for unit in members:
            if unit.kept:
                touched |= unit.touched
                unit.release()
        self._announce(touched)

    async def _connected(self) -> InPlaceConnection:
        if self._connection is None:
            connection = InPlaceConnection(self._engine)
            await connection.start()
            self._connection = connection
        return self._connection

    async def _disconnect(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            # Not returned in good order: a broken transaction could not even be rolled back.
            await connection.invalidate()
            await connection.close()
