"""Updates that are handled long after they were sent, and wake-ups."""

from typing import Any

import pytest

from chat.wakes import Wakes
from tests.chat.shop import ShopContext
from tests.telegram import Chat, Clock


async def press_late(chat: Chat, clock: Clock, **span: float) -> str:
    card = chat.card()
    callback = {
        "id": "late",
        "from": {"id": 7, "is_bot": False, "first_name": "Ann"},
        "chat_instance": "1",
        "data": card.button("+1")["callback_data"],
        "message": {"message_id": card.id, "date": 1, "chat": {"id": 7, "type": "private"}},
    }
    chat.telegram.spinning["late"] = 7
    polled_at = clock.now
    clock.pass_(**span)
    await chat.intake.accept([{"update_id": 5, "callback_query": callback}], polled_at)
    await chat.idle()
    return chat.heard()


@pytest.mark.parametrize(
    ("minutes", "heard"),
    [
        (9, "~ <b>1</b>\n[+1 | add] [Nothing | hint]"),
        (10, "~ <b>1</b>\n[+1 | add] [Nothing | hint]"),
        (10.1, "toast: Too late"),
        (300, "toast: Too late"),
    ],
)
async def test_a_tap_counts_from_the_poll_before_it(
    chat: Chat, clock: Clock, minutes: float, heard: str
) -> None:
    await chat.say("/count")
    assert await press_late(chat, clock, minutes=minutes) == heard


async def test_a_late_tap_without_a_card_to_redraw_is_answered_in_words(
    chat: Chat, clock: Clock
) -> None:
    chat.telegram.spinning["late"] = 7
    sent = clock.now
    clock.pass_(minutes=11)
    press = {
        "id": "late",
        "from": {"id": 7, "is_bot": False, "first_name": "Ann"},
        "chat_instance": "1",
        "data": "unknown::0",
    }
    await chat.intake.accept([{"update_id": 5, "callback_query": press}], sent)
    await chat.idle()
    assert chat.heard() == "I do not understand."


async def test_an_album_is_complete_when_its_time_has_come(
    chat: Chat, clock: Clock, wakes: Wakes[Any, ShopContext]
) -> None:
    await chat.say("/name")
    await chat.say("Bea")
    assert await chat.send_photo("a", "b", "c") == ""
    clock.pass_(seconds=1)
    assert await wakes.sweep() == 0
    clock.pass_(seconds=1)
    assert await wakes.sweep() == 1
    await chat.idle()
    assert chat.heard() == "3 photos of Bea."
    assert await wakes.sweep() == 0


async def test_a_wake_up_for_what_has_ended_is_nothing(
    chat: Chat, clock: Clock, wakes: Wakes[Any, ShopContext]
) -> None:
    await chat.say("/name")
    await chat.say("Bea")
    await chat.send_photo("a")
    clock.pass_(days=2)
    assert await wakes.sweep() == 1
    await chat.idle()
    assert chat.heard() == ""


async def test_the_alarm_is_set_anew_by_whoever_asks_to_be_woken(
    chat: Chat, wakes: Wakes[Any, ShopContext]
) -> None:
    await chat.say("/name")
    await chat.say("Bea")
    wakes._news.clear()
    await chat.send_photo("a")
    assert wakes._news.is_set()
    assert await wakes._nap() == 2
