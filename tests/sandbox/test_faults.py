"""What goes wrong on purpose: flood control, refused and lost answers."""

import asyncio
from random import Random

import aiohttp
import pytest

from sandbox import Driver, Faults
from tests.sandbox.conftest import LASSE, RIVA, Api, Watch


async def send(api: Api, chat_id: int = RIVA) -> dict:
    return await api("sendMessage", chat_id=chat_id, text="hello")


async def test_a_chat_takes_a_burst_and_then_one_message_a_second(api: Api, watch: Watch) -> None:
    api.sandbox.flood.enabled = True
    api.sandbox.flood.clock = lambda: 1000.0 + watch.ahead
    assert all([(await send(api))["ok"] for _ in range(5)])

    assert await send(api) == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    assert (await send(api, LASSE))["ok"]
    watch.turn(1)
    assert [(await send(api))["ok"] for _ in range(2)] == [True, False]


async def test_a_group_takes_twenty_messages_a_minute(api: Api) -> None:
    api.sandbox.flood.enabled = True
    api.sandbox.flood.clock = lambda: 1000.0
    group = api.sandbox.add_group("Neighbours", RIVA)
    answers = [await send(api, group.id) for _ in range(21)]
    assert [answer["ok"] for answer in answers] == [True] * 20 + [False]
    assert answers[-1]["parameters"] == {"retry_after": 3}


@pytest.mark.parametrize(
    ("faults", "code", "words"),
    [
        (Faults(too_many=1), 429, "Too Many Requests: retry after 1"),
        (Faults(server_error=1), 500, "Internal Server Error"),
    ],
    ids=["too many requests", "server error"],
)
async def test_a_refusing_fault_leaves_no_message(
    api: Api, riva: Driver, faults: Faults, code: int, words: str
) -> None:
    api.sandbox.faults = faults
    answer = await send(api)
    assert (answer["error_code"], answer["description"]) == (code, words)
    assert riva.messages == []


@pytest.mark.parametrize(
    ("faults", "arrived"),
    [
        (Faults(dropped=1), 0),
        (Faults(dropped_after=1), 1),
        (Faults(silence=1, silent_seconds=0.01), 1),
    ],
    ids=["dropped before", "dropped after", "silent and dropped"],
)
async def test_a_cut_connection_does_not_tell_what_arrived(
    api: Api, riva: Driver, faults: Faults, arrived: int
) -> None:
    api.sandbox.faults = faults
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await send(api)
    assert len(riva.messages) == arrived


async def test_silence_accepts_and_never_answers(api: Api, riva: Driver) -> None:
    api.sandbox.faults = Faults(silence=1)
    sending = asyncio.create_task(send(api))
    assert (await riva.reply())["text"] == "hello"
    assert not sending.done()
    sending.cancel()


async def test_faults_strike_as_often_as_asked_and_spare_polling(api: Api) -> None:
    api.sandbox.faults = Faults(too_many=0.2, server_error=0.3, dice=Random(1))
    codes = [(await send(api)).get("error_code", 200) for _ in range(200)]
    assert 20 < codes.count(429) < 60
    assert 40 < codes.count(500) < 80
    assert all([(await api("getUpdates"))["ok"] for _ in range(20)])


async def test_faults_can_be_kept_to_some_methods(api: Api) -> None:
    api.sandbox.faults = Faults(server_error=1, methods=frozenset({"getUpdates"}))
    assert (await send(api))["ok"]
    assert (await api("getUpdates"))["error_code"] == 500


async def test_answers_can_be_held_back(api: Api, riva: Driver) -> None:
    api.sandbox.faults = Faults(delay=0.02)
    assert (await send(api))["ok"]
    assert len(riva.messages) == 1
