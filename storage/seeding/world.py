"""Fills a database with a made-up world, quickly enough for a million spaces."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from babel.numbers import get_currency_precision, get_territory_currencies
from numpy.typing import NDArray

from market.domain.ids import BITS
from market.domain.space import Rules, Tag
from storage.seeding.bulk import Columns, bulk, insert
from storage.seeding.cities import EDGES, NOWHERE, Ints, cities, scattered
from storage.tables.base import micros

_ALL_WEEK = range(7)
Objects = NDArray[np.object_]

_OPENINGS = [
    json.dumps([[day, opens * 60, closes * 60] for day in days])
    for days, opens, closes in (
        ((), 0, 0),
        (_ALL_WEEK, 6, 23),
        (_ALL_WEEK, 18, 32),
        (_ALL_WEEK, 20, 31),
        (range(5), 7, 19),
        (range(5), 17, 33),
        ((5, 6), 0, 24),
        ((6,), 8, 20),
    )
]
_OPENING_SHARES = (0.6, 0.1, 0.06, 0.04, 0.08, 0.05, 0.05, 0.02)
_STAYS = np.array([1, 2, 2, 3, 4, 4, 8, 9, 10, 24, 48, 120]) * 4
"""Lengths of bookings in quarters of an hour."""
_QUARTER = 15 * 60 * 1_000_000
_DAY = 96 * _QUARTER


def fill_world(url: str, *, spaces: int, bookings: int, seed: int, now: datetime) -> None:
    """Add so many spaces and bookings to a migrated database, all or none of them.

    The same numbers, seed and time make the same world.
    """
    chance = np.random.default_rng(seed)
    people = _ids(chance, spaces // 3 + bookings // 10 + 2)
    listers, renters = people[: spaces // 3 + 1], people[spaces // 3 + 1 :]
    places = _space_columns(chance, spaces, listers, now)
    stays = _booking_columns(chance, places, bookings, renters, now)
    with bulk(url) as connection:
        insert(connection, "people", len(people), _people_columns(people, now))
        insert(connection, "spaces", spaces, places)
        insert(connection, "bookings", bookings, stays)
        insert(connection, "booking_events", bookings, _first_events(stays))


def _people_columns(people: Ints, now: datetime) -> Columns:
    return {
        "id": people,
        "telegram": None,
        "name": [f"Person {number}" for number in range(1, len(people) + 1)],
        "language": "en",
        "zone": "UTC",
        "met_at": micros(now) - 30 * _DAY,
        "reachable": 1,
    }


def _space_columns(
    chance: np.random.Generator, count: int, listers: Ints, now: datetime
) -> dict[str, Any]:
    towns = [*cities(), *EDGES, NOWHERE]
    home, degrees = scattered(chance, towns, count)
    first_five = chance.random(count) < 0.05
    return {
        "id": _ids(chance, count),
        "lister": chance.choice(listers, count),
        "title": [f"Bay {n} in {towns[city].name}" for n, city in enumerate(home.tolist(), 1)],
        "description": "",
        "notes": "",
        "address": "",
        "lat": degrees[:, 0],
        "lng": degrees[:, 1],
        "offset_bearing": chance.uniform(0, 360, count),
        "offset_metres": np.sqrt(chance.uniform(30**2, 80**2, count)),
        "shows_place": (chance.random(count) < 0.05).astype(int),
        "zone": _of(home, [town.zone for town in towns]),
        "country": _of(home, [town.country for town in towns]),
        **_price_columns(chance, home, [_currency(town.country, now) for town in towns]),
        **_schedule_columns(chance, count, now.date()),
        **_rule_columns(chance, count),
        "approval": np.where(first_five, "first_five", _mixed(chance, count, _APPROVALS)),
        "approved": np.where(first_five, chance.integers(0, 10, count), 0),
        "policy": _mixed(chance, count, {"moderate": 0.7, "flexible": 0.2, "strict": 0.1}),
        "plate_needed": 0,
        "tags": _of(chance.integers(0, 64, count) & chance.integers(0, 64, count), _TAG_SETS),
        "max_height": _mixed(chance, count, {None: 0.6, 190: 0.15, 210: 0.2, 250: 0.05}),
        "max_length": _mixed(chance, count, {None: 0.7, 450: 0.1, 500: 0.15, 620: 0.05}),
        "rating_total": 0,
        "rating_count": 0,
        "state": _mixed(chance, count, _STATES),
        "version": 1,
        "listed_at": micros(now) - 30 * _DAY,
    }


_APPROVALS = {"instant": 0.9, "request": 0.1}
_STATES = {"live": 0.95, "paused": 0.03, "hidden": 0.01, "deleted": 0.01}
_TAG_SETS = [
    json.dumps(sorted(tag for bit, tag in enumerate(Tag) if number >> bit & 1))
    for number in range(64)
]


def _price_columns(
    chance: np.random.Generator, home: Ints, currencies: Sequence[str]
) -> dict[str, Any]:
    """Hours of about two units of a currency, or two hundred where it has no smaller ones."""
    step = np.array([10 if get_currency_precision(code) else 10_0 for code in currencies])[home]
    hour = np.maximum(5, chance.lognormal(3, 0.4, len(home)).astype(int)) * step
    day = np.where(chance.random(len(home)) < 0.5, hour * chance.integers(4, 9, len(home)), 0)
    week = np.where(chance.random(len(home)) < 0.4, day * 5, 0)
    month = np.where(chance.random(len(home)) < 0.5, week * 3, 0)
    return {
        "currency": _of(home, currencies),
        "hour_price": hour,
        "day_price": _or_none(day),
        "week_price": _or_none(week),
        "month_price": _or_none(month),
    }


def _currency(country: str, now: datetime) -> str:
    found = get_territory_currencies(country, start_date=now.date()) if country else []
    return found[0] if found else "EUR"


def _schedule_columns(chance: np.random.Generator, count: int, today: date) -> dict[str, Any]:
    first = chance.integers(0, 60, count)
    length = chance.choice([1, 2, 3, 7, 14], count)
    keeps = chance.random(count) < 0.1
    dates = {n: (today + timedelta(days=n)).isoformat() for n in range(80)}
    blocked = [
        f'[["{dates[a]}", "{dates[a + n - 1]}"]]' if kept else "[]"
        for a, n, kept in zip(first.tolist(), length.tolist(), keeps.tolist(), strict=True)
    ]
    openings = chance.choice(len(_OPENINGS), count, p=_OPENING_SHARES)
    return {"openings": _of(openings, _OPENINGS), "blocked": blocked}


def _rule_columns(chance: np.random.Generator, count: int) -> dict[str, Any]:
    """Most listers keep the rules as they are; the others choose among a few habits."""
    hour, day = timedelta(hours=1), timedelta(days=1)
    habits = {
        Rules(): 0.66,
        Rules(buffer=hour / 4): 0.1,
        Rules(notice=hour, buffer=hour / 4): 0.06,
        Rules(notice=12 * hour): 0.04,
        Rules(notice=day, min_stay=day): 0.03,
        Rules(min_stay=hour, max_stay=4 * hour): 0.04,
        Rules(min_stay=hour, max_stay=day, buffer=hour): 0.03,
        Rules(horizon=7 * day): 0.04,
    }
    chosen = chance.choice(len(habits), count, p=list(habits.values()))
    names = [rule.name for rule in fields(Rules)]
    return {
        name: np.array([getattr(rules, name) // timedelta(seconds=1) for rules in habits])[chosen]
        for name in names
    }


def _booking_columns(
    chance: np.random.Generator, spaces: Columns, count: int, renters: Ints, now: datetime
) -> Columns:
    """Bookings of a space follow one another, with pauses between them, from yesterday on."""
    space = np.sort(chance.integers(0, len(spaces["id"]), count))
    lasting = chance.choice(_STAYS, count)
    pause = chance.geometric(1 / 200, count)
    buffer = spaces["buffer"][space] // 900
    each = pause + lasting + buffer
    until = np.cumsum(each)
    earlier = np.searchsorted(space, space)
    start = until - each - (until - each)[earlier] + pause
    starts_at = (micros(now) // _DAY - 1) * _DAY + start * _QUARTER
    ends_at = starts_at + lasting * _QUARTER
    hour = spaces["hour_price"][space]
    state = np.where(ends_at <= micros(now), "completed", _mixed(chance, count, _BOOKING_STATES))
    asked = np.isin(state, ("held", "requested"))
    expires_at = micros(now) + chance.integers(-4, 96, count) * _QUARTER
    return {
        "id": _ids(chance, count),
        "quote": _ids(chance, count),
        "space": spaces["id"][space],
        "lister": spaces["lister"][space],
        "renter": chance.choice(renters, count),
        "starts_at": starts_at,
        "ends_at": ends_at,
        "blocked_until": ends_at + buffer * _QUARTER,
        "total": -(-hour * lasting // 4),
        "hour_price": hour,
        "currency": _of(space, spaces["currency"]),
        "policy": "moderate",
        "state": state,
        "booked_at": np.minimum(starts_at, micros(now)) - _DAY,
        "plate": None,
        "expires_at": _unless(~asked, expires_at),
        "refunded": None,
    }


def _first_events(bookings: Columns) -> Columns:
    return {
        "booking": bookings["id"],
        "step": 0,
        "at": bookings["booked_at"],
        "state": bookings["state"],
        "by": "renter",
    }


_BOOKING_STATES = {"booked": 0.93, "requested": 0.02, "held": 0.005, "cancelled": 0.045}


def _ids(chance: np.random.Generator, count: int) -> Ints:
    """Different ids as the market makes them, in order, because a table is filled in its order."""
    drawn = np.unique(chance.integers(1, 1 << BITS, count + count // 1000 + 16))
    return np.sort(chance.permutation(drawn)[:count])


def _of(numbers: Ints, values: Sequence[Any]) -> Objects:
    """For each number the value with that number."""
    return np.array(values, dtype=np.object_)[numbers]


def _mixed(chance: np.random.Generator, count: int, shares: Mapping[Any, float]) -> Objects:
    return _of(chance.choice(len(shares), count, p=list(shares.values())), list(shares))


def _or_none(amounts: Ints) -> Objects:
    return _unless(amounts == 0, amounts)


def _unless(gone: NDArray[np.bool_], numbers: Ints) -> Objects:
    kept = numbers.astype(np.object_)
    kept[gone] = None
    return kept
