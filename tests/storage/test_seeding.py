"""A made-up world keeps every rule of the real one."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.database import Store
from storage.migrate import check
from storage.seeding import fill_world
from storage.tables.base import micros

NOW = datetime(2030, 5, 1, 9, 7, tzinfo=UTC)
OVERLAPS = """
    SELECT count(*) FROM bookings AS a JOIN bookings AS b ON a.space = b.space AND a.id < b.id
    WHERE a.starts_at < b.blocked_until AND b.starts_at < a.blocked_until"""
LATE_ENDS = "SELECT count(*) FROM bookings WHERE ends_at < starts_at OR blocked_until < ends_at"
OVERDUE = "SELECT count(*) FROM bookings WHERE state IN ('booked', 'requested') AND ends_at <= ?"


def rows(database: Path, query: str, *values: object) -> list[tuple]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query, values).fetchall()


def attached(database: Path) -> list[tuple]:
    return rows(database, "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2")


async def test_a_world_is_as_large_as_asked_for_and_keeps_the_rules(url, database) -> None:
    before = attached(database)

    fill_world(url, spaces=3_000, bookings=9_000, seed=5, now=NOW)

    assert rows(database, "SELECT count(*) FROM spaces") == [(3_000,)]
    assert rows(database, "SELECT count(*) FROM bookings") == [(9_000,)]
    assert rows(database, OVERLAPS) == rows(database, LATE_ENDS) == [(0,)]
    assert rows(database, OVERDUE, micros(NOW)) == [(0,)]
    assert rows(database, "PRAGMA foreign_key_check") == []
    assert attached(database) == before, "guards and indexes are back"
    check(url)
    store = await Store.open(url)
    async with store.read() as work:
        [(space,)] = rows(database, "SELECT id FROM spaces WHERE state = 'live' LIMIT 1")
        assert (await work.spaces.get(space)).title
    await store.close()


def test_two_worlds_fit_into_one_database(url, database) -> None:
    fill_world(url, spaces=100, bookings=200, seed=5, now=NOW)
    fill_world(url, spaces=100, bookings=0, seed=6, now=NOW)

    assert rows(database, "SELECT count(*) FROM spaces") == [(200,)]


def test_a_world_that_does_not_fit_leaves_nothing_behind(url, database) -> None:
    fill_world(url, spaces=100, bookings=200, seed=5, now=NOW)
    before = attached(database)

    with pytest.raises(sqlite3.IntegrityError):
        fill_world(url, spaces=100, bookings=200, seed=5, now=NOW)

    assert rows(database, "SELECT count(*) FROM spaces") == [(100,)]
    assert attached(database) == before
