"""Inline mode: what is offered in any chat, and what of it everybody may read."""

from typing import Any

import pytest

from market.domain.ids import PhotoId, written
from market.domain.space import SpaceState
from tests.examples import window
from tests.handlers.conftest import FakeGeocoder
from tests.handlers.town import BAKERY, DRIVEWAY, GARAGE, HERE, Town, many
from tests.telegram import Chat
from views.inline import Free, Home, nearby
from views.words import Html, words_in

LOCATED = {"location": {"latitude": HERE[0], "longitude": HERE[1]}}


def titles(answer: dict[str, Any]) -> list[str]:
    return [result["title"] for result in answer["results"]]


async def test_the_spaces_around_the_sender_with_price_and_distance(chat: Chat, town: Town) -> None:
    answer = await chat.inline("", **LOCATED)
    assert titles(answer) == [
        "Courtyard behind the bakery · €5.00",
        "Garage B, bay 12 · €6.00",
        "Driveway <b>blue</b> gate · €3.50",
    ]
    assert answer["results"][0]["description"] == "240 m, 4 min · ★ 4.8 · covered"
    assert answer["is_personal"] is True
    assert answer["cache_time"] <= 60


async def test_the_card_for_everybody_tells_nothing_private(chat: Chat, town: Town) -> None:
    answer = await chat.inline("", **LOCATED)
    card = answer["results"][0]["input_message_content"]["message_text"]
    assert card == (
        "<b>⁨Courtyard behind the bakery⁩</b>\n€5.00 · today 14:00–16:00\n★ 4.8 · covered"
    )
    for private in ("240", "Bakery Street", "4711", "52.5"):
        assert private not in card


async def test_a_chosen_result_opens_the_bot_at_that_space(chat: Chat, town: Town) -> None:
    answer = await chat.inline("", **LOCATED)
    ((button,),) = answer["results"][1]["reply_markup"]["inline_keyboard"]
    link = f"https://t.me/parkplace_bot?start=space_{written(GARAGE)}"
    assert button["text"] == "Open in Park Place"
    assert button["url"].startswith(link)
    assert "Garage B" in await chat.say(f"/start {link.partition('=')[2]}")


async def test_a_chosen_result_opens_for_the_time_it_was_found_for(chat: Chat, town: Town) -> None:
    answer = await chat.inline("52.52, 13.405 tomorrow 9-17")
    ((button,),) = answer["results"][0]["reply_markup"]["inline_keyboard"]
    card = await chat.say(f"/start {button['url'].partition('=')[2]}")
    assert "Tomorrow 09:00–17:00" in card
    assert "[Book · €20.00 |" in card


@pytest.mark.parametrize("stay", ["", "_", "_5", "_x_y", "_1_0", "_²_2", "_999999999_5", "_1_2_3"])
async def test_a_link_with_an_odd_time_opens_for_the_coming_hours(
    chat: Chat, town: Town, stay: str
) -> None:
    assert "Today 14:00–" in await chat.say(f"/start space_{written(BAKERY)}{stay}")


async def test_a_result_shows_the_first_photo_where_telegram_can_fetch_it(
    chat: Chat, town: Town
) -> None:
    bakery = await town.change(BAKERY, photos=(PhotoId(7), PhotoId(8)))
    (with_photo, *_) = (await chat.inline("", **LOCATED))["results"]
    assert "thumbnail_url" not in with_photo
    free = Free(bakery, window(0, 2), "€5.00", "240 m", Html("today"))
    home = Home("parkplace_bot", "https://park.example/api/v1/photos/")
    result = nearby(words_in("en"), free, home)
    assert result.thumbnail_url == f"https://park.example/api/v1/photos/{written(PhotoId(7))}"


