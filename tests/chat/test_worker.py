"""Nothing lost, nothing twice, nobody held up."""

import asyncio
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select
from telegram import Update
from telegram.error import NetworkError, RetryAfter

from chat.bot import Bot
from chat.conversation import Conversation
from chat.intake import Intake
from chat.matchers import command
from chat.router import Router
from chat.screen import Screen
from storage.database import Store
from storage.inbox import InboxStore
from storage.tables.chat import inbox
from tests.chat.shop import START, TALLY, Shop, ShopContext, open_shop
from tests.telegram import Chat, Clock, FakeTelegram, Refusal, bad_request

POISON = {"message": {"from": {"id": 7, "language_code": "de"}, "chat": {"id": 7}, "date": "x"}}


async def rows(store: Store) -> Sequence[Any]:
    async with store.read() as work:
        return (await work.connection.execute(select(inbox).order_by(inbox.c.received_at))).all()


def not_sent() -> NetworkError:
    error = NetworkError("down")
    error.__cause__ = aiohttp.ClientConnectorError(None, OSError())
    return error


def message(text: str, user: int = 7) -> dict[str, Any]:
    return {
        "message_id": 1,
        "date": 1,
        "chat": {"id": user, "type": "private"},
        "from": {"id": user, "is_bot": False, "first_name": "Ann"},
        "text": text,
    }


async def test_an_update_is_done_when_its_answer_is_out(chat: Chat, store: Store) -> None:
    await chat.say("/count")
    [row] = await rows(store)
    assert (row.state, row.person) == ("done", 7)
    assert json.loads(row.answer)["screens"][0]["text"] == "<b>0</b>"


async def test_a_redelivered_update_has_no_second_effect(chat: Chat, intake: Any) -> None:
    await chat.say("/count")
    update = {"update_id": 1, "message": message("/more")}
    for _ in range(3):
        await intake.accept([update, update])
        await chat.idle()
    assert chat.heard() == "~ <b>1</b>\n[+1 | add] [Nothing | hint]"


async def test_the_fence_stops_whoever_comes_second_with_the_same_update(
    chat: Chat, intake: Any, shop: Shop, store: Store, bot: Bot, clock: Clock
) -> None:
    await chat.say("/count")
    update = {"update_id": 1, "message": message("/more")}
    await intake.accept([update])
    other = open_shop(store, bot, clock=clock)
    await other.worker.recover()
    await asyncio.gather(shop.worker.idle(), other.worker.idle())
    assert chat.heard() == "~ <b>1</b>\n[+1 | add] [Nothing | hint]"


async def test_a_poison_update_is_kept_with_its_traceback_and_answered(
    chat: Chat, store: Store
) -> None:
    assert await chat.feed(POISON) == "Verzeihung."
    [row] = await rows(store)
    assert row.state == "dead"
    assert "Traceback" in row.error
    assert await chat.say("/start") == "Welcome.\n(Name) (Find)"


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"message": None},
        {"message": 7},
        {"message": {"from": {"id": "seven"}, "date": 10**400}},
        {"message": {"from": {"id": 2**70, "is_bot": False, "first_name": "A"}}},
        {"callback_query": {"id": 7, "from": {"id": 7}, "message": "gone"}},
        {"something_new": {"from": {"id": 7}}},
        {"message": {"chat": {"id": 7}, "from": {"id": 7, "language_code": ["de"]}}},
    ],
    ids=str,
)
async def test_no_rubbish_stops_the_worker(chat: Chat, update: dict[str, Any]) -> None:
    await chat.feed(update)
    assert await chat.say("/start") == "Welcome.\n(Name) (Find)"


async def test_what_has_no_id_is_dropped_alone(chat: Chat, intake: Any) -> None:
    await intake.accept([None, {"update_id": "1"}, {"update_id": 2, "message": message("/start")}])
    await chat.idle()
    assert chat.heard() == "Welcome.\n(Name) (Find)"


