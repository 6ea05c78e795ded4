import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

import storage.inplace
from market.domain.errors import Busy
from storage.changes import Noun
from storage.database import Store
from storage.work import Work
from storage.writer import CROWD, GROUP, TransactionFailed


class Breaks(Exception):
    pass


def keys(database: Path) -> list[int]:
    """The keys of the changes that are really there."""
    connection = sqlite3.connect(database)
    found = [key for (key,) in connection.execute("SELECT key FROM changes ORDER BY id")]
    connection.close()
    return found


async def note(work: Work, key: int) -> None:
    await work.changes.append(Noun.SPACE, key)


async def test_what_a_unit_did_is_kept_when_its_block_ends(store, database) -> None:
    async with store.begin() as work:
        await note(work, 1)
        assert keys(database) == []
    assert keys(database) == [1]


async def test_a_unit_that_raises_leaves_nothing_and_the_error_passes_untouched(store, database):
    async def unit() -> None:
        async with store.begin() as work:
            await note(work, 1)
            raise Breaks

    with pytest.raises(Breaks):
        await unit()
    async with store.begin() as work:
        await note(work, 2)
    assert keys(database) == [2]


async def test_units_follow_one_another_in_the_order_in_which_they_came(store, database) -> None:
    inside = 0

    async def unit(key: int) -> None:
        nonlocal inside
        async with store.begin() as work:
            inside += 1
            assert inside == 1
            await note(work, key)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(unit(key) for key in range(20)))
    assert keys(database) == list(range(20))


async def test_waiting_units_share_commits_of_at_most_a_group(store, database) -> None:
    in_view: list[int] = []

    async def unit(key: int) -> None:
        async with store.begin() as work:
            await note(work, key)
        in_view.append(len(keys(database)))

    await asyncio.gather(*(unit(key) for key in range(2 * GROUP)))
    assert in_view == [GROUP] * GROUP + [2 * GROUP] * GROUP


async def test_a_failed_unit_is_rolled_back_alone(store, database) -> None:
    async def unit(key: int) -> None:
        async with store.begin() as work:
            await note(work, key)
            if key % 2:
                raise Breaks

    results = await asyncio.gather(*(unit(key) for key in range(6)), return_exceptions=True)
    assert [type(result) for result in results] == [type(None), Breaks] * 3
    assert keys(database) == [0, 2, 4]


async def test_a_refused_statement_fails_its_own_unit_alone(store, database) -> None:
    async def unit(id_: int) -> None:
        async with store.begin() as work:
            await work.connection.exec_driver_sql(
                "INSERT INTO changes (id, noun, key) VALUES (?, 'space', ?)", (id_, id_)
            )

    results = await asyncio.gather(*map(unit, [1, 2, 2, 3]), return_exceptions=True)
    assert [type(result) for result in results] == [type(None)] * 2 + [IntegrityError, type(None)]
    assert keys(database) == [1, 2, 3]


async def test_a_cancelled_unit_is_rolled_back_alone(store, database) -> None:
    started = asyncio.Event()

    async def hangs() -> None:
        async with store.begin() as work:
            await note(work, 1)
            started.set()
            await asyncio.Event().wait()

    async def works() -> None:
        async with store.begin() as work:
            await note(work, 2)

    hanging, working = asyncio.create_task(hangs()), asyncio.create_task(works())
    await started.wait()
    hanging.cancel()
    await working
    assert hanging.cancelled()
    assert keys(database) == [2]


async def test_a_unit_cancelled_while_it_waits_its_turn_never_runs(store, database) -> None:
    async def unit(key: int) -> None:
        async with store.begin() as work:
            await note(work, key)

    async with store.begin() as work:
        given_up, patient = asyncio.create_task(unit(1)), asyncio.create_task(unit(2))
        await asyncio.sleep(0)
        given_up.cancel()
        await note(work, 3)
    await patient
    assert given_up.cancelled()
    assert keys(database) == [3, 2]


async def test_a_unit_cancelled_in_the_instant_of_its_turn_holds_nobody_up(store, database) -> None:
    """Its turn and the cancellation may meet: then it has the turn and must give it back."""

    async def unit(key: int) -> None:
        async with store.begin() as work:
            await note(work, key)

    for hops in range(12):
        task, other = asyncio.create_task(unit(0)), asyncio.create_task(unit(1))
        for _ in range(hops):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        await other
    assert keys(database).count(1) == 12


async def test_a_unit_inside_another_of_the_same_task_raises(store, database) -> None:
    async with store.begin() as work:
        with pytest.raises(RuntimeError, match="inside another"):
            async with store.begin():
                pass
        await note(work, 1)
    assert keys(database) == [1]


async def test_units_of_two_stores_may_be_nested(store, tmp_path, migrated) -> None:
    other_path = tmp_path / "other.db"
    other_path.write_bytes(migrated.read_bytes())
    other = await Store.open(f"sqlite+aiosqlite:///{other_path}")
    async with store.begin(), other.begin() as work:
        await note(work, 1)
    await other.close()
    assert keys(other_path) == [1]


async def test_close_lets_the_units_finish_that_wait_already(store, database) -> None:
    async def unit(key: int) -> None:
        async with store.begin() as work:
            await note(work, key)

    units = [asyncio.create_task(unit(key)) for key in range(20)]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*units)
    assert keys(database) == list(range(20))


