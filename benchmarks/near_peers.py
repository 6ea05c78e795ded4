"""The same questions put to plain SQL on SQLite, and to PostGIS: the textbook way in both."""

import math
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from benchmarks.near_world import NOW, Question
from benchmarks.postgres import throwaway
from storage.tables.base import micros
from storage.tables.market import LIVE_STATES

ENOUGH = 300
"""Questions of each kind: the peers are slow, and their percentiles settle sooner than that."""
DEGREE = 111_195.0
"""Metres of a degree of latitude."""

_FITS = f"""
    state = 'live' AND min_stay <= :length AND max_stay >= :length
    AND horizon >= :ahead AND notice <= :ahead
    AND (max_height IS NULL OR max_height >= :height)
    AND (:price = 0 OR (currency = 'EUR' AND hour_price * :length / 3600 <= :price))
    AND (NOT :instant OR approval = 'instant')
    AND NOT EXISTS (
        SELECT 1 FROM bookings
        WHERE space = spaces.id AND {LIVE_STATES}
        AND starts_at < :until + spaces.buffer * 1000000 AND blocked_until > :since
    )"""

_BOX = f"""
    SELECT id, (lat - :lat) * (lat - :lat) + (lng - :lng) * (lng - :lng) * :squeeze AS away
    FROM spaces
    WHERE lat BETWEEN :lat - :up AND :lat + :up AND lng BETWEEN :lng - :aside AND :lng + :aside
    AND tags LIKE :tags AND {_FITS}
    ORDER BY away LIMIT 6"""


def sqlite_box(url: str, questions: Mapping[str, Sequence[Question]]) -> dict[str, list[float]]:
    """An index on latitude and longitude, and a box that grows until the nearest six are in it."""
    with closing(sqlite3.connect(str(make_url(url).database))) as connection:
        connection.execute("PRAGMA cache_size = -262144")
        connection.execute("CREATE INDEX bench_place ON spaces (lat, lng)")
        connection.execute("ANALYZE spaces")
        return _timed(questions, lambda question: _grow(connection, question))


def _grow(connection: sqlite3.Connection, question: Question) -> list[int]:
    squeeze = max(0.01, math.cos(math.radians(question.lat)))
    values = _values(question) | {"squeeze": squeeze**2}
    reach = 500.0
    while True:
        up = reach / DEGREE
        rows = connection.execute(_BOX, values | {"up": up, "aside": up / squeeze}).fetchall()
        if reach > 20_000 or (len(rows) == 6 and rows[-1][1] <= up * up):
            return [row[0] for row in rows]
        reach *= 2


_KNN = (
    """
    SELECT id FROM spaces WHERE tags LIKE :tags AND """
    + _FITS
    + """
    ORDER BY place <-> ST_SetSRID(ST_MakePoint(:lng, :lat), 4326)::geography LIMIT 6"""
)


def postgis(
    url: str, questions: Mapping[str, Sequence[Question]], programs: Path
) -> dict[str, list[float]]:
    """A geography column with a GiST index, ordered by distance."""
    with throwaway(programs) as server:
        with closing(sqlite3.connect(str(make_url(url).database))) as world:
            _copied(world, server)
        query = _for_psycopg(_KNN)
        return _timed(
            questions, lambda question: server.execute(query, _values(question)).fetchall()
        )


def _copied(world: sqlite3.Connection, server: psycopg.Connection) -> None:
    server.execute(
        "CREATE TABLE spaces (id bigint PRIMARY KEY, place geography(Point, 4326), state text,"
        " min_stay int, max_stay int, notice int, horizon int, buffer bigint, max_height int,"
        " currency text, hour_price bigint, approval text, tags text)"
    )
    server.execute(
        "CREATE TABLE bookings (space bigint, starts_at bigint, blocked_until bigint, state text)"
    )
    _copy(
        world.execute(
            "SELECT id, 'SRID=4326;POINT(' || lng || ' ' || lat || ')', state, min_stay, max_stay,"
            " notice, horizon, buffer, max_height, currency, hour_price, approval, tags FROM spaces"
        ),
        server,
        "COPY spaces FROM STDIN",
    )
    _copy(
        world.execute("SELECT space, starts_at, blocked_until, state FROM bookings"),
        server,
        "COPY bookings FROM STDIN",
    )
    server.execute("CREATE INDEX ON spaces USING gist (place)")
    server.execute(
        f"CREATE INDEX ON bookings (space, starts_at, blocked_until) WHERE {LIVE_STATES}"
    )
    server.execute("VACUUM ANALYZE")


def _copy(rows: Iterator[tuple[Any, ...]], server: psycopg.Connection, command: str) -> None:
    with server.cursor() as cursor, cursor.copy(command) as copy:
        for row in rows:
            copy.write_row(row)


def _for_psycopg(query: str) -> str:
    for name in ("lat", "lng", "length", "ahead", "height", "price", "instant", "until", "since"):
        query = query.replace(f":{name}", f"%({name})s")
    return query.replace(":tags", "%(tags)s")


def _values(question: Question) -> dict[str, Any]:
    window, filters = question.window, question.filters
    return {
        "lat": question.lat,
        "lng": question.lng,
        "since": micros(window.start),
        "until": micros(window.end),
        "length": int(window.length.total_seconds()),
        "ahead": int((window.start - NOW).total_seconds()),
        "height": filters.height or 0,
        "price": filters.max_price or 0,
        "instant": filters.instant_only,
        "tags": "%" + "%".join(sorted(filters.tags)) + "%",
    }


def _timed(
    questions: Mapping[str, Sequence[Question]], answer: Callable[[Question], object]
) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {}
    for kind, some in questions.items():
        times[kind] = []
        for question in some[:ENOUGH]:
            begun = time.perf_counter()
            answer(question)
            times[kind].append(time.perf_counter() - begun)
    return times
