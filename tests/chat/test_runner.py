"""Starting, draining, and what the logs must not say."""

import asyncio
import os
import signal
from typing import Any

import pytest
from telegram import Update
from telegram.error import InvalidToken

from chat.bot import Bot
from chat.conversation import Conversation
from chat.intake import Intake, Polling
from chat.matchers import command
from chat.runner import Runner
from chat.screen import Screen
from chat.wakes import Wakes
from storage.database import Store
from tests.chat.shop import ShopContext, open_shop
from tests.chat.test_worker import message, rows
from tests.telegram import FakeTelegram


class SlowBot:
    """Handles one update, for as long as the test wants."""

    def __init__(self, store: Store, bot: Bot, drain: float) -> None:
        self.begun = asyncio.Event()
        self.let_go = asyncio.Event()

        async def slow(update: Update, context: ShopContext) -> None:
            context.show(Screen("Done."))

        async def prepare(update: Update, peek: Any) -> dict[str, Any]:
            self.begun.set()
            await self.let_go.wait()
            return {}

        flow = Conversation[ShopContext](name="slow", entry_points=[command("slow", slow)])
        worker = open_shop(store, bot, conversations=[flow]).worker
        worker._prepare = prepare
        self.intake = Intake(store, worker)
        self.runner = Runner(bot, worker, Wakes(store, worker), drain=drain)

    async def begin(self) -> None:
        await self.intake.accept([{"update_id": 5, "message": message("/slow")}])
        await self.begun.wait()


async def test_the_drain_finishes_what_was_begun_however_often_it_is_asked_to_end(
    store: Store, bot: Bot, telegram: FakeTelegram
) -> None:
    slow = SlowBot(store, bot, drain=10)
    running = asyncio.create_task(slow.runner.run())
    await asyncio.sleep(0)
    await slow.begin()
    for _ in range(3):
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(0.02)
    assert not running.done()
    slow.let_go.set()
    await running
    assert telegram.unread[7] == ["Done."]
    assert [row.state for row in await rows(store)] == ["done"]


async def test_the_drain_has_an_end_and_the_inbox_keeps_the_rest(
    store: Store, bot: Bot, telegram: FakeTelegram
) -> None:
    slow = SlowBot(store, bot, drain=0.01)
    async with slow.runner:
        await slow.begin()
    assert telegram.unread[7] == []
    assert [row.state for row in await rows(store)] == ["new"]


async def test_what_the_last_run_left_is_done_at_the_start(
    store: Store, bot: Bot, telegram: FakeTelegram
) -> None:
    stopped = SlowBot(store, bot, drain=0)
    async with stopped.runner:
        await stopped.begin()
    following = SlowBot(store, bot, drain=10)
    following.let_go.set()
    async with following.runner:
        await following.begun.wait()
    assert telegram.unread[7] == ["Done."]


async def test_a_token_that_telegram_refuses_ends_the_run(
    store: Store, bot: Bot, telegram: FakeTelegram
) -> None:
    worker = open_shop(store, bot).worker
    polling = Polling(store, bot, Intake(store, worker))
    telegram.fail("deleteWebhook", InvalidToken())
    with pytest.raises(InvalidToken):
        await Runner(bot, worker, Wakes(store, worker), polling=polling).run()
