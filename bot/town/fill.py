"""Fills a store with the town. Run again, it adds only what is not there yet."""

import asyncio
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from bot.town.drawing import drawn
from bot.town.kinds import LISTERS, RENTERS
from bot.town.plan import EASY, Ground, Plan, drawn_id, planned
from bot.town.scene import Scene
from bot.town.stays import ahead, over
from market.domain.booking import Booking
from market.domain.errors import NotFound, WindowTaken
from market.domain.ids import PersonId, PhotoId
from market.domain.ledger import Reason
from market.domain.person import Person
from market.domain.review import closes_at
from market.ports.photos import StoredPhoto
from market.ports.work import Work
from market.services.ledger import LedgerService
from storage.database import Store
from storage.photo_folder import PhotoFolder


@dataclass(frozen=True, slots=True)
class Town:
    store: Store
    photos: PhotoFolder
    ground: Ground
    seed: int = 1
    host: tuple[int, str] | None = None
    """A lister with a chat, by Telegram id and name, who gets the spaces around the centre."""

    async def fill(self, now: datetime) -> tuple[int, int]:
        """How many spaces and bookings were added. The times of bookings depend on the day."""
        hosts = [self.host] if self.host else []
        listers = [await self._person(*each, now) for each in (*hosts, *_without_chat(LISTERS))]
        renters = [await self._person(*each, now) for each in _without_chat(RENTERS)]
        plans = planned(self.ground, listers, self.seed, now)
        await self._draw([scene for plan in plans for scene in plan.scenes])
        # Side by side, so that they share commits.
        spaces = await asyncio.gather(*(self._add(plan, renters, now) for plan in plans))
        stays = [stay for plan in plans[EASY:] for stay in ahead(plan.space, renters, now)]
        bookings = await asyncio.gather(*map(self._book, stays))
        return sum(spaces), sum(bookings)

    async def _person(self, telegram: int | None, name: str, now: datetime) -> PersonId:
        chance = Random(f"{self.seed} {name}")  # noqa: S311 - no secret
        person = Person(PersonId(drawn_id(chance)), telegram, name, "en", self.ground.zone, now)
        async with self.store.begin() as work:
            try:
                await work.people.get(person.id)
            except NotFound:
                await work.people.add(person)
        return person.id

    async def _draw(self, scenes: Sequence[Scene]) -> None:
        """Some 20 ms a picture, much of it outside of Python's lock."""
        absent = [scene for scene in scenes if not self.photos.has(_key(scene))]
        await asyncio.gather(*(asyncio.to_thread(self._draw_one, scene) for scene in absent))

    def _draw_one(self, scene: Scene) -> None:
        self.photos.put(_key(scene), drawn(scene))

    async def _add(self, plan: Plan, renters: Sequence[PersonId], now: datetime) -> bool:
        space = plan.space
        async with self.store.begin() as work:
            if await work.spaces.many([space.id]):
                return False
            await work.spaces.add(space)
            ids = [PhotoId(int(_key(scene)[:12], 16)) for scene in plan.scenes]
            for photo, scene in zip(ids, plan.scenes, strict=True):
                row = StoredPhoto(photo, space.lister, space.listed_at, key=_key(scene))
                await work.photos.add(row)
            await work.photos.attach(space.id, ids)
            for stay, review in over(plan, renters, now):
                await work.bookings.add(stay)
                await _charge(work, stay)
                await LedgerService(work, stay.window.end).paid(stay.lister, stay.id)
                await work.reviews.add(review, closes_at(stay))
                await work.reviews.show(stay.id, closes_at(stay))
        return True

    async def _book(self, booking: Booking) -> bool:
        try:
            async with self.store.begin() as work:
                if await work.bookings.of_quote(booking.quote) is not None:
                    return False
                await work.bookings.add(booking)
                await _charge(work, booking)
        except WindowTaken:
            return False
        return True


async def _charge(work: Work, booking: Booking) -> None:
    await LedgerService(work, booking.booked_at).charge(booking, Reason.STAY, booking.total)


def _without_chat(names: Sequence[str]) -> Iterator[tuple[None, str]]:
    return ((None, name) for name in names)


def _key(scene: Scene) -> str:
    told = f"{scene.seed} {scene.number} {scene.light.sky}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]
