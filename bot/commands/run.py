"""``parkplace run``: the bot, by polling; and HTTP, where a port is set for it."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager

from telegram.error import InvalidToken

from bot.introduction import WRONG_TOKEN
from bot.logs import configure
from bot.opening import settled
from bot.settings import Settings
from bot.trouble import Trouble
from bot.web import serving
from bot.wiring import Marketplace, opened


def add_arguments(parser: ArgumentParser) -> None:
    pass


async def run(args: Namespace, settings: Settings) -> int:
    configure(settings.secrets)
    async with opened(settings) as place:
        settled()
        introduction = place.introduction()
        served = _served(place, settings)
        runner = place.runner(*served, introduction, place.ticking(), polling=place.polling())
        try:
            await runner.run()
        except InvalidToken:
            raise Trouble(WRONG_TOKEN) from None
    return 0


def _served(
    place: Marketplace, settings: Settings
) -> Sequence[AbstractAsyncContextManager[object]]:
    if "http_port" not in settings.model_fields_set:
        return ()
    return (serving(place.application(), settings.http_host, settings.http_port),)
