"""Processes that book, cancel and re-book on one file, and write down what they were promised."""

import asyncio
import os
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from market.domain.errors import NotBookable
from market.domain.ids import BookingId, PersonId, SpaceId
from market.services.bookings import BookingService
from market.services.quotes import QuoteService
from storage.database import Store
from storage.migrate import upgrade
from storage.work import Work
from tests.examples import LISTER, NOON, a_person, a_space, window

SPACES = [SpaceId(number) for number in range(1, 11)]
HOURS = 24
"""From noon on: few enough for ten spaces that windows clash all the time."""
FIRST_RENTER = 1000
RENTERS = 4
"""Of each process; they act at the same time, so that their units share commits."""
NO_LIMIT = 1_000_000


@dataclass
class Log:
    """Lines of a file; each is one write past every buffer, so it outlives a SIGKILL."""

    file: int

    def note(self, *words: object) -> None:
        os.write(self.file, (" ".join(map(str, words)) + "\n").encode())


@dataclass
class Renter:
    person: PersonId
    store: Store
    log: Log
    chance: random.Random
    booked: list[BookingId] = field(default_factory=list)
    slowest: float = 0

    async def act_until(self, end: float) -> None:
        while time.time() < end:
            try:
                await (self.cancel() if self.booked and self.chance.random() < 0.5 else self.book())
            except NotBookable as refusal:
                self.log.note("refused", type(refusal).__name__)
            except Exception as error:  # noqa: BLE001 - the proof is that there is none
                self.log.note("error", repr(error).replace("\n", " "))
        self.log.note("slowest", round(self.slowest * 1000))

    async def book(self) -> None:
        start, length = self.chance.randrange(HOURS), self.chance.randint(1, 4)
        space = self.chance.choice(SPACES)
        async with self.unit() as work:
            _, quote = await QuoteService(work, NOON).open(
                self.person, space, window(start, start + length)
            )
        async with self.unit() as work:
            booking = await BookingService(work, NOON, NO_LIMIT).book(self.person, quote.id)
        self.log.note("booked", booking.id)
        self.booked.append(booking.id)

    async def cancel(self) -> None:
        booking = self.booked.pop(self.chance.randrange(len(self.booked)))
        self.log.note("cancelling", booking)
        async with self.unit() as work:
            await BookingService(work, NOON, NO_LIMIT).cancel(self.person, booking)
        self.log.note("cancelled", booking)

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Work]:
        began = time.monotonic()
        async with self.store.begin() as work:
            yield work
        self.slowest = max(self.slowest, time.monotonic() - began)


def settled(database: Path, renters: int) -> tuple[str, list[PersonId]]:
    """A database with the ten spaces and so many renters: its URL and their ids."""
    url = f"sqlite+aiosqlite:///{database}"
    upgrade(url)
    people = [PersonId(FIRST_RENTER + number) for number in range(renters)]
    asyncio.run(_settle(url, people))
    return url, people


async def _settle(url: str, people: list[PersonId]) -> None:
    store = await Store.open(url)
    async with store.begin() as work:
        for person in [LISTER, *people]:
            await work.people.add(a_person(person))
        for space in SPACES:
            await work.spaces.add(a_space(id=space))
    await store.close()


def race(url: str, log: Path, people: list[PersonId], end: float) -> None:
    """What each process does, until ``end`` (as of time.time)."""
    asyncio.run(_race(url, log, people, end))


async def _race(url: str, path: Path, people: list[PersonId], end: float) -> None:
    log = Log(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND))
    store = await Store.open(url)
    renters = [Renter(person, store, log, random.Random(person)) for person in people]
    await asyncio.gather(*(renter.act_until(end) for renter in renters))
    await store.close()
    os.close(log.file)
