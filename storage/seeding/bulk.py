"""Writes very many rows at once."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any

import numpy as np
from sqlalchemy import make_url

Columns = Mapping[str, Any]
"""Values by column: an array or a list of all of them, or one value for all rows."""

_CHUNK = 50_000


@contextmanager
def bulk(url: str) -> Iterator[sqlite3.Connection]:
    """One transaction of many rows: indexes and triggers are taken off first and put back last.

    SQLite only. The rows must keep the rules by themselves, for the guards are off meanwhile.
    """
    path = make_url(url).database
    assert path, "a world needs a file"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = -262144")
        connection.execute("BEGIN IMMEDIATE")
        attached = connection.execute(
            "SELECT type, name, sql FROM sqlite_master"
            " WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type"
        ).fetchall()
        for kind, name, _ in attached:
            connection.execute(f"DROP {kind} {name}")
        yield connection
        for _, _, sql in attached:
            connection.execute(sql)
        connection.execute("COMMIT")
        connection.execute("PRAGMA optimize")


def insert(connection: sqlite3.Connection, table: str, count: int, columns: Columns) -> None:
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608
    for first in range(0, count, _CHUNK):
        chunk = slice(first, min(first + _CHUNK, count))
        rows = [_values(column, chunk) for column in columns.values()]
        connection.executemany(statement, zip(*rows, strict=True))


def _values(column: Any, chunk: slice) -> Sequence[object]:
    if isinstance(column, np.ndarray):
        values: list[object] = column[chunk].tolist()
        return values
    if isinstance(column, list):
        return column[chunk]
    return [column] * (chunk.stop - chunk.start)
