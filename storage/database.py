"""The store: one writer that groups units of work, and readers that never hold it up."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Self

from sqlalchemy import event, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import NullPool

from market.domain.errors import Busy
from storage.dialect import shared_engine
from storage.guards import assert_guards
from storage.inplace import LOOKING, WRITING, InPlaceConnection, InPlaceDriver, is_locked
from storage.work import Work
from storage.writer import Writer

READERS = 4
"""Connections that read side by side; each is a thread of aiosqlite."""


class Store:
    """Made by ``await Store.open(url)`` and ended by ``await store.close()``."""

    def __init__(self, writer: AsyncEngine, readers: AsyncEngine, looker: AsyncEngine) -> None:
        self._engines = writer, readers, looker
        self._readers = readers
        self._look = InPlaceConnection(looker)
        self._listeners: defaultdict[str, list[Callable[[], None]]] = defaultdict(list)
        self._writer = Writer(writer, self._announce)

    @classmethod
    async def open(cls, url: str) -> Self:
        """Raises GuardMissing when the database does not itself refuse overlapping bookings."""
        store = cls(_writer_engine(url), _reader_engine(url), _looker_engine(url))
        try:
            # By the writer, for its connection turns on the write-ahead log, which a reader's
            # open view would prevent later.
            async with store.begin() as work:
                await assert_guards(work.connection)
            await store._look.start()
        except BaseException:
            await store.close()
            raise
        return store

    async def close(self) -> None:
        """Finish the units under way, then close every connection."""
        await self._writer.close()
        if self._look.sync_connection is not None:
            await self._look.close()
        for engine in self._engines:
            await engine.dispose()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        """One unit of work: kept when the block ends, undone when it raises or is cancelled.

        Short indexed statements only, and nothing that waits: everybody's units follow one
        another. Raises Busy when other processes kept the write lock; a unit inside another of the
        same task is a RuntimeError.
        """
        async with self._writer.unit() as (connection, touched):
            yield Work(connection, touched)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Work]:
        """A steady view of what is committed, beside the writer, for long or read-only things."""
        try:
            async with self._readers.connect() as connection:
                yield Work(connection, set())
        except OperationalError as error:
            if is_locked(error):
                raise Busy from None
            raise

    @asynccontextmanager
    async def glance(self) -> AsyncIterator[Work]:
        """What is committed at the moment of each statement; read-only, short indexed queries only.

        They run in place, which costs a twentieth of ``read``, and without a transaction, so that
        everybody can share one connection. Two statements may see two states.
        """
        yield Work(self._look, set())

    def crowded(self) -> bool:
        """Whether so many units of work wait that nothing else should take the processor."""
        return self._writer.crowded

    def listen(self, topic: str, callback: Callable[[], None]) -> None:
        """Have it called on the loop after each commit of a unit that touched the topic."""
        self._listeners[topic].append(callback)

    def _announce(self, topics: set[str]) -> None:
        loop = asyncio.get_running_loop()
        for topic in topics:
            for callback in self._listeners[topic]:
                # By way of the loop, so that a listener that raises does not stop the writer.
                loop.call_soon(callback)


def _writer_engine(url: str) -> AsyncEngine:
    engine = _in_place_engine(url, WRITING)
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def _looker_engine(url: str) -> AsyncEngine:
    return _in_place_engine(url, LOOKING, isolation_level="AUTOCOMMIT")


def _in_place_engine(url: str, pragmas: str, **options: Any) -> AsyncEngine:
    path = make_url(url).database
    if not path:
        raise ValueError(f"the store needs a file: {url}")
    connect = partial(InPlaceDriver.open, path, pragmas)
    return shared_engine(url, poolclass=NullPool, creator=connect, **options)


def _begin_immediate(connection: Any) -> None:
    connection.connection.dbapi_connection.begin_immediate()


def _reader_engine(url: str) -> AsyncEngine:
    engine = shared_engine(url, pool_size=READERS, max_overflow=0)
    event.listen(engine.sync_engine, "connect", _prepare_reader)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _prepare_reader(connection: Any, _record: Any) -> None:
    # The driver must not open transactions by itself: see _begin.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 5000")
    cursor.execute("PRAGMA query_only = ON")
    cursor.execute("PRAGMA cache_size = -65536")
    cursor.close()


def _begin(connection: Any) -> None:
    # Without it each statement would see a state of its own.
    connection.exec_driver_sql("BEGIN")
