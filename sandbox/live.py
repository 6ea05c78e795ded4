"""One open chat page: frames over a WebSocket, both ways."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.errors import Refused
from sandbox.parameters import decoded
from sandbox.people import FRIENDS
from sandbox.phone import Phone
from sandbox.wire import Json

log = logging.getLogger(__name__)

INLINE_SECONDS = 10
NO_RESULTS: Json = {"results": [], "next_offset": "", "button": None}

Act = Callable[[Json], Awaitable[Any]]


class LiveChat:
    """Shows a person's app to a page and lets the page act in it."""

    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        self._frames: asyncio.Queue[Json] = asyncio.Queue()
        self._socket = web.WebSocketResponse(heartbeat=30)
        self._asking: set[asyncio.Task[None]] = set()
        self._asked: dict[int, tuple[str, dict[str, Json]]] = {}
        self._acts: dict[str, Act] = {
            "send_text": self._send_text,
            "send_location": self._send_location,
            "move_location": self._move_location,
            "stop_location": lambda frame: phone.stop_location(frame["message_id"]),
            "forward": lambda frame: phone.forward(frame["message_id"], chat=frame.get("chat_id")),
            "press": lambda frame: phone.press_data(frame["message_id"], frame["data"]),
            "press_inline": lambda frame: phone.press_inline(
                frame["inline_message_id"], frame["data"]
            ),
            "inline": self._inline,
            "choose_inline": self._choose_inline,
            "start": lambda frame: phone.start(frame.get("payload", "")),
            "block": lambda frame: phone.block(bool(frame["blocked"])),
            "open_web_app": self._open_web_app,
            "web_app_data": lambda frame: phone.send_web_app_data(
                frame["data"], frame["button_text"]
            ),
        }

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        await self._socket.prepare(request)
        listeners = self._phone.world.listeners[self._phone.id]
        listener = self._frames.put_nowait
        listener(self._phone.hello())
        listeners.add(listener)
        writer = asyncio.create_task(self._write())
        try:
            async for received in self._socket:
                if received.type is WSMsgType.TEXT:
                    await self._receive(received.data)
        finally:
            listeners.discard(listener)
            for task in (writer, *self._asking):
                task.cancel()
        return self._socket

    async def close(self) -> None:
        await self._socket.close()

    async def _write(self) -> None:
        while True:
            frame = await self._frames.get()
            try:
                await self._socket.send_json(frame)
            except ConnectionError:
                return

    async def _receive(self, text: str) -> None:
        """Do what a frame asks for; what is impossible or garbled comes back as words."""
        try:
            frame = decoded(text)
            await self._acts[frame["type"]](frame)
        except Refused as error:
            self._complain(str(error))
        except (ValueError, KeyError, TypeError):
            log.warning("a frame of the chat page was not understood: %.200s", text)
            self._complain("The sandbox did not understand this.")

    def _complain(self, text: str) -> None:
        self._frames.put_nowait({"type": "error", "text": text})

    async def _send_text(self, frame: Json) -> None:
        place, reply_to = frame.get("chat_id"), frame.get("reply_to")
        await self._phone.send_text(frame["text"], reply_to=reply_to, chat=place)

    async def _send_location(self, frame: Json) -> None:
        period = frame.get("live_period")
        await self._phone.send_location(
            float(frame["latitude"]), float(frame["longitude"]), live_period=period
        )

    async def _move_location(self, frame: Json) -> None:
        latitude, longitude = float(frame["latitude"]), float(frame["longitude"])
        await self._phone.move_location(frame["message_id"], latitude, longitude)

    async def _inline(self, frame: Json) -> None:
        # The page goes on talking while the bot thinks.
        task = asyncio.create_task(self._answer_inline(frame))
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    async def _answer_inline(self, frame: Json) -> None:
        request, query = frame["request"], frame.get("query", "")
        at = None
        if frame.get("latitude") is not None:
            at = float(frame["latitude"]), float(frame["longitude"])
        asked = await self._phone.ask_inline(query, offset=frame.get("offset", ""), at=at)
        try:
            answer = await asked.answer(INLINE_SECONDS)
        except TimeoutError:
            answer = NO_RESULTS
        known = self._asked.get(request, (query, {}))[1]
        self._asked = {request: (query, known | {each["id"]: each for each in answer["results"]})}
        self._frames.put_nowait({"type": "inline_results", "request": request} | answer)

    async def _choose_inline(self, frame: Json) -> None:
        query, results = self._asked.get(frame["request"], ("", {}))
        if frame["result_id"] not in results:
            raise Refused("This result is gone. Ask again.")
        place = frame.get("chat_id") or FRIENDS
        await self._phone.choose_inline(results[frame["result_id"]], query, chat=place)

    async def _open_web_app(self, frame: Json) -> None:
        url = await self._phone.open_web_app(frame["url"])
        self._frames.put_nowait({"type": "web_app", "request": frame.get("request"), "url": url})
