"""``parkplace demo``: a local Telegram in the browser, the bot, and an invented town."""

import logging
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr

from bot.logs import configure
from bot.opening import settled
from bot.outside import CITY
from bot.settings import Settings
from bot.web import Door, answering
from bot.wiring import opened, town
from sandbox import Sandbox

PORT = 8080
LISTER = (1002, "Lasse")
"""Of the two people on the chat page, the one who has spaces."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=int, default=PORT, help="the next free one is taken if it is busy"
    )


async def run(args: Namespace, settings: Settings) -> int:
    configure((), logging.WARNING)
    with TemporaryDirectory(prefix="parkplace-") as folder:
        async with Sandbox(port=args.port, or_next=True, city=CITY) as sandbox:
            local = _local(settings, sandbox, Path(folder))
            door = Door.at(local.http_host, local.http_port, or_next=True)
            async with opened(local, f"{door.address}/map") as place:
                await town(place.store, local, host=LISTER).fill(datetime.now(UTC))
                settled()
                api = answering(place.application(), door)
                beside = (_told(sandbox.url, api), place.introduction(), place.ticking())
                await place.runner(*beside, polling=place.polling()).run()
    return 0


@asynccontextmanager
async def _told(chat: str, api: AbstractAsyncContextManager[str]) -> AsyncIterator[None]:
    """The one line that the demo prints."""
    async with api as address:
        print(f"Park Place is at {chat}, its API at {address}/docs (Ctrl-C ends it)", flush=True)
        yield


def _local(settings: Settings, sandbox: Sandbox, folder: Path) -> Settings:
    """Nothing of the demo leaves this machine; only the drawings are kept for the next time."""
    return settings.model_copy(
        update={
            "bot_token": SecretStr(sandbox.token),
            "bot_api_url": sandbox.url,
            "database_url": f"sqlite+aiosqlite:///{folder / 'demo.db'}",
            "data_dir": settings.data_dir / "demo",
            "geocoder_url": None,
            "tiles_url": None,
            "public_url": None,
            "webhook_secret": None,
            "smtp_url": None,
            "admins": (LISTER[0],),
            "send_per_chat": 20,
        }
    )
