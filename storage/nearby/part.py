"""Reads a part of what the index must know at a start; what is numbered, by the part's numbers.

SQLite only, and past SQLAlchemy, which would double the time of a large town's restart.
"""

import gc
import pickle
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import chain, count
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import ColumnElement, Select, func, literal_column, make_url, select
from sqlalchemy.dialects import sqlite

from storage.nearby.facts import FACTS, KINDS, Facts, Kind, facts_of
from storage.nearby.reading import CLAIMS, FACTS_OF_SPACES, SETTLED, claims_of
from storage.nearby.taken import Claim
from storage.nearby.tree import Numbers
from storage.tables.changes import changes
from storage.tables.market import bookings, spaces

Ids = tuple[int, int]
"""From the first to before the second."""
ALL: Ids = (-(2**63), 2**63 - 1)
MANY = 100_000
"""Spaces for which another process starts and reads sooner than one reads alone."""
_CHUNK = 20_000


class Part(NamedTuple):
    newest: int
    """The last change that is in it."""
    facts: Facts
    """In order of id."""
    settled: Numbers
    """Space, start and end of each, in order of space and start."""
    claims: Sequence[tuple[int, Claim]]


def read_part(url: str, ids: Ids, shared: Mapping[Kind, Mapping[str, int]]) -> Part:
    """``shared`` numbers by kind, and by key, what spaces share."""
    with _view(url) as view:
        (newest,) = view.execute(_sql(_NEWEST)).fetchone() or (0,)
        cursor, chunks = view.execute(_sql(_FACTS), ids), [np.zeros(0, FACTS)]
        while rows := cursor.fetchmany(_CHUNK):
            chunks.append(facts_of(rows, shared))
        settled = np.fromiter(chain.from_iterable(view.execute(_sql(_SETTLED), ids)), np.int64)
        claims = claims_of(view.execute(_sql(_CLAIMS), ids))
        return Part(newest, np.concatenate(chunks), settled.reshape(-1, 3), claims)


def middle(url: str) -> int | None:
    """The id that parts the spaces in halves, if they are many."""
    with _view(url) as view:
        (of_all,) = view.execute(_sql(_COUNT)).fetchone()
        return view.execute(_sql(_NTH), (of_all // 2,)).fetchone()[0] if of_all >= MANY else None


def _program() -> None:
    """The part between two ids of a store, pickled, and by kind the keys of its numbers."""
    url, first, end = sys.argv[1:]
    keys: Mapping[Kind, dict[str, int]] = {kind: defaultdict(count().__next__) for kind in KINDS}
    with no_collector():
        part = read_part(url, (int(first), int(end)), keys)
    of_kinds = {kind: list(of_kind) for kind, of_kind in keys.items()}
    pickle.dump((tuple(part), of_kinds), sys.stdout.buffer)


def _between(column: ColumnElement[int]) -> ColumnElement[bool]:
    return (column >= literal_column("?1")) & (column < literal_column("?2"))


_NEWEST = select(changes.c.id).order_by(changes.c.id.desc()).limit(1)
_COUNT = select(func.count()).select_from(spaces)
_NTH = select(spaces.c.id).order_by(spaces.c.id).limit(1).offset(literal_column("?1"))
_FACTS = FACTS_OF_SPACES.where(_between(spaces.c.id))
_SETTLED = SETTLED.where(_between(bookings.c.space))
_CLAIMS = CLAIMS.where(_between(bookings.c.space))


def _sql(query: Select[Any]) -> str:
    return str(query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))


@contextmanager
def _view(url: str) -> Iterator[sqlite3.Connection]:
    """One steady view for all that is asked of it."""
    path = Path(str(make_url(url).database)).absolute().as_uri()
    with closing(sqlite3.connect(f"{path}?mode=ro", uri=True)) as view:
        view.isolation_level = None
        view.execute("PRAGMA busy_timeout = 5000")
        view.execute("BEGIN")
        yield view


@contextmanager
def no_collector() -> Iterator[None]:
    """Millions of rows pass by, and none is garbage that only the collector would find."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


if __name__ == "__main__":
    _program()
