from dataclasses import dataclass
from datetime import datetime

from market.domain.errors import NotFound
from market.domain.ids import PersonId, PhotoId
from market.ports.photos import PlacedPhoto
from market.ports.work import Work
from market.services.bookings import BookingService


@dataclass(frozen=True, slots=True)
class PhotoService:
    """Who may see which photo."""

    work: Work
    now: datetime
    bookings: BookingService

    async def seen_by(self, person: PersonId | None, photo: PhotoId) -> PlacedPhoto:
        """Raises NotFound, also for what a person may not see.

        Listing photos are for everybody, those of an entrance for whoever may know the place, and
        what belongs to no space for its owner alone.
        """
        placed = await self.work.photos.placed(photo)
        if placed is None:
            raise NotFound("photo")
        if placed.photo.owner != person and not await self._shown(placed, person):
            raise NotFound("photo")
        return placed

    async def _shown(self, placed: PlacedPhoto, person: PersonId | None) -> bool:
        if placed.space is None:
            return False
        space = await self.work.spaces.get(placed.space)
        if not placed.entrance:
            return True
        return person is not None and await self.bookings.may_know_place(person, space)
