"""Reports: who learns something by reporting, and who does not."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from storage.database import Store
from storage.tables.market import photos
from tests.examples import LISTER
from tests.handlers.post import Post
from tests.handlers.test_bookings import booked
from tests.handlers.town import BAKERY, DRIVEWAY, HERE, Town, link
from tests.telegram import Chat, Clock

THANKS = re.compile(r"Thank you, report <code>\w{10}</code> is open\.")
AT_BAKERY = (HERE[0] + 240 / 111_195, HERE[1])
PLATE = "HEL204"


@pytest.fixture
def owner(chat: Chat) -> Chat:
    return chat.of(1000 + LISTER)


@pytest.fixture
async def parked(chat: Chat, town: Town, clock: Clock, store) -> None:
    """The renter's car stands behind the bakery until four."""
    await booked(chat, "15-16")
    async with store.begin() as work:
        person = await work.people.of_telegram(chat.user)
        (booking,) = await work.bookings.of_renter(person.id, clock(), past=False, limit=1)
        await work.bookings.save(replace(booking, plate=PLATE))
    clock.pass_(hours=1, minutes=30)


async def report(chat: Chat, plate: str, place: tuple[float, float] = AT_BAKERY) -> str:
    await chat.say("/report")
    await chat.send_photo("car")
    await chat.say(plate)
    return await chat.send_location(*place)


async def test_a_report_asks_for_photo_plate_and_place(chat: Chat, town: Town) -> None:
    assert "Send a photo of it" in await chat.say("/report")
    assert "I need a photo of the car first" in await chat.say("HEL-204")
    assert "What is on its plate?" in await chat.send_photo("car")
    assert "That is no number plate" in await chat.say("?!")
    assert "Where does it stand?" in await chat.say("HEL-204")
    assert "Where does it stand?" in await chat.say("over there")
    assert THANKS.fullmatch(await chat.say("52.52, 13.405"))


async def test_a_picture_that_comes_as_a_file_is_evidence_too(
    chat: Chat, town: Town, store: Store
) -> None:
    await chat.say("/report")
    assert "Send it as a photo" in await chat.send_file("car.heic", "image/heic")
    assert "What is on its plate?" in await chat.send_file("car.jpg", "image/jpeg")
    await chat.say(PLATE)
    assert THANKS.fullmatch(await chat.send_location(*AT_BAKERY))
    async with store.read() as work:
        kept = (await work.connection.execute(select(photos.c.key, photos.c.file_id))).all()
    assert kept == [("copy-of-car.jpg", None)]


@pytest.mark.parametrize("plate", [PLATE, "NEVER1"])
async def test_a_stranger_gets_the_same_answer_whatever_the_plate(
    chat: Chat, parked: None, plate: str
) -> None:
    assert THANKS.fullmatch(await report(chat.of(4711), plate))


async def test_the_lister_and_the_present_renter_are_answered(
    chat: Chat, owner: Chat, parked: None, post: Post, clock: Clock
) -> None:
    for concerned in (owner, chat):
        assert await report(concerned, "hel 204") == "<b>HEL204</b> is booked in until 16:00."
        assert "<b>NEVER1</b> is unknown here. Report" in await report(concerned, "NEVER1")
        assert THANKS.fullmatch(await report(concerned, PLATE, (52.6, 13.5)))
    clock.pass_(minutes=42)
    assert await report(owner, PLATE) == (
        "<b>HEL204</b> overstayed by 12 min; the renter has been told."
    )
    assert "12 min after your stay had ended" in await post.deliver(chat)
    assert THANKS.fullmatch(await report(chat, PLATE))


async def test_the_sticker_of_a_space_says_where(chat: Chat, owner: Chat, parked: None) -> None:
    sticker = link(BAKERY).replace("space_", "report_")
    for who, answer in ((owner, "is booked in until"), (chat.of(4711), "Thank you, report")):
        await who.say(sticker)
        await who.send_photo("car")
        assert answer in await who.say(PLATE)


async def test_five_a_day(chat: Chat, town: Town, clock: Clock) -> None:
    for _ in range(5):
        assert THANKS.fullmatch(await report(chat, PLATE))
    assert "5 reports a day is the most" in await report(chat, PLATE)
    clock.pass_(days=1)
    assert THANKS.fullmatch(await report(chat, PLATE))


async def test_a_space_is_reported_from_its_card(chat: Chat, town: Town) -> None:
    await chat.say(link(DRIVEWAY))
    asked = await chat.press("Report")
    assert "What is wrong with <b>⁨Driveway &lt;b&gt;blue&lt;/b&gt; gate⁩</b>?" in asked
    assert THANKS.search(await chat.press("Not as described"))
    await chat.say(link(DRIVEWAY))
    await chat.press("Report")
    assert "Say it in your own words" in await chat.press("Something else")
    assert "Say it in your own words" in await chat.send_sticker()
    assert "too long" in await chat.say("x" * 501)
    assert THANKS.fullmatch(await chat.say("The gate is painted over."))


async def test_the_other_side_is_reported_from_the_booking(chat: Chat, town: Town) -> None:
    await booked(chat, "18-20")
    await chat.press("Report")
    assert THANKS.search(await chat.press("Offensive"))
    data = chat.card("Report").button("Report")["callback_data"]
    assert "no such booking" in await chat.of(4711).press_data(data)
    for wrong in ("x.swhy:0000000001.rude:0", "x.swhy:x.unsafe:0", "x.space:x:0"):
        assert await chat.press_data(wrong)
