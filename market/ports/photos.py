from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from market.domain.ids import PersonId, PhotoId, SpaceId


@dataclass(frozen=True, slots=True)
class StoredPhoto:
    """A photo: known to Telegram by ``file_id``, to the photo store by ``key`` once fetched."""

    id: PhotoId
    owner: PersonId
    added_at: datetime
    file_id: str | None = None
    file_unique_id: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class PlacedPhoto:
    """A photo, and the space that it belongs to; an entrance is not for everybody."""

    photo: StoredPhoto
    space: SpaceId | None
    entrance: bool

    @property
    def public(self) -> bool:
        return self.space is not None and not self.entrance


class Photos(Protocol):
    """Rows about photos; the bytes are the photo store's."""

    async def add(self, photo: StoredPhoto) -> None: ...

    async def many(self, photos: Sequence[PhotoId]) -> Sequence[StoredPhoto]:
        """In the order asked for."""

    async def placed(self, photo: PhotoId) -> PlacedPhoto | None: ...

    async def attach(
        self, space: SpaceId, photos: Sequence[PhotoId], *, entrance: bool = False
    ) -> None:
        """Make exactly these the space's (entrance) photos, in this order."""

    async def unfetched(self, limit: int) -> Sequence[StoredPhoto]:
        """Oldest first."""

    async def fetched(self, photo: PhotoId, key: str) -> None:
        """If the photo was deleted meanwhile, the key is left to be discarded."""

    async def discard(self, photos: Sequence[PhotoId]) -> None:
        """Delete the rows, and leave the bytes to be deleted after them."""

    async def discarded(self, limit: int) -> Sequence[str]:
        """Keys of deleted photos whose bytes are still in the photo store."""

    async def keys(self) -> Collection[str]:
        """Of everything in the photo store that there should be, or that is about to go."""

    async def gone(self, keys: Sequence[str]) -> None:
        """Their bytes are deleted now."""


class Darkroom(Protocol):
    """Makes photos fit to be shown to others; slow, so never used inside a unit of work."""

    async def develop(self, file_id: str) -> str:
        """The key in the photo store of a harmless copy. Raises Invalid for what is no picture."""
