"""Into the inbox first: by polling, by webhook, and past it for inline queries."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest
from starlette.requests import Request
from telegram import InlineQuery, InlineQueryResultArticle, InputTextMessageContent
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter

from chat.bot import Bot
from chat.envelope import wake_up
from chat.inline import Inline, InlineAnswer
from chat.intake import Intake, Polling, webhook
from storage.database import Store
from tests.chat.shop import Shop
from tests.chat.test_worker import message, rows
from tests.telegram import Chat, Clock, FakeTelegram, Refusal

SECRET = {"X-Telegram-Bot-Api-Secret-Token": "s3cret"}


class News:
    """What getUpdates answers, poll after poll; the last poll never ends."""

    def __init__(self, telegram: FakeTelegram, polls: list[list[dict[str, Any]] | Exception]):
        self._polls = iter(polls)
        self._telegram = telegram
        self.offsets: list[int | None] = []
        self.over = asyncio.Event()
        self._request = telegram.do_request
        telegram.do_request = self._do_request  # type: ignore[method-assign]

    async def _do_request(self, url: str, method: str, request_data: Any, **more: Any) -> Any:
        if not url.endswith("getUpdates"):
            return await self._request(url, method, request_data, **more)
        self.offsets.append(request_data.parameters.get("offset"))
        match next(self._polls, None):
            case None:
                self.over.set()
                return await asyncio.Event().wait()
            case Exception() as error:
                raise error
            case updates:
                return 200, json.dumps({"ok": True, "result": updates}).encode()

    async def poll(self, polling: Polling[Any, Any]) -> None:
        task = asyncio.create_task(polling.run())
        over = asyncio.create_task(self.over.wait())
        await asyncio.wait([task, over], return_when=asyncio.FIRST_COMPLETED)
        over.cancel()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        if not task.cancelled():
            task.result()


@pytest.fixture
def polling(store: Store, bot: Bot, intake: Any, clock: Clock) -> Polling[Any, Any]:
    return Polling(store, bot, intake, clock)


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chat.intake.LONGEST_PAUSE", 0.001)
    monkeypatch.setattr("chat.intake.FIRST_PAUSE", 0.001)


async def test_the_offset_moves_past_what_is_in_the_inbox(
    telegram: FakeTelegram, polling: Polling[Any, Any], store: Store, shop: Shop
) -> None:
    first, second = ({"update_id": n, "message": message("/start")} for n in (5, 6))
    news = News(telegram, [[first, second], [], [{"update_id": 9, "nonsense": 1}]])
    await news.poll(polling)
    assert news.offsets == [None, 7, 7, 10]
    assert len(await rows(store)) == 3
    assert telegram.called("deleteWebhook") == [{}]


async def test_a_number_below_zero_is_not_taken_for_a_wake_up_of_our_own(
    intake: Any, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    await intake.accept([{"update_id": -5, **wake_up(-5, 1, "shop")}])
    assert await rows(store) == []
    assert "without a usable id" in caplog.text


async def test_the_offset_stays_when_the_inbox_cannot_be_written(
    telegram: FakeTelegram, polling: Polling[Any, Any], store: Store, intake: Any, shop: Shop
) -> None:
    update = {"update_id": 5, "message": message("/start")}
    accept, failures = intake.accept, iter([OSError("disk full")])

    async def failing(*args: Any) -> None:
        for failure in failures:
            raise failure
        await accept(*args)

    intake.accept = failing
    news = News(telegram, [[update], [update]])
    await news.poll(polling)
    assert news.offsets == [None, None, 6]
    await shop.worker.idle()
    assert telegram.unread[7] == ["Welcome.\n(Name) (Find)"]


@pytest.mark.parametrize(
    "trouble",
    [
        NetworkError("down"),
        RetryAfter(timedelta(milliseconds=1)),
        Conflict("terminated by other getUpdates request"),
    ],
    ids=["network", "pause asked for", "another process polls"],
)
async def test_polling_waits_out_what_passes(
    telegram: FakeTelegram, polling: Polling[Any, Any], trouble: Exception
) -> None:
    news = News(telegram, [trouble, trouble, []])
    await news.poll(polling)
    assert len(news.offsets) == 4


async def test_a_wrong_token_ends_polling(
    telegram: FakeTelegram, polling: Polling[Any, Any]
) -> None:
    with pytest.raises(InvalidToken):
        await News(telegram, [InvalidToken()]).poll(polling)


async def test_a_tap_is_dated_by_the_poll_before_it_even_over_a_restart(
    chat: Chat, store: Store, bot: Bot, intake: Any, clock: Clock, shop: Shop
) -> None:
    await chat.say("/count")
    card = chat.card()
    await News(chat.telegram, [[]]).poll(Polling(store, bot, intake, clock))
    clock.pass_(hours=3)
    chat.telegram.spinning["press"] = 7
    tap = {
        "id": "press",
        "from": {"id": 7, "is_bot": False, "first_name": "Ann"},
        "chat_instance": "1",
        "data": card.button("+1")["callback_data"],
        "message": {"message_id": card.id, "date": 1, "chat": {"id": 7, "type": "private"}},
    }
    polled = [[{"update_id": 5, "callback_query": tap}]]
    await News(chat.telegram, polled).poll(Polling(store, bot, intake, clock))
    await shop.worker.idle()
    assert chat.heard() == "toast: Too late"


@pytest.mark.parametrize(
    ("headers", "body", "status", "kept"),
    [
        (SECRET, json.dumps({"update_id": 5, "message": message("/start")}), 200, 1),
        ({}, json.dumps({"update_id": 5}), 403, 0),
        ({"X-Telegram-Bot-Api-Secret-Token": "guess"}, json.dumps({"update_id": 5}), 403, 0),
        ({"X-Telegram-Bot-Api-Secret-Token": "s3cre\u00e9"}, "{}", 403, 0),
        (SECRET, "no json", 400, 0),
        (SECRET, b"\xff", 400, 0),
        (SECRET, "[1]", 200, 0),
    ],
    ids=["fine", "no secret", "wrong secret", "odd secret", "no json", "no text", "no update"],
)
async def test_the_webhook_takes_only_what_telegram_sends(
    store: Store, intake: Any, headers: Any, body: str | bytes, status: int, kept: int
) -> None:
    answer = await _post(intake, headers, body)
    assert answer == status
    assert len(await rows(store)) == kept


async def _post(intake: Any, headers: dict[str, str], body: str | bytes) -> int:
    endpoint = webhook("s3cret", intake)

    async def receive() -> dict[str, Any]:
        raw = body.encode() if isinstance(body, str) else body
        return {"type": "http.request", "body": raw, "more_body": False}

    packed = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
    scope = {"type": "http", "method": "POST", "path": "/", "headers": packed}
    return (await endpoint(Request(scope, receive))).status_code


def found(text: str) -> InlineAnswer:
    content = InputTextMessageContent(text)
    return InlineAnswer([InlineQueryResultArticle(text, text, content)], next_offset="10")


async def test_an_inline_query_goes_past_the_inbox(
    telegram: FakeTelegram, bot: Bot, store: Store, shop: Shop, clock: Clock
) -> None:
    async def search(query: InlineQuery) -> InlineAnswer:
        return found(query.query)

    inline = Inline(bot, search)
    chat = Chat(telegram, Intake(store, shop.worker, inline, clock), inline.idle)
    answer = await chat.inline("station")
    assert answer["results"][0]["id"] == "station"
    assert (answer["is_personal"], answer["next_offset"]) == (True, "10")
    assert await rows(store) == []


async def test_only_the_newest_inline_query_of_a_person_is_answered(
    telegram: FakeTelegram, bot: Bot, store: Store, shop: Shop
) -> None:
    asked: list[str] = []
    gate = asyncio.Event()

    async def search(query: InlineQuery) -> InlineAnswer:
        asked.append(query.query)
        await gate.wait()
        return found(query.query)

    inline = Inline(bot, search)
    intake = Intake(store, shop.worker, inline)
    for n, text in enumerate(["s", "st", "sta", "stat"]):
        await intake.accept([_inline(n + 1, text)])
        await asyncio.sleep(0)
    gate.set()
    await inline.idle()
    assert asked == ["s", "stat"]
    assert list(telegram.inline_answers) == ["q4"]


async def test_an_inline_query_that_fails_leaves_the_next_one_alone(
    telegram: FakeTelegram, bot: Bot, store: Store, shop: Shop
) -> None:
    async def search(query: InlineQuery) -> InlineAnswer:
        if query.query == "crash":
            raise RuntimeError
        return found(query.query)

    telegram.fail("answerInlineQuery", Refusal(400, "Bad Request: query is too old"))
    inline = Inline(bot, search)
    intake = Intake(store, shop.worker, inline)
    for n, text in enumerate(["crash", "too old", "fine"]):
        await intake.accept([_inline(n + 1, text)])
        await inline.idle()
    assert list(telegram.inline_answers) == ["q3"]


def _inline(n: int, text: str) -> dict[str, Any]:
    sender = {"id": 7, "is_bot": False, "first_name": "Ann"}
    query = {"id": f"q{n}", "from": sender, "query": text, "offset": ""}
    return {"update_id": n, "inline_query": query}
