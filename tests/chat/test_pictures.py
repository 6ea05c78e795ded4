"""A picture comes to a message that is out already, and never holds up or outlives its words."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.request import RequestData

from chat.answer import Target
from chat.bot import Bot
from chat.buckets import Limits
from chat.courier import Courier, Outcome
from chat.illustrator import WAITING, Illustrated, keeping
from chat.intake import Intake
from chat.screen import Button, Photo, Screen, Where
from storage.database import Store
from tests.chat.shop import FREELY, open_shop
from tests.sizes import PICTURE_RACES
from tests.telegram import TOKEN, Chat, Clock, FakeTelegram, bad_request

PLAIN = b"nothing to see"


def card(text: str, key: str | None = "", **more: Any) -> Screen:
    """A card whose picture is named after its text."""
    picture = None if key is None else Photo(key=key or f"map of {text}")
    return Screen(text, ((Button("1", "open:1:1"),),), picture=picture, **more)


@dataclass
class Studio:
    """Draws when it is let to; remembers what was asked of it, and what was told."""

    telegram: FakeTelegram
    open: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[str] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)
    """How many calls Telegram had got when the drawing began."""
    kept: list[tuple[int, int]] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    crowded: bool = False

    async def read(self, key: str) -> bytes:
        self.asked.append(key)
        self.seen.append(len(self.telegram.calls))
        await self.open.wait()
        if "bad" in key:
            raise RuntimeError("no ink")
        return key.encode()

    async def added(self, chat: int, message: int) -> None:
        self.kept.append((chat, message))

    def handled(self, handler: str, seconds: float, *, refused: bool) -> None: ...
    def buried(self) -> None: ...
    def delivered(self, fate: str) -> None: ...

    def pictured(self, outcome: str, seconds: float) -> None:
        self.outcomes.append(outcome)


@pytest.fixture
def studio(telegram: FakeTelegram) -> Studio:
    studio = Studio(telegram)
    studio.open.set()
    return studio


def courier_for(studio: Studio, bot: Bot, limits: Limits = FREELY) -> Courier:
    illustrated = Illustrated(studio.added, PLAIN, lambda: studio.crowded)
    patience = timedelta(milliseconds=1)
    return Courier(
        bot, studio.read, limits, patience=patience, meter=studio, illustrated=illustrated
    )


@pytest.fixture
async def courier(studio: Studio, bot: Bot) -> AsyncIterator[Courier]:
    courier = courier_for(studio, bot)
    yield courier
    await courier.stop()


async def show(courier: Courier, screen: Screen, on: Outcome | None = None) -> Outcome:
    here = Target(on.shown[0].message, on.shown[0].media) if on else None
    return await courier.deliver(7, [screen], here=here, notice=False)


async def settled(courier: Courier) -> None:
    assert courier.illustrator is not None
    await courier.illustrator.idle()


async def test_the_words_are_out_before_anybody_begins_to_draw(
    courier: Courier, telegram: FakeTelegram, studio: Studio
) -> None:
    studio.open.clear()
    outcome = await show(courier, card("Two spaces"))
    assert telegram.unread.pop(7) == ["Two spaces\n[1 | open]"]
    studio.open.set()
    await settled(courier)
    assert studio.seen == [1]
    assert telegram.unread[7] == ["~ <photo>\nTwo spaces\n[1 | open]"]
    assert telegram.uploads == [b"map of Two spaces"]
    assert studio.kept == [(7, outcome.shown[0].message)]
    assert studio.outcomes == ["added"]


async def test_another_page_changes_the_words_at_once_and_then_the_picture(
    courier: Courier, telegram: FakeTelegram
) -> None:
    first = await show(courier, card("Page 1"))
    await settled(courier)
    telegram.unread.clear()
    await show(courier, card("Page 2"), on=first)
    assert telegram.unread[7] == ["~ <photo>\nPage 2\n[1 | open]"]
    await settled(courier)
    assert [method for method, _ in telegram.calls] == [
        "sendMessage",
        "editMessageMedia",
        "editMessageText",  # it was not known yet that the message is a picture by now
        "editMessageCaption",
        "editMessageMedia",
    ]
    assert telegram.uploads == [b"map of Page 1", b"map of Page 2"]


async def test_what_is_known_to_be_a_picture_is_edited_as_one(
    courier: Courier, telegram: FakeTelegram
) -> None:
    [shown] = (await show(courier, card("Page 1"))).shown
    await settled(courier)
    telegram.calls.clear()
    await courier.deliver(7, [card("Words", None)], here=Target(shown.message, media=True))
    assert [method for method, _ in telegram.calls] == ["editMessageCaption"]
    assert telegram.messages[7, shown.message].media == "<photo>"


async def test_a_picture_is_dropped_when_its_card_has_moved_on(
    courier: Courier, telegram: FakeTelegram, studio: Studio
) -> None:
    studio.open.clear()
    first = await show(courier, card("Page 1"))
    await asyncio.sleep(0)
    for page in ("Page 2", "Page 3"):
        await show(courier, card(page), on=first)
    studio.open.set()
    await settled(courier)
    assert telegram.uploads == [b"map of Page 3"]
    assert studio.asked == ["map of Page 1", "map of Page 3"], "the second one was not even drawn"
    assert sorted(studio.outcomes) == ["added", "outdated", "outdated"]
    assert str(telegram.messages[7, first.shown[0].message]) == "<photo>\nPage 3\n[1 | open]"


class Slow(FakeTelegram):
    """Takes pictures slowly."""

    def __init__(self) -> None:
        super().__init__()
        self.reached, self.go = asyncio.Event(), asyncio.Event()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, **more: Any
    ) -> tuple[int, bytes]:
        if url.endswith("editMessageMedia"):
            self.reached.set()
            await self.go.wait()
        return await super().do_request(url, method, request_data, **more)


async def test_newer_words_wait_for_a_picture_that_is_leaving_and_so_stay_the_last() -> None:
    telegram = Slow()
    studio = Studio(telegram)
    studio.open.set()
    courier = courier_for(studio, Bot(TOKEN, request=telegram))
    first = await show(courier, card("Page 1"))
    await telegram.reached.wait()
    second = asyncio.create_task(show(courier, card("Page 2", None), on=first))
    await asyncio.sleep(0)
    telegram.go.set()
    await second
    await settled(courier)
    assert [method for method, _ in telegram.calls] == [
        "sendMessage",
        "editMessageMedia",
        "editMessageCaption",
    ]
    assert str(telegram.messages[7, first.shown[0].message]) == "<photo>\nPage 2\n[1 | open]"


class Jittery(FakeTelegram):
    """Takes its time, most of all over pictures, and knows which one a message shows."""

    def __init__(self, slowness: int) -> None:
        super().__init__()
        self.slowness = slowness
        self.picture: bytes | None = None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, **more: Any
    ) -> tuple[int, bytes]:
        await turns(self.slowness if url.endswith("editMessageMedia") else 1)
        uploads = (request_data.multipart_data or {}) if request_data else {}
        answer = await super().do_request(url, method, request_data, **more)
        self.picture = next((content for _, content, *_ in uploads.values()), self.picture)
        return answer


@dataclass
class Slowly(Studio):
    """Takes its time over each drawing."""

    slowness: int = 0

    async def read(self, key: str) -> bytes:
        await turns(self.slowness)
        return await super().read(key)


async def turns(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


@settings(max_examples=PICTURE_RACES, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["good", "bad", None]), st.integers(0, 40)), min_size=1),
    st.integers(0, 15),
    st.integers(0, 15),
)
def test_whenever_words_change_no_older_picture_is_left_beside_them(
    steps: list[tuple[str | None, int]], sending: int, drawing: int
) -> None:
    async def run() -> None:
        telegram = Jittery(sending)
        studio = Slowly(telegram, slowness=drawing)
        studio.open.set()
        courier = courier_for(studio, Bot(TOKEN, request=telegram))
        first = await show(courier, card("Page 0", None))
        for number, (kind, pause) in enumerate(steps, 1):
            key = kind and f"{kind} map {number}"
            await show(courier, card(f"Page {number}", key), on=first)
            await turns(pause)
        await settled(courier)
        [message] = telegram.messages.values()
        assert message.text == f"Page {len(steps)}"
        wanted = steps[-1][0]
        if wanted == "good":
            assert telegram.picture == f"good map {len(steps)}".encode()
        if wanted == "bad":
            assert telegram.picture in (None, PLAIN)

    asyncio.run(run())


async def test_what_cannot_be_drawn_leaves_the_words_alone(
    courier: Courier, telegram: FakeTelegram, studio: Studio, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        outcome = await show(courier, card("Two spaces", "bad"))
        await settled(courier)
    assert outcome.shown[0].media is False
    assert telegram.unread[7] == ["Two spaces\n[1 | open]"]
    assert studio.outcomes == ["failed"]
    assert "stays without its picture" in caplog.text


async def test_no_older_picture_stands_beside_new_words(
    courier: Courier, telegram: FakeTelegram
) -> None:
    first = await show(courier, card("Page 1"))
    await settled(courier)
    await show(courier, card("Page 2", "bad"), on=first)
    await settled(courier)
    assert telegram.uploads == [b"map of Page 1", PLAIN]
    assert str(telegram.messages[7, first.shown[0].message]) == "<photo>\nPage 2\n[1 | open]"


async def test_while_too_many_wait_more_get_none(
    courier: Courier, telegram: FakeTelegram, studio: Studio
) -> None:
    studio.open.clear()
    for number in range(WAITING + 3):
        await courier.deliver(number + 1, [card(f"Card {number}")], notice=False)
    await asyncio.sleep(0)
    studio.open.set()
    await settled(courier)
    assert studio.outcomes.count("crowded") == 3
    assert studio.outcomes.count("added") == WAITING


async def test_while_answers_wait_nothing_is_drawn(
    courier: Courier, telegram: FakeTelegram, studio: Studio
) -> None:
    first = await show(courier, card("Page 1"))
    await settled(courier)
    studio.crowded = True
    await show(courier, card("Page 2"), on=first)
    await show(courier, card("Another"))
    await settled(courier)
    assert studio.asked == ["map of Page 1"]
    assert studio.outcomes == ["added", "crowded", "crowded"]
    assert telegram.uploads == [b"map of Page 1", PLAIN]


@pytest.mark.parametrize("refusal", ["wrong file identifier", "chat not found"])
async def test_what_telegram_refuses_is_not_tried_again(
    courier: Courier, telegram: FakeTelegram, studio: Studio, refusal: str
) -> None:
    telegram.fail("editMessageMedia", bad_request(refusal))
    await show(courier, card("Two spaces"))
    await settled(courier)
    assert len(telegram.called("editMessageMedia")) == 1
    assert (studio.outcomes, studio.kept) == (["failed"], [])


async def test_a_picture_that_telegram_has_is_not_drawn_again(
    courier: Courier, telegram: FakeTelegram, studio: Studio
) -> None:
    first = await show(courier, card("Results"))
    await settled(courier)
    await show(courier, card("Space"), on=first)
    await settled(courier)
    await show(courier, card("Results"), on=first)
    await settled(courier)
    assert studio.asked == ["map of Results", "map of Space"]
    assert telegram.called("editMessageMedia")[2]["media"]["media"].startswith("file-")


async def test_words_too_long_for_a_caption_get_no_picture(
    courier: Courier, telegram: FakeTelegram, studio: Studio
) -> None:
    await show(courier, card("x" * 1025))
    await settled(courier)
    assert studio.asked == []
    assert len(telegram.unread[7]) == 1


async def test_words_too_long_for_a_caption_are_sent_anew(
    courier: Courier, telegram: FakeTelegram
) -> None:
    first = await show(courier, card("Results", card="find"))
    await settled(courier)
    telegram.unread.clear()
    outcome = await courier.deliver(
        7,
        [card("x" * 1025, card="find")],
        here=Target(first.shown[0].message, media=True),
        notice=False,
    )
    [shown] = outcome.shown
    assert (shown.message, shown.media, shown.card) == (2, False, "find")


async def test_pictures_leave_room_for_answers(studio: Studio, bot: Bot) -> None:
    """Of five messages that a chat takes at once, two stay free for what the person does next."""
    courier = courier_for(studio, bot, Limits(per_second=1e9, per_chat=1e-3, burst=5))
    for _ in range(4):
        await show(courier, card("Results", where=Where.ANEW))
    for _ in range(20):
        await asyncio.sleep(0)
    assert studio.outcomes == []
    assert len(studio.telegram.called("sendMessage")) == 4
    await courier.stop()


async def test_a_crash_before_the_picture_loses_only_the_picture(
    store: Store, telegram: FakeTelegram, studio: Studio, bot: Bot, clock: Clock
) -> None:
    studio.open.clear()
    shop = open_shop(store, bot, clock=clock, courier=courier_for(studio, bot))
    chat = Chat(telegram, Intake(store, shop.worker, clock=clock), shop.worker.idle, clock=clock)
    assert await chat.say("/mapped") == "<b>Here</b>\n[+1 | add]"
    await shop.worker.stop()

    again = open_shop(store, bot, clock=clock, courier=courier_for(studio, bot))
    await again.worker.recover()
    await again.worker.idle()
    assert chat.heard() == ""
    chat.idle, chat.intake = again.worker.idle, Intake(store, again.worker, clock=clock)
    assert await chat.press("+1") == "~ <b>1</b>\n[+1 | add] [Nothing | hint]"
    await again.worker.stop()


async def test_the_store_knows_that_a_card_has_become_a_picture(
    store: Store, telegram: FakeTelegram, studio: Studio, bot: Bot, clock: Clock
) -> None:
    courier = courier_for(studio, bot)
    assert courier.illustrator is not None
    courier.illustrator._illustrated = Illustrated(keeping(store), PLAIN)
    shop = open_shop(store, bot, clock=clock, courier=courier)
    chat = Chat(telegram, Intake(store, shop.worker, clock=clock), shop.worker.idle, clock=clock)
    studio.open.clear()
    await chat.say("/mapped")
    studio.open.set()
    await settled(courier)
    async with store.begin() as work:
        assert await work.cards.of(chat.user, ["tally"]) == {"tally": (1, True)}
    telegram.calls.clear()
    await chat.say("/more")
    assert [method for method, _ in telegram.calls] == ["editMessageCaption"]
    await shop.worker.stop()
