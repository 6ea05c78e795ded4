from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from market.domain.availability import free_windows
from market.domain.ids import PhotoId, SpaceId
from market.domain.nearest import REACH as NEAREST
from market.domain.nearest import nearest_window
from market.domain.search import REACH, Found, Nearby, Search, Sort, radius_of
from market.domain.space import Space
from market.domain.window import Window
from market.ports.nearby import NearbyIndex
from market.ports.photos import StoredPhoto
from market.ports.work import Work
from market.services.shelf import Shelf

CANDIDATES = 200
"""Spaces that are put in another order than by distance; those beyond are too far to walk."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a search found, with the spaces it names."""

    search: Search
    nearby: Nearby
    spaces: Mapping[SpaceId, Space]
    radius: float | None = None
    """Metres within which all that fit were compared, where the order is another than by distance;
    None where there were more than ``CANDIDATES`` of them, and only the nearest were."""


@dataclass(frozen=True, slots=True)
class FindingService:
    """From a place and a window to spaces that can be booked."""

    work: Work
    now: datetime
    index: NearbyIndex
    shelf: Shelf

    async def near(self, search: Search) -> Result:
        """One page of the nearest spaces. A space that vanished a moment ago is left out."""
        nearby = self.index.near(search)
        return Result(search, nearby, await self._shown(nearby.found))

    async def sorted_by(self, sort: Sort, search: Search) -> Result:
        """One page in another order than by distance, of the nearest ``CANDIDATES`` that fit."""
        return await self._page(sort, search, self._candidates(search))

    async def widened(self, sort: Sort, search: Search) -> Result:
        """The same out of the smallest radius that fills a page, or else out of all there is."""
        nearby = self._candidates(search)
        filling = nearby.found[: search.k]
        radius = radius_of(filling[-1].metres) if len(filling) == search.k else REACH
        within = tuple(found for found in nearby.found if found.metres <= radius)
        cut = nearby.more and len(within) == len(nearby.found)
        page = await self._page(sort, search, replace(nearby, found=within))
        return replace(page, radius=None if cut else radius)

    def _candidates(self, search: Search) -> Nearby:
        return self.index.near(replace(search, k=CANDIDATES, skip=0))

    async def _page(self, sort: Sort, search: Search, nearby: Nearby) -> Result:
        spaces = await self._shown(nearby.found)
        there = [found for found in nearby.found if found.space in spaces]
        paid = there[0].price.currency if there else ""
        ranked = sorted(there, key=lambda found: _rank(sort, found, spaces[found.space], paid))
        end = search.skip + search.k
        page = replace(nearby, found=tuple(ranked[search.skip : end]), more=len(ranked) > end)
        return Result(search, page, spaces)

    async def instead_of(self, search: Search, space: SpaceId) -> Result:
        """The nearest other spaces for the same place and window."""
        nearby = self.index.near(search)
        others = Nearby(
            tuple(found for found in nearby.found if found.space != space),
            nearby.more,
            nearby.obstacles,
            nearby.nearest,
        )
        return Result(search, others, await self._shown(others.found))

    async def space(self, space: SpaceId) -> Space:
        """A space as anybody may see it. Raises NotFound."""
        return await self.work.spaces.get(space)

    async def nearest_window(self, space: Space, window: Window) -> Window | None:
        """The window nearest to one that was refused for which this space can be had."""
        length = max(window.length, space.rules.min_stay)
        around = Window(window.start - NEAREST, window.start + length + 2 * NEAREST)
        taken = await self.work.bookings.taken(space.id, around)
        return nearest_window(space, window, taken, self.now)

    async def photos(self, photos: Sequence[PhotoId]) -> Sequence[StoredPhoto]:
        """In the order asked for."""
        return await self.work.photos.many(photos)

    async def free_of(self, spaces: Sequence[Space]) -> Collection[SpaceId]:
        """Those that ``free_now`` says yes to."""
        busy = await self.work.bookings.busy([space.id for space in spaces], self.now)
        return {space.id for space in spaces if self._open(space) and space.id not in busy}

    async def free_windows(self, space: Space, within: Window) -> Sequence[Window]:
        """When it is open and not taken; none while it takes no bookings."""
        if not space.open_for_booking:
            return []
        taken = await self.work.bookings.taken(space.id, within)
        return free_windows(space.schedule, space.zone_info, taken, within)

    async def free_now(self, space: Space) -> bool:
        """Open and unbooked at this instant, and neither paused nor hidden."""
        return space.id in await self.free_of([space])

    async def _shown(self, found: Sequence[Found]) -> Mapping[SpaceId, Space]:
        spaces = self.shelf.of([one.space for one in found], self.now)
        missing = [one.space for one in found if one.space not in spaces]
        if missing:
            read = await self.work.spaces.many(missing)
            self.shelf.keep(read, self.now)
            spaces.update(read)
        return spaces

    def _open(self, space: Space) -> bool:
        return space.open_for_booking and space.schedule.open_at(self.now, space.zone_info)


def _rank(sort: Sort, found: Found, space: Space, paid: str) -> tuple[float, ...]:
    """Smallest first; nearer ones before others that are as cheap or as well rated.

    Across a border prices cannot be compared: those in another currency than ``paid`` come last.
    """
    if sort is Sort.CHEAPEST:
        return (found.price.currency != paid, found.price.minor, found.metres)
    return (-(space.rating.average or 0), -space.rating.count, found.metres)
