"""What the maps of cards show, and where their buttons lead."""

from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from chat.courier import Courier
from market.domain.ids import written
from market.domain.place import Offset, shifted
from market.domain.space import SpaceState
from storage.database import Store
from tests.examples import window
from tests.handlers.conftest import Drawing
from tests.handlers.test_driving import drive, share
from tests.handlers.test_space import with_photos
from tests.handlers.town import BAKERY, GARAGE, HERE, Town, north
from tests.telegram import Chat, Clock, FakeTelegram

PAGE = "https://park.example.org/map"
CLOSE = 1e-5
"""Degrees, about a metre."""


@pytest.fixture
def map_page() -> str:
    return PAGE


@pytest.fixture
def drawing() -> Drawing:
    return Drawing()


@pytest.fixture
def courier(worker: Any) -> Courier:
    return worker._courier


async def pictured(courier: Courier, drawing: Drawing) -> dict[str, Any]:
    """What is on the newest map, once it has been added."""
    assert courier.illustrator is not None
    drawing.go.set()
    await courier.illustrator.idle()
    drawing.go.clear()
    return dict(drawing.facts[-1])


async def test_a_search_is_answered_in_words_and_gets_its_map_afterwards(
    chat: Chat, town: Town, telegram: FakeTelegram, courier: Courier, drawing: Drawing
) -> None:
    words = await chat.send_location(*HERE)
    assert words.startswith("Free nearby")
    assert "photo" not in words
    facts = await pictured(courier, drawing)
    assert chat.heard() == f"~ <photo>\n{words}"
    assert facts["here"] == list(HERE)
    assert [label for _, _, label in facts["pins"]] == ["1", "2", "3"]
    (lat, lng, _), *_ = facts["pins"]
    assert (lat, lng) == pytest.approx((north(240).lat, north(240).lng), abs=CLOSE)
    assert [name for _, name in facts["rings"]] == ["100 m", "250 m", "500 m"]


@pytest.mark.parametrize(
    ("hour", "dark"),
    [(4, True), (5, False), (18, False), (19, True)],
    ids=["6:00", "7:00", "20:00", "21:00"],
)
async def test_a_map_is_dark_when_it_is_night_at_the_place(
    chat: Chat, town: Town, courier: Courier, drawing: Drawing, clock: Clock, hour: int, dark: bool
) -> None:
    clock.now = clock.now.replace(hour=hour)
    await chat.send_location(*HERE)
    assert (await pictured(courier, drawing))["dark"] is dark


async def test_a_place_with_nothing_free_is_shown_without_pins(
    chat: Chat, town: Town, courier: Courier, drawing: Drawing
) -> None:
    await chat.send_location(*HERE)
    await pictured(courier, drawing)
    for space in town.spaces:
        await town.change(space, state=SpaceState.PAUSED)
    assert "Nothing free nearby" in await chat.press("4 h")
    facts = await pictured(courier, drawing)
    assert (facts["here"], facts["pins"]) == (list(HERE), [])


async def test_a_space_is_shown_about_where_it_is_until_it_is_booked(
    chat: Chat, town: Town, store: Store, courier: Courier, drawing: Drawing
) -> None:
    space = await town.change(BAKERY, offset=Offset(45.0, 60.0))
    await chat.send_location(*HERE)
    await chat.press("1")
    card = await pictured(courier, drawing)
    public = shifted(space.place, space.offset)
    assert card["pins"] == [[round(public.lat, 5), round(public.lng, 5), "P"]]
    assert (card["around"], card["here"]) == (80.0, list(HERE))
    await chat.press("Book")
    booked = await pictured(courier, drawing)
    assert booked["pins"] == [[round(space.place.lat, 5), round(space.place.lng, 5), "P"]]
    assert (booked["around"], booked["here"]) == (0.0, None)


