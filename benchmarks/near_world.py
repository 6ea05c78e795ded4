"""The world in which nearby search is measured, and the questions that people ask in it."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from sqlalchemy import make_url

from market.domain.place import Point
from market.domain.search import Filters, Search, default_window
from market.domain.space import Tag
from market.domain.window import Window
from storage.migrate import upgrade
from storage.seeding import fill_world
from storage.tables.base import micros

SPACES, BOOKINGS = 1_000_000, 3_000_000
NOW = datetime(2030, 5, 1, 9, 7, tzinfo=UTC)
EVENING = Window.lasting(datetime(2030, 5, 2, 18, tzinfo=UTC), timedelta(hours=4))
"""When everybody goes to the stadium."""
STADIUMS = 20
CROWD, SHARE = 2_000, 0.95
"""So many of the spaces nearest to each stadium are taken for the evening."""
WITHIN = 0.03
"""Degrees around a stadium that hold that many: three kilometres, in a town."""
QUESTIONS = 5_000
ANYTHING = Filters()


@dataclass(frozen=True)
class Question:
    lat: float
    lng: float
    window: Window
    filters: Filters

    def search(self) -> Search:
        return Search(Point(self.lat, self.lng), self.window, NOW, filters=self.filters)


def make_world(url: str, spaces: int, bookings: int) -> Mapping[str, Sequence[Question]]:
    """Fill a new database, and say what will be asked."""
    upgrade(url)
    fill_world(url, spaces=spaces, bookings=bookings, seed=1, now=NOW)
    chance = np.random.default_rng(2)
    with closing(sqlite3.connect(str(make_url(url).database))) as connection:
        rows = connection.execute("SELECT lat, lng, id, lister FROM spaces WHERE state = 'live'")
        listed = rows.fetchall()
        places = np.array([row[:2] for row in listed])
        middles = []
        while len(middles) < STADIUMS:
            middle = places[chance.integers(len(places))]
            nearest, apart = _nearest(places, middle)
            if apart < WITHIN:
                middles.append(middle)
                with connection:
                    _crowd(connection, chance, nearest, listed)
    return {
        "usual": list(_usual(chance, places)),
        "filtered": list(_filtered(chance, places)),
        "stadium": list(_around(chance, np.array(middles))),
    }


def _usual(chance: np.random.Generator, places: np.ndarray) -> Iterator[Question]:
    """Wherever there are spaces; two times out of three for the coming two hours."""
    for lat, lng in _beside(chance, places[chance.choice(len(places), QUESTIONS)], 500):
        window = default_window(NOW) if chance.random() < 2 / 3 else _later(chance)
        yield Question(lat, lng, window, ANYTHING)


def _filtered(chance: np.random.Generator, places: np.ndarray) -> Iterator[Question]:
    filters = (
        Filters(tags=frozenset({Tag.EV})),
        Filters(tags=frozenset({Tag.COVERED, Tag.LIT}), height=190),
        Filters(max_price=500, currency="EUR", instant_only=True),
    )
    for lat, lng in _beside(chance, places[chance.choice(len(places), QUESTIONS // 10)], 500):
        yield Question(lat, lng, _later(chance), filters[int(chance.integers(len(filters)))])


def _around(chance: np.random.Generator, middles: np.ndarray) -> Iterator[Question]:
    for lat, lng in _beside(chance, np.repeat(middles, 25, axis=0), 50):
        yield Question(lat, lng, EVENING, ANYTHING)


def _beside(
    chance: np.random.Generator, places: np.ndarray, metres: float
) -> Iterator[tuple[float, float]]:
    for lat, lng in places.tolist():
        aside = chance.normal(0, metres / 111_000, 2)
        stretch = max(0.01, np.cos(np.radians(lat)))
        there = lng + aside[1] / stretch
        yield float(np.clip(lat + aside[0], -90, 90)), float((there + 180) % 360 - 180)


def _later(chance: np.random.Generator) -> Window:
    quarters = timedelta(minutes=15)
    start = default_window(NOW).start + int(chance.integers(0, 7 * 96)) * quarters
    return Window.lasting(start, int(chance.integers(2, 40)) * quarters)


def _nearest(places: np.ndarray, middle: np.ndarray) -> tuple[np.ndarray, float]:
    """The nearest of the places to one of them, and how far the last of these is in degrees."""
    apart = (places - middle) * [1, max(0.01, np.cos(np.radians(middle[0])))]
    squares = (apart**2).sum(axis=1)
    nearest = np.argpartition(squares, CROWD)[:CROWD]
    return nearest, float(np.sqrt(squares[nearest].max()))


def _crowd(
    connection: sqlite3.Connection,
    chance: np.random.Generator,
    nearest: np.ndarray,
    listed: Sequence[tuple[float, float, int, int]],
) -> None:
    """Book most of these spaces for the evening; those already taken in it stay as they are."""
    for n in chance.permutation(nearest)[: int(CROWD * SHARE)].tolist():
        _, _, space, lister = listed[n]
        id_ = int(chance.integers(1, 1 << 50))
        try:
            connection.execute(
                "INSERT INTO bookings (id, quote, space, lister, renter, starts_at, ends_at,"
                " blocked_until, total, hour_price, currency, policy, state, booked_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 1, 'EUR', 'moderate', 'booked', ?)",
                (
                    *(id_, id_, space, lister, lister),
                    *(micros(EVENING.start), micros(EVENING.end), micros(EVENING.end)),
                    micros(NOW),
                ),
            )
        except sqlite3.IntegrityError:
            continue
