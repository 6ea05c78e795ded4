"""The whole product: the real bot against the local Telegram, over real HTTP."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.introduction import Webhook, introduced
from bot.settings import Settings
from bot.web import WEBHOOK_PATH, serving
from bot.wiring import Marketplace, opened
from sandbox import Sandbox

SECRET = "a-secret-of-this-test-alone"


def settings_for(sandbox: Sandbox, folder: Path, **changes: Any) -> Settings:
    """Settings as an operator would write them for the local Telegram."""
    known: dict[str, Any] = {
        "bot_token": SecretStr(sandbox.token),
        "bot_api_url": sandbox.url,
        "database_url": f"sqlite+aiosqlite:///{folder / 'park.db'}",
        "data_dir": folder / "data",
        "send_per_chat": 50.0,
        "send_per_second": 500.0,
    }
    return Settings(_env_file=None, **(known | changes))


@asynccontextmanager
async def polling(sandbox: Sandbox, folder: Path) -> AsyncIterator[Marketplace]:
    async with opened(settings_for(sandbox, folder)) as place:
        runner = place.runner(introduced(place.bot), place.ticking(), polling=place.polling())
        async with runner:
            yield place


@asynccontextmanager
async def listening(sandbox: Sandbox, folder: Path) -> AsyncIterator[Marketplace]:
    """By webhook, on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = settings_for(
        sandbox,
        folder,
        public_url=f"http://127.0.0.1:{port}",
        webhook_secret=SecretStr(SECRET),
        http_port=port,
    )
    async with opened(settings) as place:
        server = serving(place.application(), "127.0.0.1", port)
        hook = Webhook(f"http://127.0.0.1:{port}{WEBHOOK_PATH}", SECRET)
        async with place.runner(server, introduced(place.bot, hook), place.ticking()):
            yield place
