"""What the bot tells Telegram about itself at a start, and what it finds missing there."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from telegram import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    MenuButton,
    MenuButtonCommands,
)
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.trouble import Trouble
from chat.bot import Bot
from chat.intake import WANTED
from views import profile
from views.words import LOCALES, words_in

log = logging.getLogger(__name__)

WRONG_TOKEN = "Telegram does not know this PARK_BOT_TOKEN; @BotFather tells the right one"  # noqa: S105
INLINE_IS_OFF = (
    "inline mode is off: send @BotFather /setinline, and then /setinlinegeo, without which inline"
    " queries come without a location"
)
NO_MAP = "the map does not open inside Telegram: PARK_PUBLIC_URL does not begin with https://"
PAUSES = (1, 2, 5, 10, 30)
"""Seconds between tries while Telegram does not answer; the last one for ever."""


@dataclass(frozen=True, slots=True)
class Webhook:
    url: str
    secret: str


@asynccontextmanager
async def introduced(
    bot: Bot, webhook: Webhook | None = None, menu: MenuButton | None = None
) -> AsyncIterator[None]:
    """Introduces the bot while the block runs; the block does not wait for Telegram.

    ``menu`` opens the map beside the input; without it the commands are there.
    Raises Trouble for a token that Telegram does not know, if it says so at once.
    """
    try:
        await bot.get_me()
    except InvalidToken:
        raise Trouble(WRONG_TOKEN) from None
    except TelegramError as error:
        log.warning("Telegram cannot be reached yet: %s", error)
    if menu is None:
        log.warning(NO_MAP)
    task = asyncio.create_task(_patiently(bot, webhook, menu))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _patiently(bot: Bot, webhook: Webhook | None, menu: MenuButton | None) -> None:
    tries = 0
    while True:
        try:
            for hint in await missing(bot):
                log.warning(hint)
            if webhook is not None:
                await bot.set_webhook(
                    webhook.url, secret_token=webhook.secret, allowed_updates=WANTED
                )
            await introduce(bot, menu)
        except TelegramError as error:
            pause = _pause(error, tries)
            log.warning("Telegram does not listen, next try in %s s: %s", pause, error)
            await asyncio.sleep(pause)
            tries += 1
        else:
            return log.info("this is @%s", bot.handle())


async def missing(bot: Bot) -> Sequence[str]:
    """What BotFather still has to be told, in words; also makes the bot's name known."""
    me = await bot.get_me()
    # Telegram does not tell whether inline queries come with a location.
    return [] if me.supports_inline_queries else [INLINE_IS_OFF]


async def introduce(bot: Bot, menu: MenuButton | None = None) -> None:
    """Commands and descriptions, in each language; English for everybody else."""
    scope = BotCommandScopeAllPrivateChats()
    for language in LOCALES:
        words, code = words_in(language), "" if language == "en" else language
        commands = [BotCommand(*each) for each in profile.commands(words)]
        await bot.set_my_commands(commands, scope=scope, language_code=code)
        await bot.set_my_description(profile.description(words), language_code=code)
        await bot.set_my_short_description(profile.short_description(words), language_code=code)
    await bot.set_chat_menu_button(menu_button=menu or MenuButtonCommands())


def _pause(error: TelegramError, tries: int) -> float:
    if isinstance(error, RetryAfter):
        after = error.retry_after
        return float(after if isinstance(after, int) else after.total_seconds())
    return PAUSES[min(tries, len(PAUSES) - 1)]
