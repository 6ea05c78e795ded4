"""Typed addresses: for a search, and on a card."""

import pytest

from tests.handlers.conftest import FakeGeocoder
from tests.handlers.town import HERE, Town
from tests.telegram import Chat

CARD = "Free near ⁨Bakery Street 4, Berlin⁩ · <b>today 14:00–16:00</b>\n"


@pytest.mark.parametrize("before", [(), ("/start",), ("/find",), ("/find", "/cancel")])
async def test_an_address_is_a_place(chat: Chat, town: Town, before: tuple[str, ...]) -> None:
    for text in before:
        await chat.say(text)
    assert (await chat.say("Bakery Street 4")).startswith(CARD)


async def test_on_a_card_an_address_is_another_search(chat: Chat, town: Town) -> None:
    await chat.send_location(*HERE)
    assert (await chat.say("Bakery Street 4")).startswith(CARD)
    assert "near ⁨Bakery Street 4, Berlin⁩ · <b>today 14:00–17:00</b>" in await chat.say("3h")


async def test_a_time_is_not_looked_up(chat: Chat, town: Town, geocoder: FakeGeocoder) -> None:
    await chat.send_location(*HERE)
    for text in (
        "tomorrow 9-17",
        "9-5",
        "3h",
        "🏠 My spaces",
        "/help",
        "off till 18",
        "ok",
        "17",
        "hi",
    ):
        await chat.say(text)
    assert geocoder.asked == []


async def test_the_time_that_was_chosen_is_kept(chat: Chat, town: Town) -> None:
    await chat.send_location(*HERE)
    await chat.say("fri 18:00 3h")
    kept = "near ⁨Bakery Street 4, Berlin⁩ · <b>Fri 7 Jun 18:00–21:00</b>"
    assert kept in await chat.say("Bakery Street 4")
    await chat.say("mill lane")
    assert "<b>Fri 7 Jun 18:00–21:00</b>" in await chat.press("Mill Lane, Berlin")
    assert "today 14:00–16:00" in await chat.send_location(*HERE)


@pytest.mark.parametrize("text", ["tomorrow 9-17", "two hours", "all day tomorrow"])
async def test_to_a_time_alone_a_place_is_asked_for(
    chat: Chat, town: Town, geocoder: FakeGeocoder, text: str
) -> None:
    assert "I need a place" in await chat.say(text)
    assert geocoder.asked == []


async def test_of_several_places_one_is_chosen(chat: Chat, town: Town) -> None:
    assert await chat.say("mill lane") == (
        "Which one do you mean?\n[Mill Lane, Berlin | f.at]\n[Mill Lane, Tokyo | f.at]"
    )
    assert (await chat.press("Mill Lane, Berlin")).startswith("~ Free near ⁨Mill Lane, Berlin⁩ · ")
    assert "Which one do you mean?" in await chat.say("mill lane")
    assert "within 100 km" in await chat.press("Mill Lane, Tokyo")


async def test_what_is_no_place_is_said(chat: Chat, town: Town) -> None:
    assert "I know no such place: ⁨no such &lt;b&gt;⁩." in await chat.say("no such <b>")
    assert "I know no such place: ⁨where to⁩. Type" in await chat.say("where to?")
    assert "the way there. /help says what else" in await chat.say("how do I get there?")
    assert "I did not understand that." in await chat.say("?!")
    await chat.send_location(*HERE)
    assert "neither a time nor an address in ⁨no such⁩" in await chat.say("no such")
    assert (await chat.say("3h")).startswith("Free nearby · ")


async def test_a_geocoder_that_is_down_is_no_dead_end(
    chat: Chat, town: Town, geocoder: FakeGeocoder
) -> None:
    geocoder.down = True
    assert "cannot look addresses up at the moment" in await chat.say("Bakery Street 4")
    assert (await chat.say("52.52, 13.405")).startswith("Free nearby · ")


async def test_somebody_from_an_inline_query_is_sent_back_with_the_place(
    chat: Chat, town: Town
) -> None:
    await chat.say("/start inline")
    assert "[Back to the chat]" in await chat.say("Bakery Street 4")
    await chat.say("/start inline")
    await chat.say("mill lane")
    assert "[Back to the chat]" in await chat.press("Mill Lane, Tokyo")


@pytest.mark.parametrize("data", ["f.at::0", "f.at:95,0,Nowhere:0", "f.at:x,y,z:0"])
async def test_garbled_places_are_answered(chat: Chat, town: Town, data: str) -> None:
    assert "out of date" in await chat.press_data(data)
