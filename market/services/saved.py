from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from market.domain.errors import TooMany
from market.domain.ids import PersonId, PlaceId, SpaceId, new_id
from market.domain.place import Point
from market.domain.saved import MOST_FAVOURITES, MOST_PLACES, SavedPlace, checked_place_name
from market.domain.space import Space
from market.ports.work import Work


@dataclass(frozen=True, slots=True)
class SavedService:
    """What people keep for later."""

    work: Work
    now: datetime

    async def places(self, person: PersonId) -> Sequence[SavedPlace]:
        """Oldest first."""
        return await self.work.places.of(person)

    async def save_place(self, person: PersonId, name: str, point: Point) -> SavedPlace:
        """A place of the same name moves there. Raises Invalid and TooMany."""
        place = SavedPlace(PlaceId(new_id()), person, checked_place_name(name), point, self.now)
        names = [known.name for known in await self.work.places.of(person)]
        if place.name not in names and len(names) >= MOST_PLACES:
            raise TooMany("places", MOST_PLACES)
        await self.work.places.add(place)
        return place

    async def remove_place(self, person: PersonId, place: PlaceId) -> None:
        """Raises NotFound, also for somebody else's."""
        await self.work.places.remove(place, person)

    async def favourites(self, person: PersonId) -> Sequence[Space]:
        """Newest first, those left out that are gone."""
        chosen = await self.work.favourites.of(person)
        there = await self.work.spaces.many(chosen)
        return [there[space] for space in chosen if space in there]

    async def is_favourite(self, person: PersonId, space: SpaceId) -> bool:
        return await self.work.favourites.has(person, space)

    async def turn_favourite(self, person: PersonId, space: SpaceId) -> bool:
        """Make it one, or one no more; returns which. Raises NotFound and TooMany."""
        if await self.work.favourites.has(person, space):
            await self.work.favourites.remove(person, space)
            return False
        await self.work.spaces.get(space)
        if len(await self.work.favourites.of(person)) >= MOST_FAVOURITES:
            raise TooMany("favourites", MOST_FAVOURITES)
        await self.work.favourites.add(person, space, self.now)
        return True
