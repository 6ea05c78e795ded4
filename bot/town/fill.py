"""Fills a store with the town. Run again, it adds only what is not there yet."""

import asyncio
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from bot.town.drawing import drawn
from bot.town.kinds import LISTERS, RENTERS
from bot.town.plan import EASY, Ground, Plan, drawn_id, planned
from bot.town.scene import Scene
from market.domain.booking import Booking, Event, Side, State
from market.domain.errors import NotFound, WindowTaken
from market.domain.ids import BookingId, PersonId, PhotoId, QuoteId
from market.domain.ledger import Reason
from market.domain.person import Person
from market.domain.space import Space, obstacle
from market.domain.window import Window
from market.ports.photos import StoredPhoto
from market.services.ledger import LedgerService
from storage.database import Store
from storage.photo_folder import PhotoFolder

DAYS_AHEAD = 3
"""Of invented bookings."""


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
        spaces = await asyncio.gather(*map(self._add, plans))
        stays = [stay for plan in plans[EASY:] for stay in _bookings(plan.space, renters, now)]
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

    async def _add(self, plan: Plan) -> bool:
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
        return True

    async def _book(self, booking: Booking) -> bool:
        try:
            async with self.store.begin() as work:
                if await work.bookings.of_quote(booking.quote) is not None:
                    return False
                await work.bookings.add(booking)
                ledger = LedgerService(work, booking.booked_at)
                await ledger.charge(booking, Reason.STAY, booking.total)
        except WindowTaken:
            return False
        return True


def _without_chat(names: Sequence[str]) -> Iterator[tuple[None, str]]:
    return ((None, name) for name in names)


def _key(scene: Scene) -> str:
    told = f"{scene.seed} {scene.number} {scene.light.sky}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _bookings(space: Space, renters: Sequence[PersonId], now: datetime) -> Iterator[Booking]:
    """Some stays of the coming days that the space's own rules allow."""
    midnight = now.astimezone(space.zone_info).replace(hour=0, minute=0, second=0, microsecond=0)
    for ahead in range(DAYS_AHEAD):
        day = (midnight + timedelta(days=ahead)).date()
        chance = Random(f"{space.id} {day}")  # noqa: S311 - no secret
        for opens in chance.sample((7, 9, 12, 15, 18), chance.choice((0, 0, 1, 1, 2))):
            hours = timedelta(hours=chance.choice((1, 2, 2, 3)))
            wall = datetime(day.year, day.month, day.day, opens, tzinfo=space.zone_info)
            window = Window.lasting(wall.astimezone(UTC), hours)
            booked_at = now - timedelta(hours=chance.randint(26, 200))
            ids = BookingId(drawn_id(chance)), QuoteId(drawn_id(chance))
            if window.end > now and obstacle(space, window, booked_at) is None:
                yield _booking(ids, space, chance.choice(renters), window, booked_at)


def _booking(
    ids: tuple[BookingId, QuoteId],
    space: Space,
    renter: PersonId,
    window: Window,
    booked_at: datetime,
) -> Booking:
    return Booking(
        id=ids[0],
        quote=ids[1],
        space=space.id,
        lister=space.lister,
        renter=renter,
        window=window,
        blocked_until=window.end + space.rules.buffer,
        total=space.tariff.price(window.length),
        hour_price=space.tariff.hour,
        policy=space.policy,
        state=State.BOOKED,
        booked_at=booked_at,
        plate="ABC123" if space.plate_needed else None,
        history=(Event(booked_at, State.BOOKED, Side.RENTER),),
    )
