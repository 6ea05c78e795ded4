"""A town on a real store: people act in units of work, the clock moves, the sweeps tick."""

import asyncio
import random
import shutil
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from sqlalchemy import func, select

from gateways.geography import OfflineGeography
from jobs.alerts import Changed, Forgetting, Watching
from jobs.cleaning import Cleaning
from jobs.retention import Discarding, Farewells, Retention
from jobs.reviews import Showing
from jobs.stays import Completing, Expiring
from market.domain.booking import LIVE, Booking, State
from market.domain.ids import BookingId, PersonId, PhotoId, SpaceId, new_id
from market.domain.notice import Notice
from market.domain.person import Person
from market.domain.space import Space
from market.domain.stay import OVERSTAY_GRACE
from market.ports.photos import StoredPhoto
from market.services import Market, Services
from market.services.notices import Bulletin, Letter
from storage.database import Store
from storage.nearby.feed import NearbyFeed
from storage.tables.market import bookings, spaces
from storage.tables.outbox import UNSENT, outbox
from tests.telegram import Clock
from views import notice as view
from views.words import words_in

T = TypeVar("T")

PEOPLE = 5
OPERATOR = 0
"""Which of the people runs the marketplace."""


@dataclass(frozen=True)
class Told:
    """A notice that a person got, and when."""

    notice: Notice
    at: datetime


