"""A running sandbox, the bot's side of it by library and by hand, and a watch to turn."""

import io
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from PIL import Image
from telegram import Bot

from sandbox import Driver, Sandbox

RIVA, LASSE = 1001, 1002


class Watch:
    """The time of day, which a test can turn forward."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead

    def turn(self, seconds: float) -> None:
        self.ahead += seconds


@dataclass
class Api:
    """The Bot API by hand: ``await api("sendMessage", chat_id=1)`` is the answer's body."""

    sandbox: Sandbox
    session: aiohttp.ClientSession

    async def __call__(self, method: str, **values: Any) -> dict[str, Any]:
        url = f"{self.sandbox.url}/bot{self.sandbox.token}/{method}"
        async with self.session.post(url, json=values) as response:
            body = await response.json()
            assert response.status == body.get("error_code", 200)
            return body

    async def result(self, method: str, **values: Any) -> Any:
        body = await self(method, **values)
        assert body["ok"], body
        return body["result"]

    async def complaint(self, method: str, **values: Any) -> str:
        body = await self(method, **values)
        assert not body["ok"], body
        return body["description"]

    async def form(self, method: str, files: dict[str, bytes], **values: Any) -> dict[str, Any]:
        """The same as a multipart form with files."""
        form = aiohttp.FormData()
        for name, value in values.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, data in files.items():
            form.add_field(name, io.BytesIO(data), filename=f"{name}.png", content_type="image/png")
        url = f"{self.sandbox.url}/bot{self.sandbox.token}/{method}"
        async with self.session.post(url, data=form) as response:
            return await response.json()

    async def update(self) -> dict[str, Any]:
        """The next update, awaited if need be and confirmed at once."""
        [update] = await self.result("getUpdates", limit=1, timeout=5)
        await self.result("getUpdates", offset=update["update_id"] + 1, limit=1)
        return update

    async def updates(self, **values: Any) -> list[dict[str, Any]]:
        """What is new, confirmed at once."""
        found = await self.result("getUpdates", **values)
        if found:
            await self.result("getUpdates", offset=found[-1]["update_id"] + 1, limit=1)
        return found


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def sandbox(watch: Watch) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock=watch, webhook_pause=0.01) as sandbox:
        yield sandbox


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def api(sandbox: Sandbox, session: aiohttp.ClientSession) -> Api:
    return Api(sandbox, session)


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    base = sandbox.url
    async with Bot(sandbox.token, f"{base}/bot", f"{base}/file/bot") as bot:
        yield bot


@pytest.fixture
def riva(sandbox: Sandbox) -> Driver:
    return sandbox.person(RIVA)


@pytest.fixture
def lasse(sandbox: Sandbox) -> Driver:
    return sandbox.person(LASSE)


def picture(width: int = 8, height: int = 6, colour: str = "navy", kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind)
    return out.getvalue()


def button(text: str, **action: Any) -> dict[str, Any]:
    return {"text": text, **action}


def under(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}
