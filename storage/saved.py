"""Rows about what people keep for later: places, and favourite spaces."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select

# SQLite's spelling of ON CONFLICT; PostgreSQL's dialect has an insert() of the same shape.
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.errors import NotFound
from market.domain.ids import PersonId, PlaceId, SpaceId
from market.domain.place import Point
from market.domain.saved import SavedPlace
from storage.tables.finding import favourites, places

_PLACES = (
    select(places)
    .where(places.c.owner == bindparam("whose"))
    .order_by(places.c.saved_at, places.c.id)
)
_INSERT = insert(places)
_ADD_PLACE = _INSERT.on_conflict_do_update(
    index_elements=[places.c.owner, places.c.name],
    set_={"lat": _INSERT.excluded.lat, "lng": _INSERT.excluded.lng},
)
_REMOVE_PLACE = delete(places).where(
    places.c.id == bindparam("place"), places.c.owner == bindparam("whose")
)

_WHOSE = favourites.c.person == bindparam("whose")
_THIS = favourites.c.space == bindparam("which")
_FAVOURITES = (
    select(favourites.c.space).where(_WHOSE).order_by(favourites.c.since.desc(), favourites.c.space)
)
_HAS = select(favourites.c.space).where(_WHOSE, _THIS)
_ADD = insert(favourites).on_conflict_do_nothing()
_REMOVE = delete(favourites).where(_WHOSE, _THIS)


@dataclass(frozen=True, slots=True)
class PlaceStore:
    connection: AsyncConnection

    async def of(self, owner: PersonId) -> Sequence[SavedPlace]:
        """Oldest first."""
        rows = await self.connection.execute(_PLACES, {"whose": owner})
        return [
            SavedPlace(PlaceId(row.id), owner, row.name, Point(row.lat, row.lng), row.saved_at)
            for row in rows
        ]

    async def add(self, place: SavedPlace) -> None:
        """A place of the same name moves there."""
        row = {
            "id": place.id,
            "owner": place.owner,
            "name": place.name,
            "lat": place.point.lat,
            "lng": place.point.lng,
            "saved_at": place.saved_at,
        }
        await self.connection.execute(_ADD_PLACE, row)

    async def remove(self, place: PlaceId, owner: PersonId) -> None:
        """Raises NotFound, also for somebody else's."""
        values = {"place": place, "whose": owner}
        if not (await self.connection.execute(_REMOVE_PLACE, values)).rowcount:
            raise NotFound("place")


@dataclass(frozen=True, slots=True)
class FavouriteStore:
    connection: AsyncConnection

    async def of(self, person: PersonId) -> Sequence[SpaceId]:
        """Newest first."""
        rows = await self.connection.execute(_FAVOURITES, {"whose": person})
        return [SpaceId(space) for space in rows.scalars()]

    async def has(self, person: PersonId, space: SpaceId) -> bool:
        values = {"whose": person, "which": space}
        return (await self.connection.execute(_HAS, values)).first() is not None

    async def add(self, person: PersonId, space: SpaceId, since: datetime) -> None:
        """Whatever is one already stays one."""
        row = {"person": person, "space": space, "since": since}
        await self.connection.execute(_ADD, row)

    async def remove(self, person: PersonId, space: SpaceId) -> None:
        await self.connection.execute(_REMOVE, {"whose": person, "which": space})
