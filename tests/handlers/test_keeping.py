"""What is kept for later: places, favourites, and what one waits for."""

from dataclasses import replace

import pytest

from jobs.alerts import Changed, Watching
from market.domain.booking import State
from market.domain.ids import written
from market.domain.place import Offset
from storage.database import Store
from tests.examples import a_space, window
from tests.handlers.post import Post
from tests.handlers.town import BAKERY, DRIVEWAY, GARAGE, HERE, TOKYO, Town, north
from tests.telegram import Chat, Clock

ALL = (BAKERY, GARAGE, DRIVEWAY)


async def test_a_place_is_saved_under_a_name_and_offered(chat: Chat, town: Town) -> None:
    await chat.send_location(*HERE)
    assert "What shall I call this place?" in await chat.press("Save place")
    card = await chat.press("🏠 Home")
    assert card.startswith("~ ⁨🏠 Home⁩ is saved: /find offers it from now on")
    assert "Free near ⁨🏠 Home⁩ · " in card
    asked = await chat.say("/find")
    assert asked.endswith("\n[🏠 Home | f.at]")
    assert (await chat.press("🏠 Home")).startswith("~ Free near ⁨🏠 Home⁩ · ")
    assert "[🏠 Home | f.at]" in await chat.send_location(TOKYO.lat, TOKYO.lng)


async def test_a_name_may_be_typed(chat: Chat, town: Town) -> None:
    await chat.send_location(*HERE)
    await chat.press("Save place")
    assert "at most 20 characters" in await chat.say("x" * 21)
    assert "at most 20 characters" in await chat.send_sticker()
    assert "⁨My gym⁩ is saved" in await chat.say("My   gym")
    assert "today 14:00–17:00" in await chat.say("3h")


async def test_naming_can_be_given_up(chat: Chat, town: Town) -> None:
    await chat.send_location(*HERE)
    await chat.press("Save place")
    assert (await chat.press("Back")).startswith("~ Free nearby")


async def test_a_place_of_the_same_name_moves(chat: Chat, town: Town) -> None:
    for place in (HERE, (TOKYO.lat, TOKYO.lng)):
        await chat.say(f"{place[0]}, {place[1]}")
        if place == HERE:
            await chat.press("Save place")
            await chat.press("💼 Work")
    await chat.send_location(HERE[0] + 0.001, HERE[1])
    await chat.press("Save place")
    await chat.press("💼 Work")
    assert (await chat.say("/find")).count("💼 Work") == 1


async def test_ten_places_are_the_most_and_one_can_be_removed(chat: Chat, town: Town) -> None:
    for n in range(10):
        await chat.send_location(*HERE)
        await chat.press("Save place")
        await chat.say(f"Place {n}")
    await chat.press("Save place")
    assert "10 places are the most" in await chat.say("One more")
    await chat.say("/settings")
    assert "[✕ Place 3 | v.no]" in await chat.press("Places and alerts")
    assert "Place 3" not in await chat.press("✕ Place 3")


async def test_favourites_are_one_tap_away_and_say_whether_they_can_be_had(
    chat: Chat, town: Town
) -> None:
    await chat.send_location(*HERE)
    assert "No favourites yet." in await chat.press("♥ Favourites")
    await chat.press("Back")
    for number in ("2", "1"):
        await chat.press(number)
        assert "[♥ | v.love]" in await chat.press("♡")
        await chat.press("Back")
    await town.book(GARAGE, window(0, 3))
    assert await chat.press("♥ Favourites") == (
        "~ Favourites · <b>today 14:00–16:00</b>\n\n"
        "<b>1  ⁨Courtyard behind the bakery⁩</b>\n"
        "€5.00 · 240 m, 4 min · ★ 4.8\n\n"
        "<b>2  ⁨Garage B, bay 12⁩</b>\n"
        "not to be had then · 310 m, 4 min · new\n"
        "[1 | f.open] [2 | f.open]\n"
        "[Back | f.all]"
    )
    assert "Courtyard" in await chat.press("1")
    assert "[♡ | v.love]" in await chat.press("♥")


async def test_ten_favourites_are_the_most(chat: Chat, town: Town, store: Store) -> None:
    await chat.send_location(*HERE)
    extra = [a_space(id=300 + n, place=north(100), offset=Offset(0.0, 0.0)) for n in range(10)]
    await town.add(*extra)
    async with store.begin() as work:
        ann = await work.people.of_telegram(chat.user)
        for space in extra:
            await work.favourites.add(ann.id, space.id, chat.clock())
    await chat.press("1")
    assert "10 favourites are the most" in await chat.press("♡")


@pytest.fixture
def watching(store: Store, clock: Clock, town: Town) -> Watching:
    return Watching(store, clock, town, Changed())


async def frees(town: Town, watching: Watching, *spaces: int) -> None:
    """They can be had again, and the index has noticed."""
    town.taken = [(space, stay) for space, stay in town.taken if space not in spaces]
    watching.changed.note(spaces)
    while await watching():
        pass


