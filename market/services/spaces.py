from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from market.domain import presence
from market.domain.calendar import Day, days, whole_day
from market.domain.colister import Right
from market.domain.earnings import Month, months_until
from market.domain.edit import Edit
from market.domain.errors import BookingsAhead, Invalid, NotFound
from market.domain.ids import PersonId, PhotoId, SpaceId
from market.domain.money import Money
from market.domain.moving import relocated
from market.domain.place import Point
from market.domain.schedule import Dates
from market.domain.space import MAX_PHOTOS, Space, SpaceState
from market.domain.window import Window
from market.ports.geography import Geography
from market.ports.photos import StoredPhoto
from market.ports.work import Work
from market.services.colisters import entitled

EARNING_MONTHS = 12


@dataclass(frozen=True, slots=True)
class SpaceService:
    """What listers and co-listers do with a space. Edits touch new bookings only.

    Every method that names a space raises NotFound for strangers, and ListerOnly for what a
    co-lister may not do.
    """

    work: Work
    now: datetime
    geography: Geography

    async def mine(self, person: PersonId) -> Sequence[Space]:
        """One's own, newest first, and then those of others that one looks after."""
        others = await self.work.colisters.spaces_of(person)
        looked_after = await self.work.spaces.many(others)
        own = await self.work.spaces.of_lister(person)
        return [*own, *(looked_after[it] for it in others if it in looked_after)]

    async def get(self, person: PersonId, space: SpaceId) -> Space:
        return await entitled(self.work, person, space, Right.SEE)

    async def own(self, person: PersonId, space: SpaceId, right: Right = Right.EDIT) -> Space:
        """The space, for what only its lister may do."""
        return await entitled(self.work, person, space, right)

    async def edit(self, person: PersonId, space: SpaceId, edit: Edit) -> Space:
        """Raises Invalid naming what cannot be."""
        own = await entitled(self.work, person, space, Right.EDIT)
        return await self._saved(edit.of(own))

    async def pause(self, person: PersonId, space: SpaceId, until: datetime | None = None) -> Space:
        """Takes no new bookings, perhaps only until then; those ahead stand."""
        own = await entitled(self.work, person, space, Right.PAUSE)
        return await self._saved_if_new(own, presence.off(own, self.now, until))

    async def resume(
        self, person: PersonId, space: SpaceId, until: datetime | None = None
    ) -> Space:
        """Takes bookings again, perhaps only until then. What is hidden stays hidden."""
        own = await entitled(self.work, person, space, Right.PAUSE)
        return await self._saved_if_new(own, presence.free(own, self.now, until))

    async def block(self, person: PersonId, space: SpaceId, dates: Dates) -> Space:
        own = await entitled(self.work, person, space, Right.BLOCK)
        return await self._saved(replace(own, schedule=own.schedule.without(dates)))

    async def unblock(self, person: PersonId, space: SpaceId, dates: Dates) -> Space:
        own = await entitled(self.work, person, space, Right.BLOCK)
        return await self._saved(replace(own, schedule=own.schedule.with_again(dates)))

    async def move(self, person: PersonId, space: SpaceId, point: Point, address: str) -> Space:
        """To another place; the public point keeps its offset.

        Raises BookingsAhead beyond 50 m of where anybody who is to come may have booked it, and
        Invalid where other money is used.
        """
        own = await entitled(self.work, person, space, Right.EDIT)
        moved = relocated(own, point, await self.work.bookings.ahead_of_space(space, self.now))
        zone = self.geography.zone_at(point)
        country = self.geography.country_of(zone)
        if self.geography.currency_of(country) != own.tariff.hour.currency:
            raise Invalid("place", "other currency", own.tariff.hour.currency)
        return await self._saved(replace(moved, address=address, zone=zone, country=country))

    async def month(
        self, person: PersonId, space: SpaceId, dates: Sequence[date]
    ) -> tuple[Space, Sequence[Day]]:
        """Some days in order, each with its mark and its bookings."""
        seen = await self.get(person, space)
        windows = [window for day in dates if (window := whole_day(seen, day)) is not None]
        if not windows:
            return seen, list(days(seen, dates, ()))
        span = Window(windows[0].start, windows[-1].end)
        booked = await self.work.bookings.of_space(space, span)
        return seen, list(days(seen, dates, booked))

    async def earnings(self, person: PersonId, space: SpaceId) -> tuple[Space, Sequence[Month]]:
        """The last twelve months, oldest first, as far as their stays are over."""
        own = await entitled(self.work, person, space, Right.MONEY)
        zone, currency = own.zone_info, own.tariff.hour.currency
        today = self.now.astimezone(zone).date()
        found = []
        for first, window in months_until(today, EARNING_MONTHS, zone):
            earned, stays = await self.work.ledger.earned(space, window, self.now)
            found.append(Month(first, Money(earned, currency), stays))
        return own, found

    async def photos(self, photos: Sequence[PhotoId]) -> Sequence[StoredPhoto]:
        """In the order asked for."""
        return await self.work.photos.many(photos)

    async def add_photo(
        self, person: PersonId, space: SpaceId, photo: StoredPhoto, *, entrance: bool = False
    ) -> Space:
        """One more photo at the end; the same picture sent again stays one.

        Raises Invalid for the eleventh.
        """
        own = await entitled(self.work, person, space, Right.EDIT)
        present = own.entrance if entrance else own.photos
        known = await self.work.photos.many(present)
        if photo.file_unique_id in {other.file_unique_id for other in known}:
            return own
        if len(present) >= MAX_PHOTOS:
            raise Invalid("photos", "too many", MAX_PHOTOS)
        await self.work.photos.add(photo)
        return await self._with_photos(own, (*present, photo.id), entrance=entrance)

    async def remove_photo(self, person: PersonId, space: SpaceId, photo: PhotoId) -> Space:
        """Of the listing or of the entrance. Raises Invalid for the last one of the listing."""
        own = await entitled(self.work, person, space, Right.EDIT)
        entrance = photo in own.entrance
        present = own.entrance if entrance else own.photos
        if photo not in present:
            raise NotFound("photo")
        left = tuple(kept for kept in present if kept != photo)
        if not (left or entrance):
            raise Invalid("photos", "too few", 1)
        changed = await self._with_photos(own, left, entrance=entrance)
        await self.work.photos.discard([photo])
        return changed

    async def order_photos(
        self, person: PersonId, space: SpaceId, photos: Sequence[PhotoId]
    ) -> Space:
        """The photos of the listing in another order; the first is the one that stands for it.

        Raises Invalid unless these are all of them.
        """
        own = await entitled(self.work, person, space, Right.EDIT)
        if sorted(photos) != sorted(own.photos):
            raise Invalid("photos", "others")
        return await self._with_photos(own, tuple(photos), entrance=False)

    async def delete(self, person: PersonId, space: SpaceId) -> None:
        """Its row stays, for the bookings that name it; its pictures and the way in do not.

        Raises BookingsAhead while somebody counts on it.
        """
        own = await entitled(self.work, person, space, Right.DELETE)
        await self._refuse_while_ahead(space)
        await self.work.spaces.save(
            replace(own, state=SpaceState.DELETED, description="", notes="")
        )
        await self.work.photos.discard([*own.photos, *own.entrance])

    async def _refuse_while_ahead(self, space: SpaceId) -> None:
        if ahead := await self.work.bookings.ahead_of_space(space, self.now):
            raise BookingsAhead(len(ahead), ahead[-1].window.end)

    async def _with_photos(
        self, space: Space, photos: tuple[PhotoId, ...], *, entrance: bool
    ) -> Space:
        await self.work.photos.attach(space.id, photos, entrance=entrance)
        if entrance:
            return await self._saved(replace(space, entrance=photos))
        return await self._saved(replace(space, photos=photos))

    async def _saved_if_new(self, before: Space, after: Space) -> Space:
        return before if after == before else await self._saved(after)

    async def _saved(self, space: Space) -> Space:
        newer = replace(space, version=space.version + 1)
        await self.work.spaces.save(newer)
        return newer
