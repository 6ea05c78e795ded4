from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from market.domain.ids import PhotoId, SpaceId
from market.domain.search import Nearby, Search
from market.domain.space import Space
from market.domain.window import Window
from market.ports.nearby import NearbyIndex
from market.ports.photos import StoredPhoto
from market.ports.work import Work


@dataclass(frozen=True, slots=True)
class Result:
    """What a search found, with the spaces it names."""

    search: Search
    nearby: Nearby
    spaces: Mapping[SpaceId, Space]


@dataclass(frozen=True, slots=True)
class FindingService:
    """From a place and a window to spaces that can be booked."""

    work: Work
    now: datetime
    index: NearbyIndex

    async def near(self, search: Search) -> Result:
        """One page of the nearest spaces. A space that vanished a moment ago is left out."""
        nearby = self.index.near(search)
        spaces = await self.work.spaces.many([found.space for found in nearby.found])
        return Result(search, nearby, spaces)

    async def instead_of(self, search: Search, space: SpaceId) -> Result:
        """The nearest other spaces for the same place and window."""
        nearby = self.index.near(search)
        others = Nearby(
            tuple(found for found in nearby.found if found.space != space),
            nearby.more,
            nearby.obstacles,
            nearby.nearest,
        )
        spaces = await self.work.spaces.many([found.space for found in others.found])
        return Result(search, others, spaces)

    async def space(self, space: SpaceId) -> Space:
        """A space as anybody may see it. Raises NotFound."""
        return await self.work.spaces.get(space)

    async def photos(self, photos: Sequence[PhotoId]) -> Sequence[StoredPhoto]:
        """In the order asked for."""
        return await self.work.photos.many(photos)

    async def free_now(self, space: Space) -> bool:
        """Open and unbooked at this instant, and neither paused nor hidden."""
        moment = Window.lasting(self.now, self.now.resolution)
        if not space.open_for_booking or not space.schedule.open_at(self.now, space.zone_info):
            return False
        return not await self.work.bookings.taken(space.id, moment)
