"""``parkplace serve``: HTTP, and the bot by webhook if there is a public address."""

import logging
from argparse import ArgumentParser, Namespace

from bot.introduction import Webhook
from bot.logs import configure
from bot.opening import settled
from bot.settings import Settings
from bot.web import WEBHOOK_PATH, serving
from bot.wiring import opened

log = logging.getLogger(__name__)


def add_arguments(parser: ArgumentParser) -> None:
    pass


async def run(args: Namespace, settings: Settings) -> int:
    configure(settings.secrets)
    async with opened(settings) as place:
        settled()
        server = serving(place.application(), settings.http_host, settings.http_port)
        introduction = place.introduction(_webhook(settings))
        await place.runner(server, introduction, place.ticking()).run()
    return 0


def _webhook(settings: Settings) -> Webhook | None:
    if settings.public_url is None or settings.webhook_secret is None:
        log.warning("no updates will come: a webhook needs PARK_PUBLIC_URL and PARK_WEBHOOK_SECRET")
        return None
    return Webhook(settings.public_url + WEBHOOK_PATH, settings.webhook_secret.get_secret_value())
