from collections.abc import Mapping, Sequence
from typing import Protocol

from market.domain.ids import PersonId, SpaceId
from market.domain.place import Point
from market.domain.space import Space
from market.domain.survey import Caption


class Spaces(Protocol):
    async def get(self, space: SpaceId) -> Space:
        """Raises NotFound; a deleted space is not found."""

    async def ever(self, space: SpaceId) -> Space:
        """Also a deleted one, for those who had booked it. Raises NotFound."""

    async def get_own(self, space: SpaceId, lister: PersonId) -> Space:
        """Raises NotFound, also for somebody else's."""

    async def many(self, spaces: Sequence[SpaceId]) -> Mapping[SpaceId, Space]:
        """Those of them that are there, without their entrance photos."""

    async def captions(self, spaces: Sequence[SpaceId]) -> Mapping[SpaceId, Caption]:
        """What is said of those of them that are there."""

    async def of_lister(self, lister: PersonId) -> Sequence[Space]:
        """Newest first, deleted ones left out."""

    async def near(self, lister: PersonId, point: Point, within: float) -> Sequence[Space]:
        """The lister's own spaces whose true place lies within some metres."""

    async def add(self, space: Space) -> None: ...

    async def save(self, space: Space) -> None:
        """Saves everything but the photos. The change is told to the nearby index."""
