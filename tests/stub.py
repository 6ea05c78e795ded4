"""A Bot API server over real HTTP that answers at once, and people who talk to it in a loop."""

import asyncio
import itertools
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

Heard = Callable[[int, dict[str, Any]], None]


class Stub:
    """Keeps every update until the bot confirms it, as Telegram does."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        """Called with the chat and the parameters of whatever is sent there."""
        self._updates: deque[dict[str, Any]] = deque()
        self._news = asyncio.Event()
        self._ids = itertools.count(1)
        self._messages = itertools.count(1)
        self.calls: defaultdict[str, int] = defaultdict(int)
        self.polled = asyncio.Event()
        """Set by the bot's next request for updates."""

    def say(self, user: int, text: str) -> None:
        message = {
            "message_id": next(self._messages),
            "date": 2_000_000_000,
            "chat": {"id": user, "type": "private", "first_name": "Ann"},
            "from": {"id": user, "is_bot": False, "first_name": "Ann", "language_code": "en"},
            "text": text,
        }
        self.push({"message": message})

    def push(self, update: dict[str, Any]) -> None:
        self._updates.append({"update_id": next(self._ids), **update})
        self._news.set()

    async def answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        self.calls[method] += 1
        params = await request.json() if request.can_read_body else {}
        if method == "getUpdates":
            result: Any = await self._get_updates(params)
        elif method.startswith(("send", "edit")):
            result = {"message_id": next(self._messages), "date": 0, "chat": {"id": 1}}
            self._heard(params["chat_id"], params)
        else:
            result = True
        return web.json_response({"ok": True, "result": result})

    async def _get_updates(self, params: dict[str, Any]) -> list[dict[str, Any]]:
        self.polled.set()
        offset = params.get("offset", 0)
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()
        if not self._updates:
            self._news.clear()
            try:
                async with asyncio.timeout(params.get("timeout", 0)):
                    await self._news.wait()
            except TimeoutError:
                return []
        return list(itertools.islice(self._updates, 100))

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Yields the address, for ``Bot(token, api_url)``."""
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self.answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()
