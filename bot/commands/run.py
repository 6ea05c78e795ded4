"""``parkplace run``: the bot, by polling."""

from argparse import ArgumentParser, Namespace

from telegram.error import InvalidToken

from bot.introduction import WRONG_TOKEN, introduced
from bot.logs import configure
from bot.settings import Settings
from bot.trouble import Trouble
from bot.wiring import opened


def add_arguments(parser: ArgumentParser) -> None:
    pass


async def run(args: Namespace, settings: Settings) -> int:
    configure(settings.secrets)
    async with opened(settings) as place:
        introduction = introduced(place.bot)
        runner = place.runner(introduction, place.ticking(), polling=place.polling())
        try:
            await runner.run()
        except InvalidToken:
            raise Trouble(WRONG_TOKEN) from None
    return 0