async def test_whoever_waits_is_told_once_when_something_frees_up(
    chat: Chat, town: Town, watching: Watching, post: Post
) -> None:
    town.taken += [(space, window(0, 5)) for space in ALL]
    await chat.send_location(*HERE)
    noted = await chat.press("Tell me")
    assert noted.startswith("~ I will tell you, once, as soon as it can be had: today 14:00–16:00.")
    await frees(town, watching)
    assert await post.deliver(chat) == ""
    await frees(town, watching, GARAGE)
    assert await post.deliver(chat) == (
        "You asked me to tell you: <b>⁨Garage B, bay 12⁩</b> can be had today 14:00–16:00, €6.00,"
        " 310 m, 4 min.\n[Show space | f.told]"
    )
    await frees(town, watching, *ALL)
    assert await post.deliver(chat) == ""
    card = await chat.press("Show space")
    assert card.startswith("~ <b>⁨Garage B, bay 12⁩</b>")
    assert "[Book · €6.00 | p.book]" in card


async def test_a_new_space_is_told_of_too(
    chat: Chat, town: Town, watching: Watching, post: Post
) -> None:
    await chat.send_location(TOKYO.lat, TOKYO.lng)
    await chat.press("Tell me")
    ginza = a_space(id=99, title="Ginza", place=TOKYO, offset=Offset(0.0, 0.0), zone="Asia/Tokyo")
    await town.add(ginza)
    await frees(town, watching, ginza.id)
    assert "⁨Ginza⁩</b> can be had today 21:00–23:00, €5.00" in await post.deliver(chat)


async def test_only_what_passes_the_filters_counts(
    chat: Chat, town: Town, watching: Watching, post: Post
) -> None:
    town.taken += [(space, window(0, 5)) for space in ALL]
    await chat.send_location(*HERE)
    await chat.press("Filters")
    await chat.press("EV")
    await chat.press("Show spaces")
    await chat.press("Tell me")
    await frees(town, watching, BAKERY)
    assert await post.deliver(chat) == ""
    await frees(town, watching, GARAGE)
    assert "Garage B" in await post.deliver(chat)


async def test_what_is_taken_again_before_the_message_leaves_is_not_told(
    chat: Chat, town: Town, watching: Watching, post: Post
) -> None:
    town.taken += [(space, window(0, 5)) for space in ALL]
    await chat.send_location(*HERE)
    await chat.press("Tell me")
    await frees(town, watching, GARAGE)
    await town.book(GARAGE, window(0, 3))
    assert await post.deliver(chat) == ""
    chat.clock.pass_(seconds=5)
    await frees(town, watching, BAKERY)
    assert "Courtyard" in await post.deliver(chat)


async def test_one_may_wait_for_the_very_space_that_was_taken(
    chat: Chat, town: Town, watching: Watching, post: Post
) -> None:
    await chat.send_location(*HERE)
    booking = await town.book(BAKERY, window(0, 3))
    town.taken.append((BAKERY, booking.window))
    assert "Taken a moment ago." in await chat.press("1")
    assert "I will tell you, once" in await chat.press("Tell me")
    await frees(town, watching, GARAGE)
    assert await post.deliver(chat) == ""
    async with town.store.begin() as work:
        await work.bookings.save(replace(booking, state=State.CANCELLED))
    await frees(town, watching, BAKERY)
    assert "Courtyard" in await post.deliver(chat)


async def test_after_a_start_everybody_who_waits_is_looked_at(
    chat: Chat, town: Town, watching: Watching, post: Post
) -> None:
    town.taken += [(space, window(0, 5)) for space in ALL]
    await chat.send_location(*HERE)
    await chat.press("Tell me")
    town.taken.clear()
    assert await watching() is False
    assert "Courtyard" in await post.deliver(chat)


async def test_when_the_window_has_passed_nobody_is_told(
    chat: Chat, town: Town, watching: Watching, post: Post, clock: Clock
) -> None:
    town.taken += [(space, window(0, 5)) for space in ALL]
    await chat.send_location(*HERE)
    await chat.press("Tell me")
    clock.pass_(minutes=16)
    await frees(town, watching, *ALL)
    assert await post.deliver(chat) == ""


async def test_asking_twice_is_asking_once_and_five_are_the_most(chat: Chat, town: Town) -> None:
    town.taken += [(space, window(0, 500)) for space in ALL]
    await chat.send_location(*HERE)
    for _ in range(2):
        await chat.press("Tell me")
    for hours in range(3, 7):
        await chat.say(f"{hours}h")
        await chat.press("Tell me")
    await chat.say("7h")
    assert "You wait for 5 spaces already." in await chat.press("Tell me")
    await chat.say("/settings")
    kept = await chat.press("Places and alerts")
    assert "[✕ one place, today 14:00–16:00 | a.no]" in kept
    assert kept.count("a.no") == 5
    assert (await chat.press("✕ one place, today 14:00–16:00")).count("a.no") == 4


async def test_somebody_elses_alert_is_not_there(chat: Chat, town: Town) -> None:
    assert "do not wait" in await chat.press_data("f.told:0000000001.0000000002:0")
    town.taken += [(space, window(0, 5)) for space in ALL]
    await chat.send_location(*HERE)
    await chat.press("Tell me")
    async with town.store.read() as work:
        ann = await work.people.of_telegram(chat.user)
        [alert] = await work.alerts.of(ann.id)
    assert "do not wait" in await chat.of(8).press_data(f"f.told:{written(alert.id)}.0000000007:0")
    assert "out of date" in await chat.press_data(f"f.told:{written(alert.id)}:0")
