import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from chat.bot import Bot
from chat.buckets import Limits
from chat.courier import Courier
from chat.illustrator import Illustrated
from chat.inline import Inline
from chat.intake import Intake
from chat.worker import Worker
from gateways.drawing import Pictures
from gateways.geography import OfflineGeography
from handlers import edges, start
from handlers.context import ParkContext, arriving
from handlers.inline import InlineMode
from handlers.table import conversations
from market.domain.errors import GeocoderDown, Invalid, ParkError
from market.domain.place import Address, Point
from market.services import Market
from storage.database import Store
from tests.examples import settle
from tests.handlers.post import Post
from tests.handlers.town import HERE, TOKYO, Town
from tests.storage.conftest import database, migrated, store, url
from tests.telegram import BOT, TOKEN, Chat, Clock, FakeTelegram
from views.drawn import PREFIX

__all__ = ["database", "migrated", "store", "url"]


class FakeGeocoder:
    """Knows the street of the town, and of a name that two places bear."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.down = False

    async def address_at(self, point: Point) -> str | None:
        return None

    async def find(self, text: str, language: str) -> Sequence[Address]:
        if self.down:
            raise GeocoderDown
        self.asked.append(text)
        return KNOWN.get(text.lower(), ())


KNOWN = {
    "bakery street 4": (Address("Bakery Street 4, Berlin", Point(*HERE)),),
    "mill lane": (
        Address("Mill Lane, Berlin", Point(*HERE)),
        Address("Mill Lane, Tokyo", TOKYO),
    ),
}


class FakeDarkroom:
    """Makes a photo of every file but one that is called broken."""

    async def develop(self, file_id: str) -> str:
        if file_id.startswith("broken"):
            raise Invalid("photo", "unreadable")
        return f"copy-of-{file_id}"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def telegram() -> FakeTelegram:
    return FakeTelegram()


@pytest.fixture
async def town(store: Store) -> Town:
    town = Town(store)
    async with store.begin() as work:
        await settle(work, *town.spaces.values())
    return town


@pytest.fixture
def market(town: Town) -> Market:
    return Market(town, OfflineGeography("EUR"))


@pytest.fixture
def geocoder() -> FakeGeocoder:
    return FakeGeocoder()


@pytest.fixture
async def bot(telegram: FakeTelegram) -> Bot:
    return Bot(TOKEN, request=telegram)


@dataclass
class Drawing:
    """Writes down which maps are asked for; draws them when it is let to."""

    go: asyncio.Event = field(default_factory=asyncio.Event)
    facts: list[Mapping[str, Any]] = field(default_factory=list)

    async def draw(self, facts: Mapping[str, Any]) -> bytes:
        self.facts.append(facts)
        await self.go.wait()
        return b"a map"

    async def added(self, chat: int, message: int) -> None: ...


@pytest.fixture
def map_page() -> str:
    """Where the map opens; nowhere, unless a test says so."""
    return ""


@pytest.fixture
def drawing() -> Drawing | None:
    """Who draws maps; nobody, unless a test says so."""
    return None


@pytest.fixture
async def worker(
    store: Store,
    bot: Bot,
    market: Market,
    clock: Clock,
    geocoder: FakeGeocoder,
    map_page: str,
    drawing: Drawing | None,
) -> AsyncIterator[Any]:
    async def no_photo(key: str) -> bytes:
        raise AssertionError(f"nobody asked for {key}")

    worker: Worker[Any, ParkContext] = Worker(
        store,
        bot,
        conversations("Park Place, Example Street 1", lambda: BOT["username"]),
        arriving(market, map_page),
        courier=Courier(
            bot,
            Pictures(no_photo, PREFIX, {"map": drawing.draw} if drawing else {}).read,
            Limits(per_second=10_000, per_chat=10_000),
            clock=clock,
            illustrated=Illustrated(drawing.added, b"plain") if drawing else None,
        ),
        refusal=ParkError,
        explain=edges.explain,
        apology=edges.apology,
        unmatched=start.unmatched,
        group=edges.in_group(lambda: BOT["username"]),
        prepare=edges.preparing(geocoder, FakeDarkroom()),
        clock=clock,
    )
    yield worker
    await worker.stop()


@pytest.fixture
async def chat(
    telegram: FakeTelegram,
    store: Store,
    bot: Bot,
    worker: Any,
    market: Market,
    clock: Clock,
    geocoder: FakeGeocoder,
) -> AsyncIterator[Chat]:
    mode = InlineMode(store.read, market, clock, lambda: BOT["username"], geocoder)
    inline = Inline(bot, mode.answer)

    async def idle() -> None:
        await worker.idle()
        await inline.idle()

    yield Chat(telegram, Intake(store, worker, inline=inline, clock=clock), idle, clock=clock)
    await inline.stop()


@pytest.fixture
def post(store: Store, bot: Bot, clock: Clock) -> Post:
    return Post(store, bot, clock)
