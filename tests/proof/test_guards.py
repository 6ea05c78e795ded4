"""Two guards keep a window from being booked twice; here each of them stands alone.

Twenty renters, each with a quote from when it was free, want one window, through two writers on the
same file. Were the guard that is left taken away too, more than one of them would get it.
"""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from market.domain.booking import Booking
from market.domain.errors import WindowTaken
from market.domain.ids import PersonId, QuoteId, SpaceId
from market.domain.window import Window
from market.services.bookings import BookingService
from market.services.quotes import QuoteService
from storage.bookings import BookingStore
from storage.database import Store
from storage.guards import GUARDS
from storage.migrate import upgrade
from tests.examples import NOON, a_person, a_space, settle, window

RENTERS = [PersonId(number) for number in range(100, 120)]


class BlindBookings(BookingStore):
    """Finds every window free, so that the check in the service passes."""

    async def taken(self, space: SpaceId, within: Window) -> Sequence[Window]:
        return []


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncIterator[list[Store]]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'park.db'}"
    upgrade(url)
    stores = [await Store.open(url), await Store.open(url)]
    yield stores
    for store in stores:
        await store.close()


@pytest.fixture
async def quotes(stores: list[Store]) -> list[QuoteId]:
    async with stores[0].begin() as work:
        await settle(work)
        for renter in RENTERS:
            await work.people.add(a_person(renter))
        opened = [
            await QuoteService(work, NOON).open(renter, a_space().id, window(1, 3))
            for renter in RENTERS
        ]
    return [quote.id for _, quote in opened]


async def everybody_books(
    stores: list[Store], quotes: list[QuoteId], *, blind: bool
) -> Counter[type]:
    async def book(turn: int) -> Booking:
        async with stores[turn % 2].begin() as work:
            if blind:
                work.bookings = BlindBookings(work.connection, work.changes)
            return await BookingService(work, NOON, max_ahead=5).book(RENTERS[turn], quotes[turn])

    results = await asyncio.gather(*map(book, range(len(RENTERS))), return_exceptions=True)
    return Counter(map(type, results))


def drop_the_triggers(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "park.db")) as connection:
        for name in GUARDS:
            connection.execute(f"DROP TRIGGER {name}")


ONE_BY_ONE = Counter({Booking: 1, WindowTaken: len(RENTERS) - 1})


async def test_the_check_under_the_write_lock_is_enough_without_the_trigger(
    stores, quotes, tmp_path
) -> None:
    drop_the_triggers(tmp_path)
    assert await everybody_books(stores, quotes, blind=False) == ONE_BY_ONE


async def test_the_trigger_is_enough_without_the_check(stores, quotes) -> None:
    assert await everybody_books(stores, quotes, blind=True) == ONE_BY_ONE


async def test_without_both_everybody_gets_the_window(stores, quotes, tmp_path) -> None:
    """The two tests above could fail."""
    drop_the_triggers(tmp_path)
    assert await everybody_books(stores, quotes, blind=True) == Counter({Booking: len(RENTERS)})
