"""What the index knows of a space, in a few numbers; what many spaces share is kept once."""

import json
import struct
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, Generic, Literal, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from market.domain.errors import NotBookable
from market.domain.ids import PersonId, SpaceId
from market.domain.money import Money
from market.domain.place import EARTH_RADIUS, Offset, Point, shifted
from market.domain.schedule import Schedule
from market.domain.space import (
    Approval,
    Limits,
    Space,
    SpaceState,
    Tag,
    booked_ahead,
    off_hours,
    off_terms,
)
from market.domain.tariff import Tariff
from market.domain.window import Window
from storage.nearby.tree import Floats
from storage.spaces import rules_of, schedule_of, tariff_of
from storage.tables.base import instant

FACTS = np.dtype(
    [
        ("id", np.int64),
        ("lister", np.int64),
        ("lat", np.float64),
        ("lng", np.float64),
        ("hours", np.int32),
        ("terms", np.int32),
        ("features", np.int32),
        ("tariff", np.int32),
        ("buffer", np.int64),
    ]
)
"""One space: its public point, the numbers under which the catalogue knows its hours, terms,
features and tariff, and its buffer in microseconds."""
FACT = struct.Struct("=qqddiiiiq")
"""The same, to read one space in Python's own numbers far sooner than numpy makes them."""
assert FACT.size == FACTS.itemsize

Kind = Literal["hours", "terms", "features", "tariff"]
KINDS: Sequence[Kind] = ("hours", "terms", "features", "tariff")
"""Of what the catalogue keeps because many spaces share it."""

NEAR_POLES = 89.0
"""Degrees of latitude."""
WINDOWS, PRICES = 32, 65_536
"""For how many windows the refusals are remembered between searches, and how many prices."""

Facts = NDArray[np.void]
Fact = tuple[int, int, float, float, int, int, int, int, int]
"""One of them in Python's own numbers."""
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Once(dict[K, V], Generic[K, V]):
    """Answers each question once and remembers the answer."""

    def __init__(self, answer: Callable[[K], V]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, key: K) -> V:
        self[key] = value = self._answer(key)
        return value


class Shared(dict[str, int], Generic[V]):
    """A number for every different JSON array, and by number the value made of its elements."""

    def __init__(self, make: Callable[..., V]) -> None:
        super().__init__()
        self._make = make
        self.made: list[V] = []

    def __missing__(self, key: str) -> int:
        self.made.append(self._make(*json.loads(key)))
        self[key] = len(self.made) - 1
        return self[key]


class Features(NamedTuple):
    """What a space offers and which vehicles fit."""

    tags: frozenset[Tag]
    limits: Limits


class Refusals(NamedTuple):
    """Of one window, whenever it is asked for: by terms and by hours of each number."""

    terms: Once[int, NotBookable | None]
    hours: Once[int, NotBookable | None]


def facts_of(rows: Sequence[Sequence[Any]], shared: Mapping[Kind, Mapping[str, int]]) -> Facts:
    """Of rows of ``storage.nearby.reading.FACTS_OF_SPACES``, in their order.

    ``shared`` has by kind, and by key, the number of what spaces share.
    """
    facts = np.zeros(len(rows), dtype=FACTS)
    if not rows:
        return facts
    columns = tuple(zip(*rows, strict=True))
    facts["id"], facts["lister"] = columns[:2]
    facts["lat"], facts["lng"] = public_points(*np.array(columns[2:7], dtype=np.float64))
    facts["buffer"] = columns[7]
    facts["buffer"] *= 1_000_000
    for kind, keys in zip(KINDS, columns[8:], strict=True):
        numbers = map(shared[kind].__getitem__, keys)
        facts[kind] = np.fromiter(numbers, np.int32, len(rows))
    return facts


