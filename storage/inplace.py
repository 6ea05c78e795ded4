"""An SQLite connection whose statements run where they are called, on the event loop.

A short indexed statement takes some 20 microseconds; handing it to a thread and back costs ten
times that, and SQLAlchemy's greenlets three times. So only what may wait leaves the loop: the write
lock is awaited in naps, and COMMIT, which waits for the disk, runs in a thread.
"""

import asyncio
import random
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self

from sqlalchemy import Connection, CursorResult
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.util import await_only

from storage.turns import Turns

PATIENCE = 5.0
"""Seconds that BEGIN keeps trying for the write lock."""
NAP = (0.001, 0.003)
"""Seconds between two tries. SQLite's own busy handler backs off to 100 ms and lets a busy process
starve the others: with eight of them the longest wait was 2,235 ms that way and 172 ms this way."""

WRITING = """
    PRAGMA busy_timeout = 0;
    PRAGMA foreign_keys = ON;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA cache_size = -65536;
"""
# Readers wait for nothing but another process that repairs the log of one that was killed.
LOOKING = """
    PRAGMA busy_timeout = 1000;
    PRAGMA query_only = ON;
    PRAGMA cache_size = -65536;
"""


def is_locked(error: BaseException) -> bool:
    """Whether SQLite said that another connection holds the lock, to SQLAlchemy or to us."""
    code: int | None = getattr(getattr(error, "orig", error), "sqlite_errorcode", None)
    return code is not None and code & 0xFF == sqlite3.SQLITE_BUSY


class InPlaceCursor(sqlite3.Cursor):
    """Fetches every row at once: a statement left half-way would keep a transaction from ending."""

    _rows: list[Any]

    def execute(self, statement: str, values: Any = ()) -> Self:
        super().execute(statement, values)
        # In reverse, for the end of a list is where taking one is cheap.
        self._rows = super().fetchall()[::-1] if self.description else []
        return self

    def fetchone(self) -> Any:
        return self._rows.pop() if self._rows else None

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        return [self._rows.pop() for _ in range(min(size or 1, len(self._rows)))]

    def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows[::-1], []
        return rows


class InPlaceDriver(sqlite3.Connection):
    """The driver's connection; its waits need one of SQLAlchemy's greenlets around them."""

    def __init__(self, path: str) -> None:
        # SQLite must not open transactions by itself: every one begins with BEGIN IMMEDIATE.
        super().__init__(path, isolation_level=None, check_same_thread=False, cached_statements=512)
        self._turns = Turns(f"{path}-turns")
        self._committer = ThreadPoolExecutor(1, thread_name_prefix="commit")

    @classmethod
    def open(cls, path: str, pragmas: str) -> Self:
        """Connect; the first to write to a new file also turns on its write-ahead log."""
        connection = cls(path)
        try:
            await_only(connection._patiently(lambda: connection.executescript(pragmas)))
        except BaseException:
            connection.close()
            raise
        return connection

    def begin_immediate(self) -> None:
        """Take the write lock before anything is read.

        Two renters who look at the same free window can so never both find it free. Raises
        sqlite3.OperationalError (``is_locked``) when the lock could not be had in time.
        """
        await_only(self._patiently(lambda: self.execute("BEGIN IMMEDIATE")))

    def commit(self) -> None:
        if self.in_transaction:
            loop = asyncio.get_running_loop()
            await_only(loop.run_in_executor(self._committer, super().commit))

    def others_wait(self) -> bool:
        """Whether another process is waiting for the write lock."""
        return self._turns.others_wait()

    def cursor(self, factory: Any = InPlaceCursor) -> Any:
        return super().cursor(factory)

    def close(self) -> None:
        self._committer.shutdown()
        super().close()
        self._turns.close()

    def terminate(self) -> None:
        """SQLAlchemy's word for closing what may be broken."""
        self.close()

    async def _patiently(self, statement: Callable[[], object]) -> None:
        """Run a statement, again and again while another connection holds the lock."""
        try:
            statement()
        except sqlite3.OperationalError as error:
            if not is_locked(error):
                raise
            with self._turns.waiting():
                await self._retry(statement)

    async def _retry(self, statement: Callable[[], object]) -> object:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + PATIENCE
        while True:
            await asyncio.sleep(random.uniform(*NAP))  # noqa: S311 - no secret
            try:
                return statement()
            except sqlite3.OperationalError as error:
                if not is_locked(error) or loop.time() > deadline:
                    raise


class InPlaceConnection(AsyncConnection):
    """SQLAlchemy's, but without a greenlet for each statement: an InPlaceDriver's never waits."""

    @property
    def driver(self) -> InPlaceDriver:
        driver = self._connected.connection.dbapi_connection
        assert isinstance(driver, InPlaceDriver)
        return driver

    async def execute(self, statement: Any, parameters: Any = None, **options: Any) -> Any:
        return self._connected.execute(statement, parameters, **options)

    async def exec_driver_sql(
        self, statement: str, parameters: Any = None, execution_options: Any = None
    ) -> CursorResult[Any]:
        return self._connected.exec_driver_sql(statement, parameters, execution_options)

    @property
    def _connected(self) -> Connection:
        assert self.sync_connection is not None
        return self.sync_connection