@pytest.mark.parametrize(
    ("query", "fields", "price"),
    [
        ("52.52, 13.405", {}, "€5.00"),
        ("52.52 13.405 tomorrow 9-17", {}, "€20.00"),
        ("Bakery Street 4", {}, "€5.00"),
        ("bakery street 4 tomorrow 9-17", {}, "€20.00"),
        ("Mill Lane 3h", {}, "€7.50"),
        ("3h", LOCATED, "€7.50"),
        ("9 h", LOCATED, "€22.50"),
    ],
    ids=[
        "coordinates",
        "coordinates and a time",
        "an address",
        "an address and a time",
        "the likeliest of several",
        "a time",
        "a length like degrees",
    ],
)
async def test_a_query_is_a_place_and_a_time(
    chat: Chat, town: Town, query: str, fields: dict[str, Any], price: str
) -> None:
    answer = await chat.inline(query, **fields)
    assert titles(answer)[0] == f"Courtyard behind the bakery · {price}"


async def test_while_nobody_knows_addresses_coordinates_are_asked_for(
    chat: Chat, town: Town, geocoder: FakeGeocoder
) -> None:
    geocoder.down = True
    assert "coordinates" in (await chat.inline("Bakery Street 4"))["button"]["text"]
    assert titles(await chat.inline("52.52, 13.405"))


async def test_typed_coordinates_count_before_the_senders_location(chat: Chat, town: Town) -> None:
    answer = await chat.inline("35.6812, 139.7671", **LOCATED)
    assert answer["results"] == []
    assert answer["button"]["text"] == "Nothing free there then. Another place?"


async def test_without_a_place_the_button_leads_to_the_private_chat_and_back(
    chat: Chat, town: Town
) -> None:
    answer = await chat.inline("")
    assert answer["results"] == []
    button = answer["button"]
    assert button["start_parameter"] == "inline"
    assert "60.17, 24.94" in await chat.say(f"/start {button['start_parameter']}")
    assert "Now back" in await chat.send_location(*HERE)
    back = chat.card("Back to the chat").button("Back to the chat")
    assert titles(await chat.inline(back["switch_inline_query"]))
    assert "I did not understand" in await chat.say("3h")


@pytest.mark.parametrize("fields", [{}, LOCATED], ids=["nowhere", "somewhere"])
async def test_what_cannot_be_read_is_not_guessed(
    chat: Chat, town: Town, fields: dict[str, Any]
) -> None:
    answer = await chat.inline("the station, please", **fields)
    assert answer["results"] == []
    assert answer["button"]["text"].startswith("Type an address")


async def test_one_space_is_shared_without_any_place(chat: Chat, town: Town) -> None:
    await town.change(BAKERY, description="Flat & wide.")
    answer = await chat.inline(f"space {written(BAKERY)}")
    assert titles(answer) == ["Courtyard behind the bakery · €2.50 an hour"]
    card = answer["results"][0]["input_message_content"]["message_text"]
    assert card.endswith("\n€2.50 an hour · ★ 4.8 · covered\n⁨Flat &amp; wide.⁩")


@pytest.mark.parametrize("id_", ["", "zzzzzzzzzz", "🙂", "0000000000"])
async def test_a_space_that_is_not_there_is_not_shared(chat: Chat, town: Town, id_: str) -> None:
    assert (await chat.inline(f"space {id_}"))["results"] == []


async def test_taken_and_paused_spaces_are_left_out(chat: Chat, town: Town) -> None:
    town.taken.append((BAKERY, window(0, 2)))
    await town.change(DRIVEWAY, state=SpaceState.PAUSED)
    assert titles(await chat.inline("", **LOCATED)) == ["Garage B, bay 12 · €6.00"]


async def test_twenty_at_a_time(chat: Chat, town: Town) -> None:
    await town.add(*many(20))
    first = await chat.inline("", **LOCATED)
    assert len(first["results"]) == 20
    second = await chat.inline("", **LOCATED, offset=first["next_offset"])
    assert titles(second)[-1] == "Yard 19 · €5.00"
    assert len(second["results"]) == 3
    assert second["next_offset"] == ""


@pytest.mark.parametrize("offset", ["x", "-5", "99999999999", "²"])
async def test_an_odd_offset_begins_anew_or_ends(chat: Chat, town: Town, offset: str) -> None:
    assert await chat.inline("", **LOCATED, offset=offset) != {}
