"""A process that does nothing but deliver notices, until it is ended or killed."""

import asyncio
import os
from datetime import UTC, datetime, timedelta

from chat.bot import Bot
from chat.buckets import Limits
from chat.courier import Courier
from chat.request import AiohttpRequest
from jobs.notices import Delivery
from storage.database import Store

TOKEN = "42:TEST"
NAP = 0.02
SLOW_ANSWER = 0.3
"""Seconds after which an answer is given up: it may have been accepted."""
RATE = 1e9
"""Messages a second: how fast Telegram lets us send is proved elsewhere."""


def main(database: str, api_url: str, ahead: float) -> None:
    """``ahead`` is by how many seconds its clock is: as if that time had passed since."""
    asyncio.run(_deliver(database, api_url, timedelta(seconds=ahead)))


async def _deliver(database: str, api_url: str, ahead: timedelta) -> None:
    async def no_photo(key: str) -> bytes:
        raise FileNotFoundError(key)

    def clock() -> datetime:
        return datetime.now(UTC) + ahead

    store = await Store.open(database)
    bot = Bot(TOKEN, api_url, AiohttpRequest(read_timeout=SLOW_ANSWER))
    patience = timedelta(seconds=0.1)
    courier = Courier(bot, no_photo, Limits(RATE, RATE, RATE), clock, patience)
    delivery = Delivery(store, courier, clock, f"process {os.getpid()} {ahead}")
    await bot.connect()
    while True:
        if not await delivery():
            await asyncio.sleep(NAP)
