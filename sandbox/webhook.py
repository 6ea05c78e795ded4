"""Delivery to a webhook: in order per chat, again and again until it answers 2xx."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from sandbox.updates import Updates
from sandbox.wire import Clock, Json, present

MOST_CONNECTIONS = 100
USUAL_CONNECTIONS = 40
LONGEST_PAUSE = 60.0
ANSWER_SECONDS = 30
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- a name, not a secret


class Webhook:
    """``first_pause`` is waited after a first failure and doubles with each further one."""

    def __init__(self, updates: Updates, clock: Clock, first_pause: float) -> None:
        self.url = ""
        self.on_reply: Callable[[Json], Awaitable[Any]] | None = None
        self._updates = updates
        self._clock = clock
        self._first_pause = first_pause
        self._secret = ""
        self._slots = asyncio.Semaphore(USUAL_CONNECTIONS)
        self._connections = USUAL_CONNECTIONS
        self._failure: Json = {}
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None
        updates.on_added = self._serve

    async def set(self, url: str, secret: str, connections: int | None) -> bool:
        """Deliver to ``url`` from now on, the updates that wait included."""
        await self.remove()
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(ANSWER_SECONDS))
        self._secret = secret
        self._connections = min(max(connections or USUAL_CONNECTIONS, 1), MOST_CONNECTIONS)
        self._slots = asyncio.Semaphore(self._connections)
        self.url = url
        for lane in self._updates.lanes():
            self._serve(lane)
        return True

    async def remove(self) -> bool:
        was_set = bool(self.url)
        self.url = ""
        self._failure = {}
        lanes = list(self._lanes.values())
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)
        self._lanes.clear()
        if self._session:
            await self._session.close()
            self._session = None
        return was_set

    def info(self) -> Json:
        set_values = present(
            max_connections=self._connections if self.url else None,
            allowed_updates=self._updates.allowed,
        )
        always = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending),
        }
        return always | set_values | self._failure

    def _serve(self, lane: int) -> None:
        if self.url and lane not in self._lanes:
            self._lanes[lane] = asyncio.create_task(self._drain(lane))

    async def _drain(self, lane: int) -> None:
        pause = self._first_pause
        try:
            while update := self._updates.first_of(lane):
                if await self._accepted(update):
                    self._updates.confirm(update["update_id"])
                    pause = self._first_pause
                else:
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, LONGEST_PAUSE)
        finally:
            self._lanes.pop(lane, None)

    async def _accepted(self, update: Json) -> bool:
        headers = {SECRET_HEADER: self._secret} if self._secret else {}
        assert self._session is not None
        try:
            async with (
                self._slots,
                self._session.post(self.url, json=update, headers=headers) as response,
            ):
                if not response.ok:
                    status = f"{response.status} {response.reason}"
                    return self._failed(f"Wrong response from the webhook: {status}")
                body = await response.read()
                is_json = response.content_type == "application/json"
        except TimeoutError:
            return self._failed("Read timeout expired")
        except aiohttp.ClientConnectionError:
            return self._failed("Connection refused")
        if is_json and body.strip() and self.on_reply:
            await self.on_reply(await response.json())
        return True

    def _failed(self, message: str) -> bool:
        self._failure = {"last_error_date": int(self._clock()), "last_error_message": message}
        return False
