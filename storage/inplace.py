"""An SQLite connection whose statements run where they are called, on the event loop.

A short indexed statement takes some 20 microseconds; handing it to a thread and back costs ten
times that. So only what may wait leaves the loop: the write lock is awaited in naps, and COMMIT,
which waits for the disk, runs in a thread.

The classes have the face of aiosqlite, so that SQLAlchemy's dialect of that name drives them.
"""

import asyncio
import random
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self

from storage.turns import Turns

PATIENCE = 5.0
"""Seconds that BEGIN keeps trying for the write lock."""
NAP = (0.001, 0.003)
"""Seconds between two tries. SQLite's own busy handler backs off to 100 ms and lets a busy process
starve the others: with eight of them the longest wait was 2,235 ms that way and 172 ms this way."""

_PRAGMAS = """
    PRAGMA busy_timeout = 0;
    PRAGMA foreign_keys = ON;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA cache_size = -65536;
"""


async def open_in_place(path: str) -> "InPlaceConnection":
    """Connect; the first connection to a new file also turns on its write-ahead log."""
    # SQLite must not open transactions by itself: every one begins with BEGIN IMMEDIATE.
    raw = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection = InPlaceConnection(raw, Turns(f"{path}-turns"))
    await connection.patiently(lambda: raw.executescript(_PRAGMAS))
    return connection


def is_locked(error: BaseException) -> bool:
    """Whether SQLite said that another connection holds the lock, to SQLAlchemy or to us."""
    code: int | None = getattr(getattr(error, "orig", error), "sqlite_errorcode", None)
    return code is not None and code & 0xFF == sqlite3.SQLITE_BUSY


class InPlaceConnection:
    def __init__(self, raw: sqlite3.Connection, turns: Turns) -> None:
        self._connection = raw
        self._turns = turns
        self._committer = ThreadPoolExecutor(1, thread_name_prefix="commit")

    async def begin_immediate(self) -> None:
        """Take the write lock before anything is read.

        Two renters who look at the same free window can so never both find it free. Raises
        sqlite3.OperationalError (``is_locked``) when the lock could not be had in time.
        """
        await self.patiently(lambda: self._connection.execute("BEGIN IMMEDIATE"))

    async def patiently(self, statement: Callable[[], object]) -> None:
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

    def others_wait(self) -> bool:
        """Whether another process is waiting for the write lock."""
        return self._turns.others_wait()

    def run(self, statement: str) -> None:
        """Execute one statement without parameters or rows."""
        self._connection.execute(statement)

    def cursor(self) -> "InPlaceCursor":
        return InPlaceCursor(self._connection.cursor())

    async def create_function(self, *args: Any, **options: Any) -> None:
        self._connection.create_function(*args, **options)

    async def commit(self) -> None:
        if self._connection.in_transaction:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._committer, self._connection.commit)

    async def rollback(self) -> None:
        self._connection.rollback()

    async def close(self) -> None:
        self.stop()

    def stop(self) -> None:
        self._committer.shutdown(wait=True)
        self._connection.close()
        self._turns.close()


class InPlaceCursor:
    """A cursor whose methods are awaited, and never suspend."""

    def __init__(self, raw: sqlite3.Cursor) -> None:
        self._raw = raw

    @property
    def description(self) -> Any:
        return self._raw.description

    @property
    def rowcount(self) -> int:
        return self._raw.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._raw.lastrowid

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, values: Sequence[Any] = ()) -> None:
        self._raw.execute(statement, values)

    async def executemany(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        self._raw.executemany(statement, rows)

    async def fetchall(self) -> list[Any]:
        return self._raw.fetchall()

    async def close(self) -> None:
        self._raw.close()