async def test_a_confirmation_shows_the_entrance_where_there_is_a_photo_of_it(
    chat: Chat, town: Town, store: Store, telegram: FakeTelegram, courier: Courier, drawing: Drawing
) -> None:
    await with_photos(town, store, 1, entrance=True)
    await chat.send_location(*HERE)
    await chat.press("1")
    await pictured(courier, drawing)
    said = await chat.press("Book")
    assert "<venue Courtyard behind the bakery, Bakery Street 4>" in said
    assert "The way in" not in said
    await pictured(courier, drawing)
    assert telegram.called("editMessageMedia")[-1]["media"]["media"] == "file-500"
    assert "<photo>" in await chat.press("Route"), "and it comes again with the route"


async def test_all_of_a_card_stays_one_message(
    chat: Chat, town: Town, telegram: FakeTelegram, courier: Courier, drawing: Drawing
) -> None:
    await chat.send_location(*HERE)
    message = chat.card("1").id
    await pictured(courier, drawing)
    for label in (
        "Cheapest",
        "Filters",
        "covered",
        "Show spaces",
        "1",
        "Change time",
        "Back",
        "Back",
        "1",
    ):
        await chat.press(label, on=telegram.messages[chat.user, message])
        assert telegram.messages[chat.user, message].media == "<photo>"
    assert len(telegram.called("sendMessage")) == 1


async def test_a_card_that_follows_a_car_says_nothing_where_only_its_map_would_change(
    chat: Chat, town: Town, courier: Courier, drawing: Drawing, clock: Clock
) -> None:
    await share(chat)
    clock.pass_(seconds=5)
    await drive(chat, 1)
    await pictured(courier, drawing)
    chat.heard()
    clock.pass_(seconds=5)
    assert await drive(chat, 2) == ""
    clock.pass_(seconds=5)
    assert "~ <photo>" in await drive(chat, 100)


async def test_favourites_are_on_a_map_of_their_own(
    chat: Chat, town: Town, courier: Courier, drawing: Drawing
) -> None:
    await chat.send_location(*HERE)
    await chat.press("2")
    await chat.press("♡")
    await chat.press("Back")
    await chat.press("♥ Favourites")
    facts = await pictured(courier, drawing)
    garage = town.spaces[GARAGE].public_point
    assert facts["pins"] == [[round(garage.lat, 5), round(garage.lng, 5), "1"]]


async def test_what_is_offered_instead_is_on_the_map(
    chat: Chat, town: Town, courier: Courier, drawing: Drawing
) -> None:
    await chat.send_location(*HERE)
    await chat.press("1")
    await town.book(BAKERY, window(0, 2))
    assert "Free instead" in await chat.press("Book")
    facts = await pictured(courier, drawing)
    garage = town.spaces[GARAGE].public_point
    assert facts["pins"] == [[round(garage.lat, 5), round(garage.lng, 5), "P"]]


def led_to(button: Any) -> tuple[str, dict[str, list[str]]]:
    address, _, query = button["web_app"]["url"].partition("?")
    return address, parse_qs(query)


async def test_map_buttons_open_the_place_or_the_space_for_the_stay(
    chat: Chat, town: Town, clock: Clock
) -> None:
    await chat.send_location(*HERE)
    address, query = led_to(chat.card("Map").button("Map"))
    begins = int(datetime(2030, 6, 3, 12, tzinfo=clock.now.tzinfo).timestamp())
    stay = {"from": [str(begins)], "to": [str(begins + 7200)]}
    assert (address, query) == (PAGE, {"start": ["at_52.52000_13.40500"], **stay})
    await chat.press("1")
    address, query = led_to(chat.card("Map").button("Map"))
    assert (address, query) == (PAGE, {"start": [f"space_{written(BAKERY)}"], **stay})
    assert urlsplit(address).scheme == "https"


async def test_no_button_of_a_group_opens_the_map(
    chat: Chat, town: Town, telegram: FakeTelegram
) -> None:
    await chat.send(location={"latitude": HERE[0], "longitude": HERE[1]}, chat=GROUP)
    assert not any("web_app" in str(params) for _, params in telegram.calls)


GROUP = {"id": -100, "type": "group", "title": "Friends"}
