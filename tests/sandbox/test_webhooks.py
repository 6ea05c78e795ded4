"""Webhooks: in order, again until accepted, with the secret."""

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from sandbox import Driver
from tests.sandbox.conftest import Api

SECRET = "X-Telegram-Bot-Api-Secret-Token"


class Listener:
    """A bot behind a webhook: it answers with ``statuses`` in turn, then with 200."""

    def __init__(self) -> None:
        self.url = ""
        self.statuses: list[int] = []
        self.answer: Any = None
        self.heard: asyncio.Queue[tuple[dict[str, Any], str]] = asyncio.Queue()

    async def handle(self, request: web.Request) -> web.Response:
        self.heard.put_nowait((await request.json(), request.headers.get(SECRET, "")))
        status = self.statuses.pop(0) if self.statuses else 200
        return web.json_response(self.answer, status=status)

    async def texts(self, count: int) -> list[str]:
        heard = [await asyncio.wait_for(self.heard.get(), 5) for _ in range(count)]
        return [update["message"]["text"] for update, _ in heard]


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    listener = Listener()
    app = web.Application()
    app.router.add_post("/hook", listener.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    listener.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield listener
    await runner.cleanup()


async def until_delivered(api: Api) -> dict[str, Any]:
    while (info := await api.result("getWebhookInfo"))["pending_update_count"]:
        pass
    return info


async def test_what_waited_and_what_comes_is_delivered_in_order(
    api: Api, riva: Driver, listener: Listener
) -> None:
    await riva.send_text("one")
    answer = await api("setWebhook", url=listener.url, secret_token="s3cret-_")
    await riva.send_text("two")

    first, secret = await listener.heard.get()

    assert answer["description"] == "Webhook was set"
    assert (first["message"]["text"], secret) == ("one", "s3cret-_")
    assert await listener.texts(1) == ["two"]
    assert await until_delivered(api) == {
        "url": listener.url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 40,
    }


async def test_a_refused_update_comes_again_before_later_ones(
    api: Api, riva: Driver, listener: Listener
) -> None:
    listener.statuses = [500, 403]
    await api.result("setWebhook", url=listener.url, max_connections=1)
    await riva.send_text("one")
    await riva.send_text("two")

    assert await listener.texts(4) == ["one", "one", "one", "two"]
    info = await until_delivered(api)
    assert info["last_error_message"] == "Wrong response from the webhook: 403 Forbidden"


async def test_one_persons_trouble_does_not_hold_up_another(
    api: Api, riva: Driver, lasse: Driver, listener: Listener
) -> None:
    listener.statuses = [500] + [200] * 2
    await api.result("setWebhook", url=listener.url)
    await riva.send_text("one")
    await lasse.send_text("other")
    assert sorted(await listener.texts(3)) == ["one", "one", "other"]


async def test_an_absent_webhook_is_told_of_and_tried_again(api: Api, riva: Driver) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        await api.result("setWebhook", url=url)
        await riva.send_text("one")
        while "last_error_message" not in (info := await api.result("getWebhookInfo")):
            pass
    assert (info["last_error_message"], info["pending_update_count"]) == ("Connection refused", 1)


async def test_polling_is_refused_while_a_webhook_is_set(api: Api, listener: Listener) -> None:
    await api.result("setWebhook", url=listener.url)
    refused = await api.complaint("getUpdates")
    deleted = await api("deleteWebhook")

    assert refused == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    assert deleted["description"] == "Webhook was deleted"
    assert (await api("deleteWebhook"))["description"] == "Webhook is already deleted"
    assert await api.result("getUpdates") == []


async def test_setting_a_webhook_ends_the_poll(api: Api, listener: Listener) -> None:
    poll = asyncio.create_task(api.complaint("getUpdates", timeout=30))
    await api.sandbox.called("getUpdates")
    await api.result("setWebhook", url=listener.url)
    assert await poll == "Conflict: terminated by setWebhook request"


async def test_pending_updates_can_be_dropped(api: Api, riva: Driver) -> None:
    await riva.send_text("old")
    await api.result("deleteWebhook", drop_pending_updates=True)
    assert await api.result("getUpdates") == []


async def test_a_webhook_may_answer_with_a_call(api: Api, riva: Driver, listener: Listener) -> None:
    listener.answer = {"method": "sendMessage", "chat_id": riva.id, "text": "straight back"}
    await api.result("setWebhook", url=listener.url)
    await riva.send_text("hello")
    assert (await riva.reply())["text"] == "straight back"
