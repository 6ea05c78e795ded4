import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from market.domain.errors import Invalid
from market.domain.ids import PersonId, SpaceId, new_id
from market.domain.money import Money, check_hour_price
from market.domain.place import Offset, Point
from market.domain.space import MAX_PHOTOS, Draft, Space, checked_text
from market.domain.tariff import Tariff
from market.ports.geography import Geography
from market.ports.photos import StoredPhoto
from market.ports.work import Work

ANOTHER_BAY = 20.0
"""Metres within which a second listing by the same person may be another bay of the first."""


@dataclass(frozen=True, slots=True)
class ListingService:
    """From the first photo to a live space. The draft is kept until published or thrown away."""

    work: Work
    now: datetime
    geography: Geography
    chance: random.Random

    async def draft(self, lister: PersonId) -> Draft | None:
        return await self.work.drafts.of(lister)

    async def begin(self, lister: PersonId) -> Draft:
        """A fresh draft instead of any earlier one."""
        await self.discard(lister)
        return await self._kept(lister, Draft())

    async def add_photo(self, lister: PersonId, photo: StoredPhoto) -> Draft:
        """Raises Invalid for the eleventh. The same picture sent again stays one."""
        draft = await self._draft(lister)
        known = await self.work.photos.many(draft.photos)
        if photo.file_unique_id in {other.file_unique_id for other in known}:
            return draft
        if len(draft.photos) >= MAX_PHOTOS:
            raise Invalid("photos", "too many", MAX_PHOTOS)
        await self.work.photos.add(photo)
        return await self._kept(lister, replace(draft, photos=(*draft.photos, photo.id)))

    async def set_place(self, lister: PersonId, point: Point, address: str) -> Draft:
        """Where it is; zone, country and currency follow from that."""
        zone = self.geography.zone_at(point)
        country = self.geography.country_of(zone)
        placed = replace(
            await self._draft(lister),
            place=point,
            address=address,
            zone=zone,
            country=country,
            currency=self.geography.currency_of(country),
        )
        return await self._kept(lister, placed)

    async def neighbours(self, lister: PersonId, point: Point) -> Sequence[Space]:
        """One's own spaces so near that this may be another bay of the same place."""
        return await self.work.spaces.near(lister, point, ANOTHER_BAY)

    async def set_price(self, lister: PersonId, minor: int) -> Draft:
        """The hour price in minor units of the draft's currency. Raises Invalid."""
        draft = await self._draft(lister)
        check_hour_price(Money(minor, draft.currency))
        return await self._kept(lister, replace(draft, hour_price=minor))

    async def set_title(self, lister: PersonId, title: str) -> Draft:
        """Raises Invalid."""
        draft = replace(await self._draft(lister), title=checked_text("title", title))
        return await self._kept(lister, draft)

    async def copy(self, lister: PersonId, original: SpaceId) -> Draft:
        """Take over everything but the photos from a space of one's own. Raises NotFound."""
        space = await self.work.spaces.get_own(original, lister)
        draft = replace(
            await self._draft(lister),
            place=space.place,
            address=space.address,
            zone=space.zone,
            country=space.country,
            hour_price=space.tariff.hour.minor,
            currency=space.tariff.hour.currency,
            description=space.description,
            copied_from=original,
        )
        return await self._kept(lister, draft)

    async def preview(self, lister: PersonId) -> Space:
        """The space as it would be published. Raises Invalid naming what is still missing."""
        draft = await self._draft(lister)
        if not draft.photos:
            raise Invalid("photos", "missing")
        if draft.place is None:
            raise Invalid("place", "missing")
        if draft.hour_price is None:
            raise Invalid("price", "missing")
        if not draft.title:
            raise Invalid("title", "missing")
        space = Space(
            id=SpaceId(new_id()),
            lister=lister,
            title=draft.title,
            place=draft.place,
            offset=Offset.drawn(self.chance),
            zone=draft.zone,
            country=draft.country,
            tariff=Tariff(Money(draft.hour_price, draft.currency)),
            listed_at=self.now,
            photos=draft.photos,
            address=draft.address,
            description=draft.description,
        )
        if draft.copied_from is None:
            return space
        # The original may have been deleted since, and its notes with it; its rules stay copied.
        return _like(space, await self.work.spaces.ever(draft.copied_from))

    async def publish(self, lister: PersonId) -> Space:
        """The draft becomes a live space. Raises Invalid naming what is still missing."""
        space = await self.preview(lister)
        await self.work.spaces.add(space)
        await self.work.photos.attach(space.id, space.photos)
        await self.work.drafts.drop(lister)
        return space

    async def discard(self, lister: PersonId) -> None:
        """Throw the draft away, with its photos."""
        await self.work.photos.discard((await self._draft(lister)).photos)
        await self.work.drafts.drop(lister)

    async def clear_photos(self, lister: PersonId) -> Draft:
        """Leave all photos out of the draft again."""
        draft = await self._draft(lister)
        await self.work.photos.discard(draft.photos)
        return await self._kept(lister, replace(draft, photos=()))

    async def photos(self, draft: Draft) -> Sequence[StoredPhoto]:
        return await self.work.photos.many(draft.photos)

    async def _draft(self, lister: PersonId) -> Draft:
        return await self.work.drafts.of(lister) or Draft()

    async def _kept(self, lister: PersonId, draft: Draft) -> Draft:
        await self.work.drafts.save(lister, draft, self.now)
        return draft


def _like(space: Space, original: Space) -> Space:
    """A neighbouring bay: rules and caps of the original, and its offset.

    A second offset around the same place would give the place away. Caps in another currency than
    the place's, if the copy was moved abroad, are left out.
    """
    hour = space.tariff.hour
    same_money = hour.currency == original.tariff.hour.currency
    return replace(
        space,
        offset=original.offset,
        shows_place=original.shows_place,
        tariff=replace(original.tariff, hour=hour) if same_money else space.tariff,
        schedule=original.schedule,
        rules=original.rules,
        approval=original.approval,
        policy=original.policy,
        plate_needed=original.plate_needed,
        tags=original.tags,
        limits=original.limits,
        notes=original.notes,
    )