async def test_a_crashing_handler_is_tried_three_times_and_kept_with_its_traceback(
    chat: Chat, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    assert await chat.say("/crash") == "That went wrong."
    [row] = await rows(store)
    assert row.state == "dead"
    assert "the shop is on fire" in row.error
    assert len([record for record in caplog.records if "failed" in record.message]) == 3


async def test_a_crashing_handler_leaves_no_button_spinning(chat: Chat) -> None:
    assert await chat.press_data("crash::0") == "That went wrong."


async def test_a_refused_press_leaves_no_button_spinning(chat: Chat) -> None:
    assert await chat.press_data("refuse::0") == "Sorry, sold out."


async def test_a_handler_that_recovers_is_not_given_up(chat: Chat, store: Store, bot: Bot) -> None:
    tries = []

    async def flaky(update: Update, context: ShopContext) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise ConnectionError("not yet")
        context.show(Screen("Third time lucky."))

    flow = Conversation[ShopContext](name="flaky", entry_points=[command("flaky", flaky)])
    shop = open_shop(store, bot, conversations=[flow])
    talk = Chat(chat.telegram, Intake(store, shop.worker), shop.worker.idle)
    assert await talk.say("/flaky") == "Third time lucky."


async def test_a_persons_updates_are_handled_in_order(chat: Chat, intake: Any) -> None:
    await chat.say("/count")
    await intake.accept(
        [{"update_id": n, "message": message("/more")} for n in range(1, 30)]
        + [{"update_id": 99, "message": message("/start")}]
    )
    await chat.idle()
    said = chat.heard().split("\n\n")
    assert [block.split("</b>")[0] for block in said[:-1]] == [f"~ <b>{n}" for n in range(1, 30)]
    assert said[-1].startswith("Welcome.")


async def test_a_flooding_person_takes_one_place_only(
    telegram: FakeTelegram, store: Store, bot: Bot
) -> None:
    order: list[int] = []
    gate, others_done = asyncio.Event(), asyncio.Event()

    async def slowly(update: Update, peek: Any) -> dict[str, Any]:
        assert update.effective_user is not None
        if update.effective_user.id == 7:
            await gate.wait()
        order.append(update.effective_user.id)
        if len(order) == 20:
            others_done.set()
        return {}

    shop = open_shop(store, bot)
    shop.worker._prepare = slowly
    intake = Intake(store, shop.worker)
    flood = [{"update_id": n, "message": message("/start")} for n in range(1, 501)]
    await intake.accept(flood)
    others = [{"update_id": 1000 + n, "message": message("/start", n)} for n in range(100, 120)]
    await intake.accept(others)
    async with asyncio.timeout(10):
        await others_done.wait()
    assert 7 not in order
    gate.set()
    await shop.worker.idle()
    assert order[20:] == [7] * 500


async def test_a_restart_takes_up_what_was_left(
    chat: Chat, store: Store, bot: Bot, clock: Clock
) -> None:
    await chat.say("/count")
    async with store.begin() as work:
        await work.inbox.add([row(1, "/more", clock), row(2, "/more", clock)])
    shop = open_shop(store, bot, clock=clock)
    await shop.worker.recover()
    await shop.worker.idle()
    assert chat.heard() == (
        "~ <b>1</b>\n[+1 | add] [Nothing | hint]\n\n~ <b>2</b>\n[+1 | add] [Nothing | hint]"
    )


async def test_an_answer_that_was_under_way_is_sent_again_but_three_times_at_most(
    chat: Chat, store: Store, bot: Bot, clock: Clock
) -> None:
    await chat.say("/start")
    for expected in ["Welcome.\n(Name) (Find)"] * 2 + [""]:
        async with store.begin() as work:
            await work.connection.execute(inbox.update().values(state="sending"))
        shop = open_shop(store, bot, clock=clock)
        await shop.worker.recover()
        await shop.worker.idle()
        assert chat.heard() == expected
        assert [one.state for one in await rows(store)] == ["done"]


async def test_the_answer_of_a_dead_update_survives_a_restart(
    chat: Chat, store: Store, bot: Bot, clock: Clock
) -> None:
    await chat.say("/crash")
    async with store.begin() as work:
        await work.connection.execute(inbox.update().values(state="sending"))
    shop = open_shop(store, bot, clock=clock)
    await shop.worker.recover()
    await shop.worker.idle()
    assert chat.heard() == "That went wrong."
    assert [one.state for one in await rows(store)] == ["dead"]


async def test_old_contents_are_emptied_while_the_fence_stands(
    chat: Chat, store: Store, clock: Clock, intake: Any
) -> None:
    update = {"update_id": 1, "message": message("/start")}
    await intake.accept([update])
    await chat.idle()
    await chat.say("/crash")
    clock.pass_(days=2)
    async with store.begin() as work:
        assert await work.inbox.empty(clock.now, clock.now.replace(year=2029)) == 1
    assert sorted(bool(one.raw) for one in await rows(store)) == [False, True]
    chat.heard()
    await intake.accept([update])
    await chat.idle()
    assert chat.heard() == ""
    async with store.begin() as work:
        assert await work.inbox.drop(clock.now) == 1


async def test_an_erased_person_leaves_no_words_behind(chat: Chat, store: Store) -> None:
    await chat.say("/count")
    async with store.begin() as work:
        await work.inbox.forget(7)
        await work.conversations.forget(7)
        await work.cards.forget(7)
    [row] = await rows(store)
    assert (row.raw, row.answer, row.person) == ("", None, None)


async def test_somebody_who_blocked_the_bot_is_noted(
    chat: Chat, store: Store, bot: Bot, clock: Clock
) -> None:
    closed: list[int] = []
    shop = open_shop(store, bot, clock=clock, unreachable=closed)
    chat.telegram.blocked.add(7)
    talk = Chat(chat.telegram, Intake(store, shop.worker), shop.worker.idle)
    assert await talk.say("/start") == ""
    assert closed == [7]
    assert [one.state for one in await rows(store)] == ["done"]


@pytest.mark.parametrize(
    ("errors", "said"),
    [
        ([RetryAfter(timedelta(milliseconds=20))] * 2, ["Welcome.", "<b>0</b>"]),
        ([not_sent()] * 5, ["Welcome.", "<b>0</b>"]),
        ([Refusal(502, "Bad Gateway")] * 2, ["Welcome.", "<b>0</b>"]),
        ([Refusal(502, "Bad Gateway")] * 3, ["<b>0</b>"]),
        ([bad_request("can't parse entities")], ["<b>0</b>"]),
    ],
    ids=[
        "halted, then sent",
        "not sent, then sent",
        "perhaps sent, then sent",
        "perhaps sent three times, which must do",
        "refused, never sent again",
    ],
)
async def test_an_answer_that_meets_trouble_keeps_its_place(
    chat: Chat, store: Store, bot: Bot, errors: list[Exception], said: list[str]
) -> None:
    shop = open_shop(store, bot)
    intake = Intake(store, shop.worker)
    chat.telegram.fail("sendMessage", *errors)
    await intake.accept(
        [
            {"update_id": 1, "message": message("/start")},
            {"update_id": 2, "message": message("/count")},
        ]
    )
    await shop.worker.idle()
    assert [block.split("\n")[0] for block in chat.telegram.unread[7]] == said
    assert [one.state for one in await rows(store)] == ["done", "done"]


async def test_an_answer_that_could_not_be_marked_stays_for_the_next_start(
    chat: Chat, store: Store, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = open_shop(store, bot)
    talk = Chat(chat.telegram, Intake(store, shop.worker), shop.worker.idle)

    async def full(inbox: InboxStore, updates: Sequence[int]) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(InboxStore, "sent", full)
        assert await talk.say("/start") == "Welcome.\n(Name) (Find)"
    assert [one.state for one in await rows(store)] == ["sending"]
    assert await talk.say("/count") == "<b>0</b>\n[+1 | add] [Nothing | hint]"


async def test_what_follows_a_refused_message_is_still_sent(
    chat: Chat, store: Store, bot: Bot
) -> None:
    async def both(update: Update, context: ShopContext) -> None:
        context.show(Screen("<odd>"), Screen("Fine."))

    flow = Conversation[ShopContext](name="both", entry_points=[command("both", both)])
    shop = open_shop(store, bot, conversations=[flow])
    talk = Chat(chat.telegram, Intake(store, shop.worker), shop.worker.idle)
    assert await talk.say("/both") == "Fine."


def test_two_conversations_cannot_share_a_button() -> None:
    async def callback(update: Update, context: ShopContext) -> None: ...

    twin = Conversation[ShopContext](name="twin", presses={"add": callback})
    with pytest.raises(ValueError, match="'add' is used twice: tally, twin"):
        Router([START, TALLY, twin], unmatched=callback, group=callback)


def row(id_: int, text: str, clock: Clock) -> dict[str, Any]:
    return {
        "id": id_,
        "person": 7,
        "raw": json.dumps({"update_id": id_, "message": message(text)}),
        "sent_at": clock(),
        "received_at": clock(),
    }