class Catalogue:
    """Everything that spaces share, by number."""

    def __init__(self) -> None:
        self.hours = Shared[Space](self._hours)
        """Spaces that are blank but for when they are open."""
        self.terms = Shared[Space](_terms)
        """Spaces that are blank but for how they take bookings."""
        self.ahead: Once[int, tuple[timedelta, timedelta]] = Once(
            lambda terms: booked_ahead(self.terms.made[terms])
        )
        """By number of terms."""
        self.features = Shared[Features](_features)
        self.tariffs = Shared[Tariff](tariff_of)
        self.shared: Mapping[Kind, Shared[Any]] = {
            "hours": self.hours,
            "terms": self.terms,
            "features": self.features,
            "tariff": self.tariffs,
        }
        # One object each, so that the domain's own caches know them again at a glance.
        self._schedule = cache(_schedule)
        self._zones: dict[str, ZoneInfo] = {}
        # Most searches are for the same few windows and lengths.
        self.refusals = lru_cache(maxsize=WINDOWS)(self._refusals)
        self.price = lru_cache(maxsize=PRICES)(self._price)

    def _refusals(self, start: int, end: int) -> Refusals:
        window = Window(instant(start), instant(end))
        return Refusals(
            Once(lambda terms: off_terms(self.terms.made[terms], window)),
            Once(lambda hours: off_hours(self.hours.made[hours], window)),
        )

    def _price(self, tariff: int, length: timedelta) -> Money:
        return self.tariffs.made[tariff].price(length)

    def _hours(self, zone: str, *schedule: Any) -> Space:
        # Held here, because zoneinfo itself forgets all but the last few that nobody holds.
        self._zones[zone] = ZoneInfo(zone)
        return Space(**_BLANK, schedule=self._schedule(*schedule), zone=zone)


_BLANK: dict[str, Any] = {
    "id": SpaceId(0),
    "lister": PersonId(0),
    "title": "",
    "place": Point(0, 0),
    "offset": Offset(0, 0),
    "country": "",
    "tariff": Tariff(Money(1, "XXX")),
    "listed_at": datetime(1970, 1, 1, tzinfo=UTC),
}
"""So that the domain's own rules can judge a part of a space; the rest they do not look at."""


def _schedule(openings: str, blocked: str, *moments: int | None) -> Schedule:
    free_from, free_until, away_from, away_until = (
        None if it is None else instant(it) for it in moments
    )
    return schedule_of(
        json.loads(openings),
        json.loads(blocked),
        (free_from, free_until),
        (away_from, away_until),
    )


def _terms(
    min_stay: int,
    max_stay: int,
    notice: int,
    horizon: int,
    approval: str,
    approved: int,
    state: str,
) -> Space:
    return Space(
        **_BLANK,
        zone="UTC",
        rules=rules_of(min_stay, max_stay, notice, horizon, buffer=0),
        approval=Approval(approval),
        approved=approved,
        state=SpaceState(state),
    )


def _features(tags: str, height: int | None, length: int | None) -> Features:
    return Features(frozenset(map(Tag, json.loads(tags))), Limits(height, length))


def public_points(
    lat: Floats, lng: Floats, bearing: Floats, metres: Floats, shows: Floats
) -> tuple[Floats, Floats]:
    """``Space.public_point`` of many spaces at once: one by one would take long at a restart.

    The formula is that of ``market.domain.place.shifted``; a test compares them.
    """
    at, from_lng, towards = np.radians(lat), np.radians(lng), np.radians(bearing)
    angle = metres / EARTH_RADIUS
    height = np.sin(at) * np.cos(angle) + np.cos(at) * np.sin(angle) * np.cos(towards)
    to_lng = from_lng + np.arctan2(
        np.sin(towards) * np.sin(angle) * np.cos(at), np.cos(angle) - np.sin(at) * height
    )
    to_lat = np.degrees(np.arcsin(np.clip(height, -1, 1)))
    to_lng = (np.degrees(to_lng) + 540) % 360 - 180
    for n in np.flatnonzero(np.abs(lat) > NEAR_POLES):
        # Here the last bit of a sine is decimetres: it must be the domain's.
        point = shifted(Point(lat[n], lng[n]), Offset(bearing[n], metres[n]))
        to_lat[n], to_lng[n] = point.lat, point.lng
    shown = shows.astype(np.bool_)
    return np.where(shown, lat, to_lat), np.where(shown, lng, to_lng)
