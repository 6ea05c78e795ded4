"""Live updates over a WebSocket; docs/live.md is what a client has to know."""

import asyncio
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from typing import cast
from urllib.parse import urlsplit

from fastapi import APIRouter, WebSocket
from pydantic import ValidationError
from starlette.datastructures import Headers
from starlette.websockets import WebSocketDisconnect

from api.context import Backend
from api.hub import Hub, Listener, TooMany
from api.models.live import SAID, Mark, Ready, Token, Watch
from api.security import SignedIn, behind
from market.domain.errors import Banned, NotSignedIn
from market.domain.ids import PersonId

router = APIRouter()

MESSAGES_A_MINUTE = 60


class Why(IntEnum):
    """Of our closing a socket."""

    FOREIGN_PAGE = 1008
    BAD_MESSAGE = 4400
    NOT_SIGNED_IN = 4401
    SILENT = 4408
    TOO_MANY = 4429
    TOO_SLOW = 4503


class End(Exception):
    def __init__(self, why: Why) -> None:
        super().__init__(why.name)
        self.why = why


@router.websocket("/live")
async def live(websocket: WebSocket) -> None:
    backend: Backend = websocket.app.state.backend
    if not is_ours(websocket.headers, websocket.app.state.origins):
        # Before it is accepted: a page of somebody else's gets a plain 403.
        return await websocket.close(Why.FOREIGN_PAGE)
    await websocket.accept()
    try:
        await Line(websocket, backend, backend.hub).hold()
    except WebSocketDisconnect:
        pass
    except End as end:
        # Whoever reads nothing does not read this either.
        with suppress(TimeoutError, WebSocketDisconnect, RuntimeError):
            async with asyncio.timeout(1):
                await websocket.close(end.why, end.why.name.lower())
    return None


def is_ours(headers: Headers, origins: Collection[str]) -> bool:
    """A browser says which page asks; whoever says nothing is none, and shows a token anyway."""
    origin = headers.get("origin")
    return origin is None or origin in origins or urlsplit(origin).netloc == headers.get("host")


@dataclass(slots=True)
class Line:
    """One socket from its first message to its end."""

    websocket: WebSocket
    backend: Backend
    hub: Hub

    async def hold(self) -> None:
        """Raises End, or WebSocketDisconnect."""
        try:
            async with asyncio.timeout(self.hub.pace.hello):
                said = await self._receive()
        except TimeoutError:
            raise End(Why.SILENT) from None
        if not isinstance(said, Token):
            raise End(Why.NOT_SIGNED_IN)
        pass_ = _Pass((await self._signed_in(said)).id, said)
        try:
            with self.hub.listening(pass_.person) as listener:
                await self._talk(pass_, listener)
        except TooMany:
            raise End(Why.TOO_MANY) from None

    async def _talk(self, pass_: "_Pass", listener: Listener) -> None:
        listener.tell(Ready(seq=self.hub.seen).model_dump_json())
        tasks = [
            asyncio.create_task(work)
            for work in (
                self._listen(pass_, listener),
                self._speak(listener),
                self._vouch(pass_),
                self._fall_behind(listener),
            )
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for task in done:
            task.result()

    async def _listen(self, pass_: "_Pass", listener: Listener) -> None:
        minute, messages = self.backend.clock(), 0
        while True:
            said = await self._receive()
            now = self.backend.clock()
            if (now - minute).total_seconds() >= 60:
                minute, messages = now, 0
            messages += 1
            if messages > MESSAGES_A_MINUTE:
                raise End(Why.TOO_MANY)
            if isinstance(said, Watch):
                async with self.backend.glance() as services:
                    await self.hub.watch(listener, said, services)
            else:
                await self._renew(pass_, said)

    async def _speak(self, listener: Listener) -> None:
        while True:
            try:
                async with asyncio.timeout(self.hub.pace.mark):
                    message = await listener.messages.get()
            except TimeoutError:
                message = Mark(seq=self.hub.seen).model_dump_json()
            try:
                async with asyncio.timeout(self.hub.pace.send):
                    await self.websocket.send_text(message)
            except TimeoutError:
                raise End(Why.TOO_SLOW) from None

    async def _vouch(self, pass_: "_Pass") -> None:
        """Whoever has signed out, was banned or has not renewed the token hears nothing more."""
        while True:
            await asyncio.sleep(self.hub.pace.vouch)
            await self._signed_in(pass_.token)

    async def _fall_behind(self, listener: Listener) -> None:
        await listener.slow.wait()
        raise End(Why.TOO_SLOW)

    async def _renew(self, pass_: "_Pass", token: Token) -> None:
        if (await self._signed_in(token)).id != pass_.person:
            raise End(Why.NOT_SIGNED_IN)
        pass_.token = token

    async def _signed_in(self, token: Token) -> SignedIn:
        try:
            return await behind(token.token, self.backend)
        except (NotSignedIn, Banned):
            raise End(Why.NOT_SIGNED_IN) from None

    async def _receive(self) -> Token | Watch:
        message = await self.websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message["code"])
        try:
            return SAID.validate_json(cast(str, message.get("text")) or "")
        except ValidationError:
            raise End(Why.BAD_MESSAGE) from None


@dataclass(slots=True)
class _Pass:
    """Whose line it is, and the newest proof of that."""

    person: PersonId
    token: Token
