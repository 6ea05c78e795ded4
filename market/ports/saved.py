from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from market.domain.ids import PersonId, PlaceId, SpaceId
from market.domain.saved import SavedPlace


class Places(Protocol):
    async def of(self, owner: PersonId) -> Sequence[SavedPlace]:
        """Oldest first."""

    async def add(self, place: SavedPlace) -> None:
        """A place of the same name moves there."""

    async def remove(self, place: PlaceId, owner: PersonId) -> None:
        """Raises NotFound, also for somebody else's."""


class Favourites(Protocol):
    async def of(self, person: PersonId) -> Sequence[SpaceId]:
        """Newest first."""

    async def has(self, person: PersonId, space: SpaceId) -> bool: ...

    async def add(self, person: PersonId, space: SpaceId, since: datetime) -> None:
        """Whatever is one already stays one."""

    async def remove(self, person: PersonId, space: SpaceId) -> None: ...
