from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from market.domain.errors import BookingsAhead, Invalid
from market.domain.ids import PersonId, PhotoId, SpaceId
from market.domain.money import Money
from market.domain.space import MAX_PHOTOS, Space, SpaceState, checked_text
from market.ports.photos import StoredPhoto
from market.ports.work import Work


@dataclass(frozen=True, slots=True)
class SpaceService:
    """What a lister does with a listed space. Edits touch new bookings only."""

    work: Work
    now: datetime

    async def mine(self, lister: PersonId) -> Sequence[Space]:
        """Newest first."""
        return await self.work.spaces.of_lister(lister)

    async def get(self, lister: PersonId, space: SpaceId) -> Space:
        """Raises NotFound, also for somebody else's."""
        return await self.work.spaces.get_own(space, lister)

    async def rename(self, lister: PersonId, space: SpaceId, title: str) -> Space:
        """Raises NotFound and Invalid."""
        own = await self.get(lister, space)
        return await self._saved(replace(own, title=checked_text("title", title)))

    async def note(self, lister: PersonId, space: SpaceId, notes: str) -> Space:
        """Access notes, for booked renters alone. Raises NotFound and Invalid."""
        own = await self.get(lister, space)
        return await self._saved(replace(own, notes=checked_text("notes", notes)))

    async def reprice(self, lister: PersonId, space: SpaceId, hour: Money) -> Space:
        """A new hour price; caps stay. Raises NotFound and Invalid."""
        own = await self.get(lister, space)
        return await self._saved(replace(own, tariff=replace(own.tariff, hour=hour)))

    async def pause(self, lister: PersonId, space: SpaceId) -> Space:
        """Takes no new bookings; those ahead stand. Raises NotFound."""
        return await self._switched(lister, space, SpaceState.LIVE, SpaceState.PAUSED)

    async def resume(self, lister: PersonId, space: SpaceId) -> Space:
        """Raises NotFound. What the operator has hidden stays hidden."""
        return await self._switched(lister, space, SpaceState.PAUSED, SpaceState.LIVE)

    async def photos(self, space: Space) -> Sequence[StoredPhoto]:
        return await self.work.photos.many(space.photos)

    async def add_photo(self, lister: PersonId, space: SpaceId, photo: StoredPhoto) -> Space:
        """One more photo at the end. Raises NotFound, and Invalid for the eleventh."""
        own = await self.get(lister, space)
        if len(own.photos) >= MAX_PHOTOS:
            raise Invalid("photos", "too many", MAX_PHOTOS)
        await self.work.photos.add(photo)
        return await self._with_photos(own, (*own.photos, photo.id))

    async def remove_photo(self, lister: PersonId, space: SpaceId, photo: PhotoId) -> Space:
        """Raises NotFound, and Invalid when it is the last one."""
        own = await self.get(lister, space)
        left = tuple(kept for kept in own.photos if kept != photo)
        if not left:
            raise Invalid("photos", "too few", 1)
        return await self._with_photos(own, left)

    async def delete(self, lister: PersonId, space: SpaceId) -> None:
        """Raises NotFound, and BookingsAhead while somebody counts on it."""
        own = await self.get(lister, space)
        if ahead := await self.work.bookings.ahead_of_space(space, self.now):
            raise BookingsAhead(len(ahead), ahead[-1].window.end)
        await self.work.spaces.save(replace(own, state=SpaceState.DELETED))

    async def _switched(
        self, lister: PersonId, space: SpaceId, source: SpaceState, target: SpaceState
    ) -> Space:
        own = await self.get(lister, space)
        return await self._saved(replace(own, state=target)) if own.state is source else own

    async def _with_photos(self, space: Space, photos: tuple[PhotoId, ...]) -> Space:
        await self.work.photos.attach(space.id, photos)
        return await self._saved(replace(space, photos=photos))

    async def _saved(self, space: Space) -> Space:
        newer = replace(space, version=space.version + 1)
        await self.work.spaces.save(newer)
        return newer
