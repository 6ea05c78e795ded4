from collections.abc import AsyncIterator
from typing import Any

import pytest

from chat.bot import Bot
from chat.intake import Intake
from chat.wakes import Wakes
from storage.database import Store
from tests.chat.shop import Shop, ShopContext, open_shop
from tests.storage.conftest import database, migrated, store, url
from tests.telegram import TOKEN, Chat, Clock, FakeTelegram

__all__ = ["database", "migrated", "store", "url"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def telegram() -> FakeTelegram:
    return FakeTelegram()


@pytest.fixture
async def bot(telegram: FakeTelegram) -> Bot:
    return Bot(TOKEN, request=telegram)


@pytest.fixture
async def shop(store: Store, bot: Bot, clock: Clock) -> AsyncIterator[Shop]:
    shop = open_shop(store, bot, clock=clock)
    yield shop
    await shop.worker.stop()


@pytest.fixture
def intake(store: Store, shop: Shop, clock: Clock) -> Intake[Any, ShopContext]:
    return Intake(store, shop.worker, clock=clock)


@pytest.fixture
def wakes(store: Store, shop: Shop, clock: Clock) -> Wakes[Any, ShopContext]:
    return Wakes(store, shop.worker, clock)


@pytest.fixture
def chat(telegram: FakeTelegram, intake: Any, shop: Shop, clock: Clock) -> Chat:
    return Chat(telegram, intake, shop.worker.idle, clock=clock)
