"""Rows about photos: whose they are, where they belong and how to fetch them; never their bytes."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.ids import PersonId, PhotoId, SpaceId
from market.ports.photos import PlacedPhoto, StoredPhoto
from storage.tables.market import UNFETCHED, photos
from storage.tables.rights import discarded

_MANY = select(photos).where(photos.c.id.in_(bindparam("photos", expanding=True)))
_PLACED = select(photos).where(photos.c.id == bindparam("photo"))
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
_DROP = delete(photos).where(photos.c.id.in_(bindparam("photos", expanding=True)))
_DISCARD = upsert(discarded).on_conflict_do_nothing()
_DISCARDED = select(discarded.c.key).limit(bindparam("limit"))
_KEYS = select(photos.c.key).where(photos.c.key.is_not(None)).union(select(discarded.c.key))
_GONE = delete(discarded).where(discarded.c.key.in_(bindparam("keys", expanding=True)))

DISCARDED = "discarded"
"""Touched by every unit that deletes a photo, so that its bytes go at once."""


@dataclass(frozen=True, slots=True)
class PhotoRows:
    connection: AsyncConnection
    touch: Callable[[str], None]

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

    async def placed(self, photo: PhotoId) -> PlacedPhoto | None:
        row = (await self.connection.execute(_PLACED, {"photo": photo})).one_or_none()
        if row is None:
            return None
        space = None if row.space is None else SpaceId(row.space)
        return PlacedPhoto(_photo(row), space, row.entrance)

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
        """If the photo was deleted meanwhile, the key is left to be discarded."""
        found = await self.connection.execute(_CHANGE, {"photo": photo, "key": key})
        if not found.rowcount:
            await self._discard([key])

    async def discard(self, photos: Sequence[PhotoId]) -> None:
        """Delete the rows, and leave the bytes to be deleted after them."""
        stored = await self.many(photos)
        await self.connection.execute(_DROP, {"photos": photos})
        await self._discard([photo.key for photo in stored if photo.key])

    async def discarded(self, limit: int) -> Sequence[str]:
        """Keys of deleted photos whose bytes are still in the photo store."""
        return (await self.connection.execute(_DISCARDED, {"limit": limit})).scalars().all()

    async def keys(self) -> Collection[str]:
        """Of everything in the photo store that there should be, or that is about to go."""
        return set((await self.connection.execute(_KEYS)).scalars())

    async def gone(self, keys: Sequence[str]) -> None:
        """Their bytes are deleted now."""
        await self.connection.execute(_GONE, {"keys": keys})

    async def _discard(self, keys: Sequence[str]) -> None:
        for key in filter(None, keys):
            await self.connection.execute(_DISCARD, {"key": key})
            self.touch(DISCARDED)


def _photo(row: Row[Any]) -> StoredPhoto:
    return StoredPhoto(
        id=PhotoId(row.id),
        owner=PersonId(row.owner),
        added_at=row.added_at,
        file_id=row.file_id,
        file_unique_id=row.file_unique_id,
        key=row.key,
    )
