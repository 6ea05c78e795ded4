import asyncio
import sqlite3

import pytest
from sqlalchemy.exc import OperationalError

from storage.changes import Noun
from storage.database import Store
from storage.guards import GUARDS, GuardMissing


class Breaks(Exception):
    pass


async def test_a_reader_sees_what_is_committed_and_nothing_else(store) -> None:
    async with store.begin() as work:
        await work.changes.append(Noun.SPACE, 1)
        async with store.read() as reader:
            assert await reader.changes.newest() == 0
    async with store.read() as reader:
        assert await reader.changes.newest() == 1


async def test_a_readers_view_stands_still(store) -> None:
    async with store.read() as reader:
        assert await reader.changes.newest() == 0
        async with store.begin() as work:
            await work.changes.append(Noun.SPACE, 1)
        assert await reader.changes.newest() == 0


async def test_a_reader_cannot_write(store) -> None:
    async with store.read() as reader:
        with pytest.raises(OperationalError, match="readonly"):
            await reader.changes.append(Noun.SPACE, 1)


async def test_listeners_hear_of_a_topic_once_a_commit(store) -> None:
    heard: list[str] = []
    store.listen("bookings", lambda: heard.append("bookings"))
    store.listen("notices", lambda: heard.append("notices"))

    async def unit() -> None:
        async with store.begin() as work:
            work.touch("bookings")
            assert heard == []

    await asyncio.gather(*(unit() for _ in range(3)))
    assert heard == ["bookings"]


async def test_listeners_do_not_hear_of_a_unit_that_failed(store) -> None:
    heard: list[str] = []
    store.listen("bookings", lambda: heard.append("bookings"))

    async def unit() -> None:
        async with store.begin() as work:
            work.touch("bookings")
            raise Breaks

    with pytest.raises(Breaks):
        await unit()
    async with store.begin():
        pass
    assert heard == []


async def test_a_listener_that_raises_does_not_stop_the_writer(store) -> None:
    told: list[BaseException] = []
    asyncio.get_running_loop().set_exception_handler(
        lambda _loop, context: told.append(context["exception"])
    )

    def broken() -> None:
        raise Breaks

    store.listen("bookings", broken)
    for _ in range(2):
        async with store.begin() as work:
            work.touch("bookings")
    await asyncio.sleep(0)
    assert [type(error) for error in told] == [Breaks, Breaks]


@pytest.mark.parametrize("guard", GUARDS)
async def test_a_store_without_a_guard_does_not_open(database, url, guard) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute(f"DROP TRIGGER {guard}")
    with pytest.raises(GuardMissing, match=guard):
        await Store.open(url)


async def test_a_store_with_a_weakened_guard_does_not_open(database, url) -> None:
    name, sql = next(iter(GUARDS.items()))
    with sqlite3.connect(database) as connection:
        connection.execute(f"DROP TRIGGER {name}")
        connection.execute(sql.replace("'held', ", ""))
    with pytest.raises(GuardMissing, match=name):
        await Store.open(url)


async def test_a_store_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a file"):
        await Store.open("sqlite+aiosqlite://")


async def test_a_glance_sees_what_is_committed_at_that_moment(store) -> None:
    async with store.glance() as work:
        assert await work.changes.newest() == 0
        async with store.begin() as unit:
            await unit.changes.append(Noun.SPACE, 1)
            assert await work.changes.newest() == 0
        assert await work.changes.newest() == 1


async def test_a_glance_cannot_write(store) -> None:
    async with store.glance() as work:
        with pytest.raises(OperationalError, match="readonly"):
            await work.changes.append(Noun.SPACE, 1)


async def test_a_glance_keeps_nothing_open_that_would_hold_a_writer_up(store, database) -> None:
    async with store.glance() as work:
        await work.changes.newest()
        with sqlite3.connect(database) as connection:
            assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone() == (0, 0, 0)
