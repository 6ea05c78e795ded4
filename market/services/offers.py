import random
from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import datetime

from market.domain.errors import Invalid, Outdated
from market.domain.ids import PersonId, SpaceId, new_id
from market.domain.money import Money
from market.domain.moving import relocated
from market.domain.offer import Offer, offered, switched
from market.domain.place import Offset, Point
from market.domain.space import MAX_PHOTOS, Space, SpaceState
from market.domain.tariff import Tariff
from market.ports.geography import Geography
from market.ports.photos import StoredPhoto
from market.ports.work import Work
from market.services.listing import ANOTHER_BAY

UNPRICED = Tariff(Money(1, "XXX"))
"""Of a space that nobody has said anything of yet."""


@dataclass(frozen=True, slots=True)
class OfferService:
    """A space listed, or changed, in one go."""

    work: Work
    now: datetime
    geography: Geography
    chance: random.Random

    async def make(self, lister: PersonId, offer: Offer) -> Space:
        """A space that is paused until its first photo. Raises Invalid naming what cannot be."""
        bare = Space(
            id=SpaceId(new_id()),
            lister=lister,
            title="",
            place=offer.place,
            offset=await self._offset(lister, offer.place),
            zone="",
            country="",
            tariff=UNPRICED,
            listed_at=self.now,
            state=SpaceState.PAUSED,
        )
        space = offered(self._located(bare, offer.place), offer)
        await self.work.spaces.add(space)
        return space

    async def revise(
        self,
        lister: PersonId,
        space_id: SpaceId,
        offer: Offer,
        *,
        versions: Container[int],
        live: bool,
    ) -> Space:
        """The space as it is offered from now on; bookings ahead stay as they were made.

        Raises NotFound, Outdated if it is none of these versions any more, BookingsAhead for a
        place too far from where people are going, and Invalid.
        """
        own = await self.work.spaces.get_own(space_id, lister)
        if own.version not in versions:
            raise Outdated(own.version)
        ahead = await self.work.bookings.ahead_of_space(space_id, self.now)
        moved = relocated(own, offer.place, ahead)
        changed = offered(self._located(moved, offer.place), offer)
        newer = replace(switched(changed, live=live), version=own.version + 1)
        await self.work.spaces.save(newer)
        return newer

    async def add_photo(
        self, lister: PersonId, space_id: SpaceId, photo: StoredPhoto, *, entrance: bool
    ) -> Space:
        """One more at the end; the first that shows the space makes it live.

        Raises NotFound, and Invalid for the eleventh.
        """
        own = await self.work.spaces.get_own(space_id, lister)
        before = own.entrance if entrance else own.photos
        if len(before) >= MAX_PHOTOS:
            raise Invalid("photos", "too many", MAX_PHOTOS)
        photos = (*before, photo.id)
        await self.work.photos.add(photo)
        await self.work.photos.attach(space_id, photos, entrance=entrance)
        newer = replace(own, version=own.version + 1)
        if entrance:
            newer = replace(newer, entrance=photos)
        else:
            newer = replace(newer, photos=photos)
            newer = newer if before else switched(newer, live=True)
        await self.work.spaces.save(newer)
        return newer

    def _located(self, space: Space, place: Point) -> Space:
        """With what follows from the place: zone, country, and the currency of its prices."""
        zone = self.geography.zone_at(place)
        country = self.geography.country_of(zone)
        hour = Money(space.tariff.hour.minor, self.geography.currency_of(country))
        return replace(space, zone=zone, country=country, tariff=Tariff(hour))

    async def _offset(self, lister: PersonId, place: Point) -> Offset:
        """That of another bay at the same place: a second one would give the place away."""
        neighbours = await self.work.spaces.near(lister, place, ANOTHER_BAY)
        return neighbours[0].offset if neighbours else Offset.drawn(self.chance)
