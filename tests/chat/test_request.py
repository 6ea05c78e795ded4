"""Requests over real HTTP, to a server of our own."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from aiohttp import web
from telegram import InputFile
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from chat.bot import Bot
from chat.request import NOT_SENT, AiohttpRequest

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest.fixture
async def connect() -> AsyncIterator[Callable[[Answer], Awaitable[Bot]]]:
    opened: list[tuple[web.AppRunner, Bot]] = []

    async def connect(answer: Answer) -> Bot:
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        bot = Bot("42:TEST", address, AiohttpRequest(read_timeout=0.2))
        await bot.connect()
        opened.append((runner, bot))
        return bot

    yield connect
    for runner, bot in opened:
        await bot.disconnect()
        await runner.cleanup()


async def test_a_call_sends_json_and_gives_the_plain_result(connect) -> None:
    async def answer(request: web.Request) -> web.Response:
        assert request.path == "/bot42:TEST/sendMessage"
        return web.json_response({"ok": True, "result": await request.json()})

    bot = await connect(answer)
    params = {"chat_id": 7, "text": "Grüße <b>", "reply_markup": {"inline_keyboard": [[]]}}
    assert await bot.call("sendMessage", **params, silent=None) == params


async def test_a_file_travels_as_multipart(connect) -> None:
    async def answer(request: web.Request) -> web.Response:
        form = await request.post()
        photo = form["photo"]
        assert isinstance(photo, web.FileField)
        said = [form["chat_id"], photo.filename, photo.file.read().decode()]
        return web.json_response({"ok": True, "result": said})

    bot = await connect(answer)
    result = await bot.call("sendPhoto", chat_id=7, photo=InputFile(b"bytes", "photo.jpg"))
    assert result == ["7", "photo.jpg", "bytes"]


async def test_the_librarys_own_methods_work_too(connect) -> None:
    async def answer(request: web.Request) -> web.Response:
        me = {"id": 42, "is_bot": True, "first_name": "Park", "username": "park_bot"}
        return web.json_response({"ok": True, "result": me})

    assert (await (await connect(answer)).get_me()).username == "park_bot"


async def test_refusals_arrive_as_the_librarys_errors(connect) -> None:
    async def answer(request: web.Request) -> web.Response:
        body = {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
        return web.json_response(body, status=400)

    with pytest.raises(BadRequest, match="hat not found"):
        await (await connect(answer)).call("sendMessage", chat_id=7)


async def test_a_wish_for_silence_arrives_with_its_length(connect) -> None:
    async def answer(request: web.Request) -> web.Response:
        body = {"ok": False, "description": "Too Many", "parameters": {"retry_after": 9}}
        return web.json_response(body, status=429)

    with pytest.raises(RetryAfter) as caught:
        await (await connect(answer)).call("sendMessage", chat_id=7)
    assert caught.value.retry_after.total_seconds() == 9


async def test_no_connection_means_not_sent(unused_tcp_port: int) -> None:
    bot = Bot("42:TEST", f"http://127.0.0.1:{unused_tcp_port}")
    await bot.connect()
    with pytest.raises(NetworkError) as caught:
        await bot.call("sendMessage", chat_id=7)
    await bot.disconnect()
    assert isinstance(caught.value.__cause__, NOT_SENT)
    assert "42:TEST" not in str(caught.value)


async def test_no_answer_in_time_means_perhaps_sent(connect) -> None:
    async def answer(request: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return web.Response()

    with pytest.raises(TimedOut) as caught:
        await (await connect(answer)).call("sendMessage", chat_id=7)
    assert not isinstance(caught.value.__cause__, NOT_SENT)


async def test_a_line_cut_before_the_answer_means_perhaps_sent(connect) -> None:
    async def answer(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    with pytest.raises(NetworkError) as caught:
        await (await connect(answer)).call("sendMessage", chat_id=7)
    assert isinstance(caught.value.__cause__, aiohttp.ClientError)
    assert not isinstance(caught.value.__cause__, NOT_SENT)