@dataclass
class Town:
    """``migrated`` is an empty database to start from."""

    migrated: Path
    watch: Callable[[], None]
    """Called whenever the sweeps, or the post, have done something."""
    clock: Clock = field(default_factory=Clock)
    told: list[Told] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    posted: bool = True
    """Whether nothing was done since the post went out."""

    def __post_init__(self) -> None:
        self._folder = TemporaryDirectory()
        database = shutil.copy(self.migrated, Path(self._folder.name) / "park.db")
        self._runner = asyncio.Runner()
        self._runner.run(self._open(f"sqlite+aiosqlite:///{database}"))

    async def _open(self, url: str) -> None:
        self.store = await Store.open(url)
        changed = Changed()
        self._feed = await NearbyFeed.open(self.store, url, changed.note)
        self._following = asyncio.create_task(self._feed.run())
        geography = OfflineGeography("EUR")
        operators = frozenset({1000 + OPERATOR})
        index, chance = self._feed.index, random.Random(1)
        self.market = Market(index, geography, 5, "en", operators, b"key", chance=chance)
        watching = Watching(self.store, self.clock, index, changed)
        self._sweeps: Sequence[Callable[[], Awaitable[bool]]] = (
            Expiring(self.store, self.clock),
            Completing(self.store, self.clock),
            Showing(self.store, self.clock),
            watching,
            Forgetting(self.store, self.clock),
            Retention(self.store, self.clock),
            Farewells(self.store),
            Discarding(self.store, self._drop),
            Cleaning(self.store, self.clock),
        )
        for number in range(PEOPLE):
            self.people.append(await self._meet(number))

    def close(self) -> None:
        self._runner.run(self._close())
        self._runner.close()
        self._folder.cleanup()

    async def _close(self) -> None:
        self._following.cancel()
        await asyncio.gather(self._following, return_exceptions=True)
        await self.store.close()

    async def _drop(self, key: str) -> None:
        """There are no bytes here."""

    @property
    def now(self) -> datetime:
        return self.clock()

    def unit(self, act: Callable[[Services], Awaitable[T]]) -> T:
        """One unit of work, seen by the nearby index before this returns."""
        self.posted = False
        return self._runner.run(self._unit(act))

    async def _unit(self, act: Callable[[Services], Awaitable[T]]) -> T:
        async with self.store.begin() as work:
            done = await act(Services(work, self.clock(), self.market))
        await self._feed.caught_up()
        return done

    def look(self, act: Callable[[Services], Awaitable[T]]) -> T:
        """Only read."""
        return self._runner.run(self._look(act))

    async def _look(self, act: Callable[[Services], Awaitable[T]]) -> T:
        async with self.store.glance() as work:
            return await act(Services(work, self.clock(), self.market))

    def meet(self, number: int) -> Person:
        """Whoever has that telephone; somebody new after they had themselves erased."""
        self.people[number] = self._runner.run(self._meet(number))
        return self.people[number]

    async def _meet(self, number: int) -> Person:
        return await self._unit(lambda its: its.people.meet(1000 + number, f"P{number}", "en"))

    def number_of(self, person: PersonId) -> int | None:
        """None for whoever was erased."""
        known = [one.id for one in self.people]
        return known.index(person) if person in known else None

    def photo(self, owner: PersonId) -> StoredPhoto:
        number = PhotoId(new_id())
        return StoredPhoto(number, owner, self.now, str(number), str(number), f"key-{number}")

    async def _deliver(self) -> None:
        while claimed := await self._unit(lambda its: its.notices.claim_due("postman")):
            for notice in claimed:
                await self._send(notice)

    async def _send(self, notice: Notice) -> None:
        async def sent(its: Services) -> Letter | Bulletin | None:
            letter = await its.notices.letter(notice)
            assert await its.notices.finish(notice, "postman")
            return letter

        if letter := await self._unit(sent):
            words = words_in(letter.person.language, letter.person.zone)
            assert view.screen(words, letter, self.now).text
            self.told.append(Told(notice, self.now))

    def tick(self) -> None:
        """Every sweep, once more whoever watches, and then the post: what is due is sent."""
        self._runner.run(self._sweep())
        self.watch()
        self._runner.run(self._deliver())
        self.watch()
        self.posted = True

    async def _sweep(self) -> None:
        for sweep in self._sweeps:
            while await sweep():
                pass
        await self._feed.caught_up()

    def until(self, end: datetime) -> None:
        """Let time pass: at every moment at which something is due, the sweeps tick."""
        self.tick()
        while (moment := self._next_moment()) is not None and moment <= end:
            self.clock.now = moment
            self.tick()
        self.clock.now = end
        self.tick()

    def _next_moment(self) -> datetime | None:
        return min(self.look(self._moments), default=None)

    async def _moments(self, its: Services) -> Sequence[datetime]:
        """When the next notice is due, request or hold lapses, or stay is over."""
        due = select(func.min(outbox.c.due_at)).where(UNSENT, outbox.c.due_at > self.now)
        lapsing = select(func.min(bookings.c.expires_at)).where(
            bookings.c.state.in_((State.HELD, State.REQUESTED)), bookings.c.expires_at > self.now
        )
        over = select(func.min(bookings.c.ends_at)).where(
            bookings.c.state.in_((State.BOOKED, State.ARRIVED)),
            bookings.c.ends_at > self.now - OVERSTAY_GRACE,
        )
        moments = [await its.work.connection.scalar(query) for query in (due, lapsing, over)]
        waits = (timedelta(), timedelta(), OVERSTAY_GRACE)
        return [at + wait for at, wait in zip(moments, waits, strict=True) if at is not None]

    def bookings(self) -> dict[BookingId, Booking]:
        """All that were ever made, with their histories."""
        return self.look(_all_bookings)

    def spaces(self) -> dict[SpaceId, Space]:
        """All that were ever listed."""
        return self.look(_all_spaces)


async def _all_bookings(its: Services) -> dict[BookingId, Booking]:
    numbers = await its.work.connection.execute(
        select(bookings.c.id).order_by(bookings.c.booked_at)
    )
    return {it: await its.work.bookings.get(it) for it in map(BookingId, numbers.scalars().all())}


async def _all_spaces(its: Services) -> dict[SpaceId, Space]:
    numbers = await its.work.connection.execute(select(spaces.c.id).order_by(spaces.c.listed_at))
    return {it: await its.work.spaces.ever(it) for it in map(SpaceId, numbers.scalars().all())}


def live(booking: Booking) -> bool:
    return booking.state in LIVE
