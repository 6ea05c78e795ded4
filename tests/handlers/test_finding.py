"""From a place to the card of what is free around it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from market.domain.place import Offset, Point
from market.domain.schedule import Opening, Schedule
from market.domain.space import Rules, SpaceState
from tests.examples import a_space, window
from tests.handlers.town import BAKERY, DRIVEWAY, GARAGE, HERE, TOKYO, Town, many
from tests.telegram import Chat, Clock, FakeTelegram

LIVE = {"latitude": HERE[0], "longitude": HERE[1], "live_period": 3600}


async def test_a_location_is_answered_with_one_card_of_what_is_free(chat: Chat, town: Town) -> None:
    assert await chat.send_location(*HERE) == (
        "Free nearby · <b>today 14:00–16:00</b>\n\n"
        "<b>1  ⁨Courtyard behind the bakery⁩</b>\n"
        "€5.00 · 240 m, 4 min · ★ 4.8 · covered\n\n"
        "<b>2  ⁨Garage B, bay 12⁩</b>\n"
        "€6.00 · 310 m, 4 min · new · EV · gated\n\n"
        "<b>3  ⁨Driveway &lt;b&gt;blue&lt;/b&gt; gate⁩</b>\n"
        "€3.50 · 480 m, 7 min · new\n"
        "[1 | f.open] [2 | f.open] [3 | f.open]\n"
        "[1 h | t.chip] [2 h · | t.chip] [4 h | t.chip]\n"
        "[Tonight | t.chip] [Tomorrow 9-17 | t.chip] [Pick... | t.month]\n"
        "[Nearest · | f.sort] [Cheapest | f.sort] [Best rated | f.sort]\n"
        "[Filters | f.filters] [♥ Favourites | f.loved] [Save place | f.save]"
    )


def located(lat: float, lng: float) -> dict[str, float]:
    return {"latitude": lat, "longitude": lng}


PLACES: dict[str, dict[str, Any]] = {
    "pin": {"location": located(*HERE)},
    "venue": {
        "location": located(*HERE),
        "venue": {"location": located(*HERE), "title": "Bakery", "address": "Bakery Street 4"},
    },
    "live location": {"location": LIVE},
    "forwarded pin": {
        "location": located(*HERE),
        "forward_origin": {"type": "hidden_user", "date": 0, "sender_user_name": "Bo"},
    },
    "coordinates": {"text": "52.52, 13.405"},
    "coordinates without a comma": {"text": "52.52 13.405"},
    "coordinates with signs": {"text": "52°31'12\"N 13°24'18\"E"},
}


@pytest.mark.parametrize("fields", PLACES.values(), ids=PLACES)
async def test_a_place_comes_in_many_forms(chat: Chat, town: Town, fields: dict[str, Any]) -> None:
    assert (await chat.send(**fields)).startswith("Free nearby · ")


async def test_an_edited_pin_is_a_new_place_while_a_card_is_open(chat: Chat, town: Town) -> None:
    await chat.send_location(*HERE)
    moved = chat._message({"location": located(TOKYO.lat, TOKYO.lng)}, None)
    assert "within 100 km" in await chat.feed({"edited_message": moved})


async def test_asked_for_a_place_every_way_is_named(chat: Chat, town: Town) -> None:
    asked = await chat.say("/find")
    assert "📍 Find parking" in asked
    assert "type its address" in asked
    assert "60.17, 24.94" in asked
    answer = await chat.send_sticker()
    assert "type an address" in answer
    assert "60.17, 24.94" in answer
    assert (await chat.say("52.52, 13.405")).startswith("Free nearby · ")


async def test_the_menu_label_asks_for_the_place_too(chat: Chat, town: Town) -> None:
    assert "Where do you want to park?" in await chat.say("📍 Find parking")
    assert "Where do you want to park?" in await chat.say("/start find")


async def test_the_middle_of_the_sea_is_asked_back(chat: Chat, town: Town) -> None:
    assert "sea off Africa" in await chat.send_location(0, 0)
    assert (await chat.say("52.52, 13.405")).startswith("Free nearby · ")


async def test_far_from_every_space_it_says_so(chat: Chat, town: Town) -> None:
    answer = await chat.send_location(TOKYO.lat, TOKYO.lng)
    assert answer.startswith("Nobody lists a space within 100 km of there yet.")
    assert answer.endswith("\n[Tell me | f.tell] [List a space | l.list]")
    assert "Send 1 to 10 photos" in await chat.press("List a space")


async def test_out_of_reach_the_nearest_is_named(chat: Chat, town: Town) -> None:
    answer = await chat.send_location(HERE[0] + 0.5, HERE[1])
    assert answer.startswith("No space within 20 km of there; the nearest is 55 km away.")


async def test_nothing_free_says_why_and_how_to_go_on(chat: Chat, town: Town) -> None:
    town.taken.append((BAKERY, window(0, 5)))
    await town.change(GARAGE, rules=Rules(min_stay=timedelta(hours=4)))
    await town.change(DRIVEWAY, state=SpaceState.PAUSED)
    assert await chat.send_location(*HERE) == (
        "Nothing free nearby · <b>today 14:00–16:00</b>\n\n"
        "1 is taken then\n"
        "1 is for shorter or longer stays\n"
        "1 is paused\n\n"
        "Try another time: tap, or type it, such as <i>tomorrow 9-17</i>."
        " Or let me tell you when something can be had.\n"
        "[1 h | t.chip] [2 h · | t.chip] [4 h | t.chip]\n"
        "[Tonight | t.chip] [Tomorrow 9-17 | t.chip] [Pick... | t.month]\n"
        "[Tell me | f.tell]\n"
        "[Filters | f.filters] [♥ Favourites | f.loved] [Save place | f.save]"
    )
    assert (await chat.press("4 h")).startswith("~ Free nearby · <b>today 14:00–18:00</b>")


async def test_closed_spaces_are_counted_in_the_plural(chat: Chat, town: Town) -> None:
    mornings = Schedule((Opening(0, 6 * 60, 9 * 60),))
    for space in town.spaces:
        await town.change(space, schedule=mornings)
    assert "3 are closed then" in await chat.send_location(*HERE)


async def test_ones_own_spaces_are_not_offered(chat: Chat, town: Town) -> None:
    lister = chat.of(1001)
    assert "3 are your own" in await lister.send_location(*HERE)


async def test_five_at_a_time_in_order_of_distance(chat: Chat, town: Town) -> None:
    await town.add(*many(4))
    first = await chat.send_location(*HERE)
    assert "<b>5  ⁨Yard 1⁩</b>" in first
    assert "[Further › | f.page]" in first
    second = await chat.press("Further ›")
    assert second.startswith("~ Free nearby · ")
    assert "<b>1  ⁨Yard 2⁩</b>" in second
    assert "[1 | f.open] [2 | f.open]\n[‹ Nearer | f.page]\n" in second
    assert "Courtyard" in await chat.press("‹ Nearer")


async def test_a_card_of_long_titles_stays_under_a_thousand_characters(
    chat: Chat, town: Town
) -> None:
    crowded = [
        replace(space, title="W" * 60, tags=frozenset(town.spaces[GARAGE].tags))
        for space in many(6)
    ]
    await town.add(*crowded)
    town.taken += [(space, window(0, 5)) for space in (BAKERY, GARAGE, DRIVEWAY)]
    assert len(await chat.send_location(*HERE)) < 1000


@pytest.mark.parametrize(
    ("label", "when", "price"),
    [
        ("1 h", "today 14:00–15:00", "€2.50"),
        ("2 h", "today 14:00–16:00", "€5.00"),
        ("4 h", "today 14:00–18:00", "€10.00"),
        ("Tonight", "today 18:00–23:00", "€12.50"),
        ("Tomorrow 9-17", "tomorrow 09:00–17:00", "€20.00"),
    ],
)
async def test_a_chip_is_another_time_and_is_marked(
    chat: Chat, town: Town, label: str, when: str, price: str
) -> None:
    await chat.send_location(*HERE)
    await chat.press("4 h" if label == "2 h" else "2 h ·")
    card = await chat.press(label)
    assert f"<b>{when}</b>" in card
    assert f"\n{price} · 240 m" in card
    assert f"[{label} · | t.chip]" in card


async def test_the_default_starts_at_the_next_quarter(chat: Chat, town: Town, clock: Clock) -> None:
    clock.pass_(minutes=1)
    assert "today 14:15–16:15" in await chat.send_location(*HERE)


async def test_tonight_is_what_is_left_of_it_and_no_longer_offered_from_half_past_ten(
    chat: Chat, town: Town, clock: Clock
) -> None:
    clock.pass_(hours=6, minutes=20)
    await chat.send_location(*HERE)
    assert "today 20:30–23:00" in await chat.press("Tonight")
    await chat.press("2 h")
    clock.pass_(hours=2, minutes=10)
    card = await chat.press("Tonight")
    assert "toast: This evening is over; choose another time." in card
    assert "today 22:30 – tomorrow 00:30" in card
    assert "[Tonight" not in card


async def test_the_calendar_leads_to_a_day_an_hour_and_a_length(chat: Chat, town: Town) -> None:
    await chat.send_location(*HERE)
    month = await chat.press("Pick...")
    assert "June 2030" in month
    assert "[2 |" not in month
    assert "[3 | t.day] [4 | t.day]" in month
    assert "July 2030" in await chat.press("›")
    assert "June 2030" in await chat.press("‹")
    hours = await chat.press("5")
    assert "<b>Wed 5 Jun</b>" in hours
    assert "[00:00 | t.hour]" in hours
    assert "[20:00 · 2 h | t.stay]" in await chat.press("18:00")
    card = await chat.press("20:00")
    assert card.startswith("~ Free nearby · <b>Wed 5 Jun 18:00–20:00</b>")
    assert "[2 h | t.chip]" in card


async def test_today_offers_only_what_is_ahead(chat: Chat, town: Town, clock: Clock) -> None:
    clock.pass_(minutes=5)
    await chat.send_location(*HERE)
    await chat.press("Pick...")
    hours = await chat.press("3")
    assert hours.startswith("~ <b>Today</b>\nFrom when?")
    assert "[14:15 | t.hour] [15:00 | t.hour]" in hours
    assert (await chat.press("15:00")).startswith("~ <b>Today 15:00</b>\nUntil when?")


async def test_the_calendar_leads_back_without_a_change(chat: Chat, town: Town) -> None:
    await chat.send_location(*HERE)
    await chat.press("Pick...")
    await chat.press("5")
    await chat.press("18:00")
    assert "Wed 5 Jun" in await chat.press("Back")
    assert "Which day?" in await chat.press("Back")
    assert "today 14:00–16:00" in await chat.press("Back")


async def test_a_typed_time_is_answered_below_it_and_a_tap_in_place(chat: Chat, town: Town) -> None:
    await chat.send_location(*HERE)
    card = await chat.say("tomorrow 9-17")
    # Nobody who has just written looks for the answer above their words.
    assert card.startswith("Free nearby · <b>tomorrow 09:00–17:00</b>")
    assert "[Tomorrow 9-17 | t.chip]" in card
    assert (await chat.say("3h")).startswith("Free nearby · <b>tomorrow 09:00–12:00</b>")
    assert (await chat.press("1 h")).startswith("~ Free nearby · ")


async def test_what_is_no_time_is_asked_about_and_the_card_comes_below(
    chat: Chat, town: Town
) -> None:
    await chat.send_location(*HERE)
    asked = await chat.say("something <b>nice</b>")
    assert asked.startswith("I find neither a time nor an address in ⁨something &lt;b&gt;nice")
    assert "tomorrow 9-17" in asked
    # An edit above the question would go unseen.
    assert (await chat.say("9-17")).startswith("Free nearby · <b>today 14:00–17:00</b>")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("today 06:00-10:00", "That time is over already."),
        ("9-5", "morning or afternoon?"),
        ("1 aug 2031 9-17", "more than a year ahead"),
        ("900 days", "longer than a year"),
        ("27 oct 2:30-5:00", "comes twice"),
        ("x" * 4000, "I cannot make a time of"),
    ],
    ids=["past", "half of the day", "too far", "too long", "doubled", "4,000 characters"],
)
async def test_a_time_that_cannot_be_is_refused_with_examples(
    chat: Chat, town: Town, text: str, answer: str
) -> None:
    await chat.send_location(*HERE)
    said = await chat.say(text)
    assert answer in said
    assert "For example:" in said


async def test_a_place_in_another_zone_is_named_with_its_time(chat: Chat, town: Town) -> None:
    tokyo = a_space(
        id=99, title="Ginza", place=TOKYO, offset=Offset(0.0, 0.0), zone="Asia/Tokyo", country="JP"
    )
    await town.add(tokyo)
    await chat.send_location(*HERE)
    card = await chat.send_location(TOKYO.lat, TOKYO.lng)
    assert card.startswith("Free nearby · <b>today 21:00–23:00, Tokyo time</b>")
    assert "Today 21:00–23:00, Tokyo time" in await chat.press("1")
    await chat.press("Back")
    assert "Tokyo time" in await chat.say("tomorrow 9-17")


async def test_in_yards_and_miles_where_people_measure_so(chat: Chat, town: Town) -> None:
    london = Point(51.5, -0.12)
    await town.add(
        a_space(id=98, place=london, offset=Offset(0.0, 0.0), zone="Europe/London", country="GB")
    )
    assert "270 yd, 4 min" in await chat.send_location(london.lat + 250 / 111_195, london.lng)


async def test_a_new_location_is_a_new_card(chat: Chat, town: Town) -> None:
    await chat.send_location(*HERE)
    assert (await chat.send_location(*HERE)).startswith("Free nearby · ")


async def test_a_button_of_an_older_card_shows_the_search_as_it_is(chat: Chat, town: Town) -> None:
    await chat.send_location(*HERE)
    older = chat.card("1")
    await chat.press("4 h")
    await chat.say("something")
    await chat.say("5h")
    assert (await chat.press("1", on=older)).startswith("~ Free nearby · <b>today 14:00–19:00</b>")


async def test_last_weeks_card_is_drawn_for_now_and_says_from_when_it_was(
    chat: Chat, town: Town, clock: Clock
) -> None:
    await chat.send_location(*HERE)
    older = chat.card("1")
    await chat.press("4 h")
    clock.pass_(days=6)
    card = await chat.press("1", on=older)
    assert card.startswith("~ That search is from Mon 3 Jun 14:00. Here it is for now:\n\n")
    assert "<b>today 14:00–18:00</b>" in card


async def test_a_search_of_long_ago_is_over(chat: Chat, town: Town, clock: Clock) -> None:
    await chat.send_location(*HERE)
    clock.pass_(days=8)
    assert await chat.press("1") == ("toast: This search is over. Send a location for a new one.")


@pytest.mark.parametrize("what", ["sticker", "photo", "file"])
async def test_odd_things_get_a_hint(chat: Chat, town: Town, what: str) -> None:
    await chat.send_location(*HERE)
    said = {
        "sticker": chat.send_sticker,
        "photo": chat.send_photo,
        "file": lambda: chat.send_file("a.pdf", "application/pdf"),
    }
    assert "type another time" in await said[what]()


@pytest.mark.parametrize(
    "data",
    [
        "f.open:nonsense:0",
        "f.page:-1:0",
        "t.day:20301399:0",
        "t.hour:x:0",
        "t.stay:1.x:0",
        "t.chip:never:0",
        "t.month:zz:0",
        "p.book::0",
        "p.plate:!:0",
        "p.photos:0:0",
    ],
)
async def test_garbled_buttons_are_answered(chat: Chat, town: Town, data: str) -> None:
    assert await chat.press_data(data) != ""
    await chat.send_location(*HERE)
    assert await chat.press_data(data) != ""


async def test_somebody_elses_buttons_do_nothing_of_theirs(
    chat: Chat, town: Town, telegram: FakeTelegram
) -> None:
    await chat.send_location(*HERE)
    await chat.press("1")
    book = chat.card("Book")
    other = chat.of(8, first_name="Bo")
    assert "over" in await other.press_data(book.button("Book")["callback_data"])
    await other.send_location(*HERE)
    await other.press("1")
    assert "not there any more" in await other.press_data(book.button("Book")["callback_data"])
