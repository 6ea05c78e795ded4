from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import (
    BotCommandScopeAllPrivateChats,
    MenuButtonCommands,
    MenuButtonWebApp,
    User,
    WebAppInfo,
)

from bot.introduction import INLINE_IS_OFF, NO_MAP, Webhook, introduce, introduced, missing
from chat.bot import Bot
from sandbox import Sandbox
from views.words import LOCALES, SOURCE

HOOK = Webhook("http://127.0.0.1:9/hook", "a-secret-of-this-test-alone")


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    bot = Bot(sandbox.token, sandbox.url)
    await bot.connect()
    yield bot
    await bot.disconnect()


async def test_commands_and_descriptions_are_told_in_every_language(bot: Bot) -> None:
    await introduce(bot)
    scope, said = BotCommandScopeAllPrivateChats(), set()
    for language in LOCALES:
        description = (await bot.get_my_description(language_code=language)).description
        assert 50 < len(description) <= 512
        assert len((await bot.get_my_short_description(language)).short_description) <= 120
        commands = await bot.get_my_commands(scope, "" if language == SOURCE else language)
        assert [it.command for it in commands][:4] == ["find", "bookings", "list", "spaces"]
        said |= {description, *(it.description for it in commands)}
    assert len(said) == len(LOCALES) * (1 + len(commands)), "each in its own words"


class Shy(Bot):
    """Was never given inline mode."""

    async def get_me(self, *_: Any, **__: Any) -> User:
        return User(42, "Park Place", is_bot=True, supports_inline_queries=False)


async def test_what_botfather_has_not_been_told_is_named(bot: Bot) -> None:
    assert await missing(bot) == []
    assert await missing(Shy(bot.token)) == [INLINE_IS_OFF]


async def test_knowing_the_name_takes_an_answer(bot: Bot) -> None:
    assert bot.handle() == ""
    await missing(bot)
    assert bot.handle() == "parkplace_bot"


async def test_the_map_is_beside_the_input_where_it_can_be_opened(bot: Bot) -> None:
    await introduce(bot)
    assert isinstance(await bot.get_chat_menu_button(), MenuButtonCommands)
    menu = MenuButtonWebApp("Karte", WebAppInfo("https://park.example.org/map"))
    await introduce(bot, menu)
    assert await bot.get_chat_menu_button() == menu


async def test_that_there_is_no_map_is_said_at_the_start(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    menu = MenuButtonWebApp("Map", WebAppInfo("https://park.example.org/map"))
    async with introduced(bot, menu=menu):
        assert NO_MAP not in caplog.text
    async with introduced(bot):
        assert NO_MAP in caplog.text


async def test_without_telegram_the_start_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    bot = Bot("123456:nobody-is-listening-there", "http://127.0.0.1:9")
    await bot.connect()
    async with introduced(bot, HOOK):
        pass
    await bot.disconnect()
    assert "cannot be reached yet" in caplog.text
