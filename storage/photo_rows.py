"""Rows about photos: whose they are, where they belong and how to fetch them; never their bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.ids import PersonId, PhotoId, SpaceId
from market.ports.photos import StoredPhoto
from storage.tables.market import UNFETCHED, photos

_MANY = select(photos).where(photos.c.id.in_(bindparam("photos", expanding=True)))
_ADD = insert(photos)
_DETACH = (
    update(photos)
    .where(photos.c.space == bindparam("of_space"), photos.c.entrance == bindparam("of_entrance"))
    .values(space=None)
)
_CHANGE = update(photos).where(photos.c.id == bindparam("photo"))
_UNFETCHED = (
    select(photos)
    .where(UNFETCHED)
    .order_by(photos.c.added_at, photos.c.id)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True)
class PhotoRows:
    connection: AsyncConnection

    async def add(self, photo: StoredPhoto) -> None:
        row = {
            "id": photo.id,
            "owner": photo.owner,
            "place": 0,
            "entrance": False,
            "file_id": photo.file_id,
            "file_unique_id": photo.file_unique_id,
            "key": photo.key,
            "added_at": photo.added_at,
        }
        await self.connection.execute(_ADD, row)

    async def many(self, photos: Sequence[PhotoId]) -> Sequence[StoredPhoto]:
        """In the order asked for; what is not there is left out."""
        rows = await self.connection.execute(_MANY, {"photos": photos})
        found = {row.id: _photo(row) for row in rows}
        return [found[photo] for photo in photos if photo in found]

    async def attach(
        self, space: SpaceId, photos: Sequence[PhotoId], *, entrance: bool = False
    ) -> None:
        """Make exactly these the space's (entrance) photos, in this order."""
        await self.connection.execute(_DETACH, {"of_space": space, "of_entrance": entrance})
        for place, photo in enumerate(photos):
            row = {"photo": photo, "space": space, "place": place, "entrance": entrance}
            await self.connection.execute(_CHANGE, row)

    async def unfetched(self, limit: int) -> Sequence[StoredPhoto]:
        """Oldest first."""
        rows = await self.connection.execute(_UNFETCHED, {"limit": limit})
        return [_photo(row) for row in rows]

    async def fetched(self, photo: PhotoId, key: str) -> None:
        await self.connection.execute(_CHANGE, {"photo": photo, "key": key})


def _photo(row: Row[Any]) -> StoredPhoto:
    return StoredPhoto(
        id=PhotoId(row.id),
        owner=PersonId(row.owner),
        added_at=row.added_at,
        file_id=row.file_id,
        file_unique_id=row.file_unique_id,
        key=row.key,
    )
