"""The store of a year in which nothing is killed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Self

from sqlalchemy import NullPool
from sqlalchemy.ext.asyncio import create_async_engine

from storage.inplace import WRITING, InPlaceConnection, InPlaceDriver
from storage.work import Work


class OneHand:
    """Units one after the other, each in a savepoint, all in one transaction.

    A year of commits would take as long as everything else together, and nothing is killed here.
    """

    def __init__(self, connection: InPlaceConnection) -> None:
        self.connection = connection
        self._turn = asyncio.Lock()

    @classmethod
    @asynccontextmanager
    async def opened(cls, database: Path) -> AsyncIterator[Self]:
        connect = partial(InPlaceDriver.open, str(database), WRITING)
        url = f"sqlite+aiosqlite:///{database}"
        engine = create_async_engine(url, poolclass=NullPool, creator=connect)
        connection = await InPlaceConnection(engine).start()
        connection.driver.execute("BEGIN")
        yield cls(connection)
        await connection.close()
        await engine.dispose()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        async with self._turn:
            self.connection.driver.execute("SAVEPOINT unit")
            try:
                yield Work(self.connection, set())
            except BaseException:
                self.connection.driver.execute("ROLLBACK TO unit")
                raise
            finally:
                self.connection.driver.execute("RELEASE unit")

    read = begin
