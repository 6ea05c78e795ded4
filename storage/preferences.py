"""Rows about how people want spaces found."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, select

# SQLite's spelling of the upsert; PostgreSQL's dialect has an insert() of the same shape.
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.ids import PersonId
from market.domain.money import Money
from market.domain.preferences import Preferences, Size
from market.domain.search import Sort
from market.domain.space import Tag
from storage.tables.finding import preferences
from storage.tables.market import people, vehicles

_MINE = vehicles.alias()
_LAST_USED = (
    select(_MINE.c.id)
    .where(_MINE.c.owner == people.c.id)
    .order_by(_MINE.c.used_at.desc(), _MINE.c.id)
    .limit(1)
    .scalar_subquery()
)
# One row, since every search asks for it.
_OF = (
    select(
        preferences,
        vehicles.c.height.label("vehicle_height"),
        vehicles.c.length.label("vehicle_length"),
    )
    .select_from(
        people.outerjoin(preferences, preferences.c.person == people.c.id).outerjoin(
            vehicles, vehicles.c.id == _LAST_USED
        )
    )
    .where(people.c.id == bindparam("whose"))
)
_INSERT = insert(preferences)
_SAVE = _INSERT.on_conflict_do_update(
    index_elements=[preferences.c.person],
    set_={
        column.name: _INSERT.excluded[column.name]
        for column in preferences.c
        if column is not preferences.c.person
    },
)


@dataclass(frozen=True, slots=True)
class PreferenceStore:
    connection: AsyncConnection

    async def of(self, person: PersonId) -> Preferences:
        """With the size of the vehicle used last; the usual ones for whoever has none."""
        row = (await self.connection.execute(_OF, {"whose": person})).one_or_none()
        return Preferences() if row is None else _preferences(row)

    async def save(self, person: PersonId, preferences: Preferences) -> None:
        price, size = preferences.max_price, preferences.size
        row = {
            "person": person,
            "sort": preferences.sort,
            "tags": sorted(preferences.tags),
            "instant_only": preferences.instant_only,
            "max_price": price.minor if price else None,
            "currency": price.currency if price else None,
            "fitting": preferences.fitting,
            "height": size.height,
            "length": size.length,
        }
        await self.connection.execute(_SAVE, row)


def _preferences(row: Row[Any]) -> Preferences:
    vehicle = Size(row.vehicle_height, row.vehicle_length)
    if row.person is None:
        return Preferences(vehicle=vehicle)
    return Preferences(
        sort=Sort(row.sort),
        tags=frozenset(map(Tag, row.tags)),
        instant_only=row.instant_only,
        max_price=None if row.max_price is None else Money(row.max_price, row.currency),
        fitting=row.fitting,
        size=Size(row.height, row.length),
        vehicle=vehicle,
    )