async def test_a_closed_store_begins_nothing(store) -> None:
    await store.close()
    with pytest.raises(RuntimeError, match="closed"):
        async with store.begin():
            pass


async def test_a_commit_that_fails_fails_its_whole_group_and_the_next_one_works(store, database):
    async def unit(key: int) -> None:
        async with store.begin() as work:
            await note(work, key)
            if key == 1:  # refers to nothing, which SQLite is told to look at only in COMMIT
                await work.connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
                await work.connection.exec_driver_sql("INSERT INTO drafts VALUES (404, '{}', 0)")

    results = await asyncio.gather(*map(unit, range(GROUP + 2)), return_exceptions=True)
    assert [type(result) for result in results] == [TransactionFailed] * GROUP + [type(None)] * 2
    assert "FOREIGN KEY" in str(results[0].__cause__)
    assert keys(database) == [GROUP, GROUP + 1]


async def test_a_full_disk_is_told_to_everyone_whose_work_it_undid(store, database) -> None:
    async def unit(key: int, size: int = 0) -> None:
        async with store.begin() as work:
            await note(work, key)
            if size:
                await work.connection.exec_driver_sql("PRAGMA max_page_count = 1")
                await work.connection.exec_driver_sql(
                    "INSERT INTO outbox (key, kind, person, due_at) VALUES (?, 'x', 1, 0)",
                    ("x" * size,),
                )

    before, fills, after = await asyncio.gather(
        unit(1), unit(2, size=1_000_000), unit(3), return_exceptions=True
    )
    assert isinstance(before, TransactionFailed)
    assert "full" in str(fills)
    assert after is None
    assert keys(database) == [3]


@pytest.fixture
def other_writer(database: Path):
    connection = sqlite3.connect(database, isolation_level=None)
    yield connection
    connection.close()


async def test_a_lock_that_is_never_given_back_is_busy(store, other_writer, monkeypatch) -> None:
    monkeypatch.setattr(storage.inplace, "PATIENCE", 0.02)
    other_writer.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy):
        async with store.begin():
            pass

    other_writer.execute("ROLLBACK")
    async with store.begin() as work:
        await note(work, 1)


async def test_a_unit_waits_for_another_process_that_writes(store, database, other_writer) -> None:
    async def unit() -> None:
        async with store.begin() as work:
            await note(work, 2)

    other_writer.execute("BEGIN IMMEDIATE")
    other_writer.execute("INSERT INTO changes (noun, key) VALUES ('space', 1)")
    waiting = asyncio.create_task(unit())
    await asyncio.wait([waiting], timeout=0.02)
    assert not waiting.done()
    other_writer.execute("COMMIT")
    await waiting
    assert keys(database) == [1, 2]


async def test_only_the_commit_leaves_the_loop(store) -> None:
    """The disk makes COMMIT wait; the rest is faster done than handed to a thread."""
    ran: list[tuple[str, str]] = []
    async with store.begin() as work:
        raw = (await work.connection.get_raw_connection()).dbapi_connection
        raw.set_trace_callback(lambda sql: ran.append((threading.current_thread().name, sql[:6])))
        await note(work, 1)
    main = threading.main_thread().name
    assert ran == [(main, "INSERT"), (main, "RELEAS"), ("commit_0", "COMMIT")]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 0),
        ("cache_size", -65536),
    ],
)
async def test_the_writer_is_safe_against_power_cuts_and_dangling_rows(store, pragma, value):
    async with store.begin() as work:
        result = await work.connection.exec_driver_sql(f"PRAGMA {pragma}")
        assert result.scalar_one() == value


async def test_a_unit_that_ends_the_transaction_is_told_that_it_was_not_kept(store, database):
    async def unit() -> None:
        async with store.begin() as work:
            await note(work, 1)
            await work.connection.exec_driver_sql("ROLLBACK")

    with pytest.raises(TransactionFailed, match="no such savepoint"):
        await unit()
    async with store.begin() as work:
        await note(work, 2)
    assert keys(database) == [2]


async def test_a_writer_that_cannot_connect_says_why(store, database) -> None:
    await store._writer._disconnect()
    database.rename(database.with_suffix(".gone"))
    database.mkdir()
    with pytest.raises(TransactionFailed, match="unable to open database file"):
        async with store.begin():
            pass

    database.rmdir()
    database.with_suffix(".gone").rename(database)
    async with store.begin() as work:
        await note(work, 1)
    assert keys(database) == [1]


async def test_a_unit_cancelled_while_it_waits_for_the_disk_is_kept(store, database) -> None:
    """It shares its commit: what is in there cannot be taken out again."""
    ended = asyncio.Event()

    async def unit() -> None:
        async with store.begin() as work:
            await note(work, 1)
            ended.set()

    task = asyncio.create_task(unit())
    await ended.wait()
    task.cancel()
    async with store.begin() as work:
        await note(work, 2)
    assert task.cancelled()
    assert keys(database) == [1, 2]


async def test_it_is_crowded_while_many_units_wait(store) -> None:
    seen: list[bool] = []

    async def unit() -> None:
        async with store.begin():
            seen.append(store.crowded())

    await asyncio.gather(*(unit() for _ in range(CROWD + 3)))
    assert seen == [True, True, *[False] * (CROWD + 1)]
