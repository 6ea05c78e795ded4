"""Drive mode: one card that follows a live location."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from chat.wakes import Wakes
from storage.database import Store
from tests.examples import window
from tests.handlers.town import BAKERY, HERE, TOKYO, Town, north
from tests.telegram import Chat, Clock, FakeTelegram

CAR = 500
"""The message with the live location."""
LIVE = {"latitude": HERE[0], "longitude": HERE[1], "live_period": 3600}
GONE = "You share your location no more, so the card above stays as it is now."

Later = Callable[..., Awaitable[str]]


@pytest.fixture
def later(chat: Chat, store: Store, worker: Any, clock: Clock) -> Later:
    """What is heard when so much time has passed."""
    wakes = Wakes(store, worker, clock=clock)

    async def pass_(**span: float) -> str:
        clock.pass_(**span)
        await wakes.sweep()
        await chat.idle()
        return chat.heard()

    return pass_


async def share(chat: Chat, **fields: Any) -> str:
    return await chat.send(message_id=CAR, location={**LIVE, **fields})


async def drive(chat: Chat, metres: float) -> str:
    place = north(metres)
    return await chat.move_location(CAR, place.lat, place.lng)


async def stop(chat: Chat) -> str:
    """The last news has no period any more."""
    place = {"latitude": HERE[0], "longitude": HERE[1]}
    return await chat.feed(
        {"edited_message": chat._message({"message_id": CAR, "location": place}, None)}
    )


async def test_the_card_follows_the_car(chat: Chat, town: Town, clock: Clock) -> None:
    first = await share(chat)
    assert first.startswith(
        "Free nearby · <b>today 14:00–16:00</b>\n"
        "Moves along with you, as long as you share your location.\n\n"
    )
    assert "€5.00 · 240 m" in first
    clock.pass_(seconds=5)
    moved = await drive(chat, 100)
    assert moved.startswith("~ Free nearby · ")
    assert "€5.00 · 140 m" in moved
    assert "Courtyard" in await chat.press("1")


async def test_it_is_edited_every_five_seconds_at_most(
    chat: Chat, town: Town, later: Later
) -> None:
    await share(chat)
    assert await drive(chat, 50) == ""
    assert await later(seconds=4) == ""
    assert await drive(chat, 100) == ""
    assert "€5.00 · 140 m" in await later(seconds=1)
    assert await later(seconds=60) == ""


async def test_it_is_not_edited_when_it_would_say_the_same(
    chat: Chat, town: Town, clock: Clock, telegram: FakeTelegram
) -> None:
    await share(chat)
    for _ in range(3):
        clock.pass_(seconds=5)
        assert await drive(chat, -1) == ""
    assert telegram.called("editMessageText") == []


async def test_a_space_taken_meanwhile_is_gone_from_it(
    chat: Chat, town: Town, clock: Clock
) -> None:
    await share(chat)
    town.taken.append((BAKERY, window(0, 5)))
    clock.pass_(seconds=5)
    assert "Courtyard" not in await drive(chat, 1)


async def test_a_button_pressed_while_the_card_changes_does_what_it_said(
    chat: Chat, town: Town, clock: Clock
) -> None:
    await share(chat)
    older = chat.card("1")
    clock.pass_(seconds=5)
    await drive(chat, 300)
    assert "Courtyard" in await chat.press("1", on=older)


async def test_an_open_space_is_left_alone_and_the_way_back_is_fresh(
    chat: Chat, town: Town, clock: Clock, later: Later
) -> None:
    await share(chat)
    await chat.press("1")
    clock.pass_(seconds=5)
    assert await drive(chat, 100) == ""
    assert await later(seconds=10) == ""
    assert "€5.00 · 140 m" in await chat.press("Back")
    clock.pass_(seconds=5)
    assert "€5.00 · 40 m" in await drive(chat, 200)


async def test_when_sharing_stops_it_ends_and_says_so_once(
    chat: Chat, town: Town, clock: Clock, later: Later
) -> None:
    await share(chat)
    assert await stop(chat) == GONE
    assert await stop(chat) == ""
    clock.pass_(seconds=5)
    assert await drive(chat, 100) == ""
    assert await later(hours=2) == ""
    assert "Moves along" not in await chat.press("4 h")


async def test_when_sharing_runs_out_it_ends_and_says_so(
    chat: Chat, town: Town, later: Later
) -> None:
    await share(chat)
    assert await later(minutes=59) == ""
    assert await later(minutes=1) == GONE
    assert await later(hours=1) == ""


async def test_shared_for_ever_it_runs_out_never(chat: Chat, town: Town, later: Later) -> None:
    await share(chat, live_period=0x7FFFFFFF)
    assert await later(hours=20) == ""


async def test_another_place_is_another_search_that_follows_nobody(
    chat: Chat, town: Town, clock: Clock, later: Later
) -> None:
    await share(chat)
    assert "Moves along" not in await chat.send_location(*HERE)
    clock.pass_(seconds=5)
    assert await drive(chat, 100) == ""
    assert await later(hours=2) == ""


async def test_news_of_a_location_that_began_nothing_is_passed_over(chat: Chat, town: Town) -> None:
    assert await chat.move_location(CAR, *HERE) == ""
    await share(chat)
    assert await chat.move_location(CAR + 1, TOKYO.lat, TOKYO.lng) == ""


async def test_the_card_follows_while_something_else_is_written(
    chat: Chat, town: Town, clock: Clock
) -> None:
    await share(chat)
    await chat.say("/settings")
    await chat.press("Name")
    clock.pass_(seconds=5)
    assert "€5.00 · 140 m" in await drive(chat, 100)
    assert "Name: ⁨Bo⁩" in await chat.say("Bo")


async def test_once_booked_nothing_is_followed(
    chat: Chat, town: Town, clock: Clock, later: Later
) -> None:
    await share(chat)
    await chat.press("1")
    await chat.press("Book")
    clock.pass_(seconds=5)
    assert await drive(chat, 100) == ""
    assert await later(hours=1) == ""
