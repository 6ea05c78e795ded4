"""Reads what the index must know: everything at a start, single spaces when they change."""

import gc
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Select,
    Text,
    bindparam,
    case,
    func,
    make_url,
    not_,
    select,
    type_coerce,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.booking import State
from market.domain.space import PROBATION, Approval, SpaceState
from storage.nearby.facts import FACTS, Catalogue, Facts
from storage.nearby.globe import Ground
from storage.nearby.taken import Claim
from storage.nearby.tree import Numbers
from storage.tables.changes import changes
from storage.tables.market import LIVE_STATES, bookings, spaces

_TRUSTED = (spaces.c.approval == Approval.FIRST_FIVE) & (spaces.c.approved >= PROBATION)
_APPROVED = case((_TRUSTED, PROBATION), else_=0)
"""How many exactly counts for nothing, and would only make spaces differ."""

_HOURS = (
    *(spaces.c.zone, spaces.c.openings, spaces.c.blocked),
    *(spaces.c.free_from, spaces.c.free_until, spaces.c.away_from, spaces.c.away_until),
)
_TERMS = (
    *(spaces.c.min_stay, spaces.c.max_stay, spaces.c.notice, spaces.c.horizon),
    *(spaces.c.approval, _APPROVED, spaces.c.state),
)
_TARIFF = (
    *(spaces.c.currency, spaces.c.hour_price, spaces.c.day_price),
    *(spaces.c.week_price, spaces.c.month_price),
)


def _together(*columns: ColumnElement[Any]) -> ColumnElement[str]:
    """As one JSON array, which is sooner handed over than its elements, and a key as it is.

    PostgreSQL calls this ``json_build_array``.
    """
    return func.json_array(*columns, type_=Text)


_SPACES = (
    select(
        *(spaces.c.id, spaces.c.lister),
        *(spaces.c.lat, spaces.c.lng, spaces.c.offset_bearing, spaces.c.offset_metres),
        *(spaces.c.shows_place, spaces.c.buffer),
        _together(*_HOURS).label("hours"),
        _together(*_TERMS).label("terms"),
        _together(spaces.c.tags, spaces.c.max_height, spaces.c.max_length).label("features"),
        _together(*_TARIFF).label("tariff"),
    )
    .where(spaces.c.state != SpaceState.DELETED)
    .order_by(spaces.c.id)
)
"""In the order in which ``Catalogue.facts`` takes them."""

_CAN_RUN_OUT = bookings.c.state.in_([State.HELD, State.REQUESTED])
_KEPT = (
    bookings.c.space,
    type_coerce(bookings.c.starts_at, BigInteger),
    type_coerce(bookings.c.blocked_until, BigInteger),
)
_SETTLED = (
    select(*_KEPT)
    .where(LIVE_STATES, not_(_CAN_RUN_OUT))
    .order_by(bookings.c.space, bookings.c.starts_at)
)
_CLAIMS = select(*_KEPT, type_coerce(bookings.c.expires_at, BigInteger)).where(
    LIVE_STATES, _CAN_RUN_OUT
)
_NEWEST = select(changes.c.id).order_by(changes.c.id.desc()).limit(1)

_SOME: BindParameter[int] = bindparam("spaces", expanding=True)
_SOME_SPACES = _SPACES.where(spaces.c.id.in_(_SOME))
_SOME_SETTLED = _SETTLED.where(bookings.c.space.in_(_SOME))
_SOME_CLAIMS = _CLAIMS.where(bookings.c.space.in_(_SOME))
_SPACES_OF = select(bookings.c.space).where(bookings.c.id.in_(bindparam("keys", expanding=True)))

_CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class Reading:
    """Spaces in order of id, and what keeps them: (space, start, end) in order, and claims."""

    facts: Facts
    settled: Numbers
    claims: Sequence[tuple[int, Claim]]

    def settled_by(self, order: Numbers) -> tuple[Numbers, Numbers]:
        """For each settled booking the number of its space, and its start and end, in order.

        ``order`` are the places of the spaces in this reading by their numbers.
        """
        ids = self.facts["id"]
        places = np.searchsorted(ids, self.settled[:, 0])
        ours = np.append(ids, 0)[places] == self.settled[:, 0]
        numbers = np.argsort(order)[places[ours]]
        in_order = numbers.argsort(kind="stable")
        return numbers[in_order], self.settled[ours, 1:][in_order]

    def line(self, space: int) -> "array[int]":
        """The starts and ends of the settled bookings of a space, in turn."""
        return array("q", self.settled[self.settled[:, 0] == space, 1:].ravel().tolist())


def read_all(url: str, catalogue: Catalogue) -> tuple[Reading, Ground, int]:
    """Everything, the ground of its spaces, and the number of the last change that it contains.

    SQLite only, and past SQLAlchemy, which would double the time of a large town's restart.
    """
    path = Path(str(make_url(url).database)).absolute().as_uri()
    with (
        closing(sqlite3.connect(f"{path}?mode=ro", uri=True)) as connection,
        ThreadPoolExecutor(1) as beside,
        _no_collector(),
    ):
        connection.isolation_level = None
        connection.execute("PRAGMA busy_timeout = 5000")
        connection.execute("BEGIN")  # one steady view for all that follows
        cursor = connection.execute(_sql(_SPACES))
        chunks = [np.zeros(0, FACTS)]
        while rows := cursor.fetchmany(_CHUNK):
            chunks.append(catalogue.facts(rows))
        facts = np.concatenate(chunks)
        # While the bookings are read.
        ground = beside.submit(Ground.of, facts["lat"], facts["lng"])
        settled = _settled(connection.execute(_sql(_SETTLED)))
        claims = _claims(connection.execute(_sql(_CLAIMS)))
        newest = connection.execute(_sql(_NEWEST)).fetchone()
        reading = Reading(facts, settled, claims)
        return reading, ground.result(), newest[0] if newest else 0


async def read_some(
    connection: AsyncConnection, catalogue: Catalogue, wanted: Sequence[int]
) -> Reading:
    """The same of single spaces, as far as they are there."""
    values: Mapping[str, Any] = {"spaces": wanted}
    facts = catalogue.facts((await connection.execute(_SOME_SPACES, values)).all())
    settled = _settled(await connection.execute(_SOME_SETTLED, values))
    claims = _claims(await connection.execute(_SOME_CLAIMS, values))
    return Reading(facts, settled, claims)


async def spaces_of(connection: AsyncConnection, booked: Sequence[int]) -> set[int]:
    """The spaces of bookings."""
    return set((await connection.execute(_SPACES_OF, {"keys": booked})).scalars())


def _settled(rows: Iterable[Sequence[int]]) -> Numbers:
    return np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, 3)


def _claims(rows: Iterable[Sequence[Any]]) -> Sequence[tuple[int, Claim]]:
    return [(space, Claim(*claim)) for space, *claim in rows]


@contextmanager
def _no_collector() -> Iterator[None]:
    """Millions of rows pass by, and none is garbage that only the collector would find."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _sql(query: Select[Any]) -> str:
    return str(query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
