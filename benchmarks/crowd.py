"""A Bot API that answers at once, and a crowd that sends its next location on every reply.

Run as a process of its own: prints its address, then one line of JSON with what it measured.
"""

import argparse
import asyncio
import itertools
import json
import time
from collections import deque
from typing import Any

from aiohttp import web

ME = {
    "id": 42,
    "is_bot": True,
    "first_name": "Park Place",
    "username": "parkplace_bot",
    "supports_inline_queries": True,
}
CENTRE = (60.1713, 24.9437)


class Crowd:
    """``users`` in a closed loop: each waits for the reply to one location before the next."""

    def __init__(self, users: int, warm_up: int) -> None:
        self._users = range(1000, 1000 + users)
        self._updates: deque[dict[str, Any]] = deque()
        self._news = asyncio.Event()
        # Beyond those of an earlier run, which the bot remembers and would leave out.
        self._numbers = itertools.count(time.time_ns() // 1_000_000)
        self.replies = 0
        self.polled = asyncio.Event()
        self._warm_up = warm_up
        self.warm = asyncio.Event()
        """Set once so many replies came."""

    def begin(self) -> None:
        for user in self._users:
            self._send_location(user)

    def _send_location(self, user: int) -> None:
        number = next(self._numbers)
        message = {
            "message_id": number,
            "date": int(time.time()),
            "chat": {"id": user, "type": "private", "first_name": "Ann"},
            "from": {"id": user, "is_bot": False, "first_name": "Ann", "language_code": "en"},
            "location": {
                "latitude": CENTRE[0] + user % 7 / 10_000,
                "longitude": CENTRE[1] + user % 11 / 10_000,
            },
        }
        self._updates.append({"update_id": number, "message": message})
        self._news.set()

    async def answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        try:
            values = await _values(request)
        except ConnectionResetError:  # a bot that has been measured is ended wherever it is
            return _ok(None)
        if method == "getUpdates":
            return _ok(await self._get_updates(values))
        if method == "getMe":
            return _ok(ME)
        # A picture that is added later is no reply: nobody goes on because of it.
        if method == "editMessageMedia" or not method.startswith(("sendMessage", "edit")):
            return _ok(True)  # noqa: FBT003 - the answer of most methods
        chat = int(values["chat_id"])
        self.replies += 1
        if self.replies == self._warm_up:
            self.warm.set()
        self._send_location(chat)
        now = int(time.time())
        sent = {"message_id": next(self._numbers), "date": now, "text": "."}
        return _ok(sent | {"chat": {"id": chat, "type": "private", "first_name": "Ann"}})

    async def _get_updates(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        self.polled.set()
        offset = int(values.get("offset") or 0)
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()
        if not self._updates:
            self._news.clear()
            try:
                async with asyncio.timeout(float(values.get("timeout") or 0)):
                    await self._news.wait()
            except TimeoutError:
                return []
        return list(itertools.islice(self._updates, 100))


async def _values(request: web.Request) -> dict[str, Any]:
    if not request.can_read_body:
        return {}
    if request.content_type == "application/json":
        return dict(await request.json())
    return dict(await request.post())


def _ok(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


async def main(users: int, warm_up: int, seconds: float) -> None:
    crowd = Crowd(users, warm_up)
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", crowd.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    async with asyncio.timeout(60):
        await crowd.polled.wait()
    crowd.begin()
    await crowd.warm.wait()
    before, begun = crowd.replies, time.perf_counter()
    await asyncio.sleep(seconds)
    measured = {"replies": crowd.replies - before, "seconds": time.perf_counter() - begun}
    print(json.dumps(measured), flush=True)
    await runner.cleanup()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--warm-up", type=int, default=500, help="replies before the clock starts")
    parser.add_argument("--seconds", type=float, default=10)
    known = parser.parse_args()
    asyncio.run(main(known.users, known.warm_up, known.seconds))
