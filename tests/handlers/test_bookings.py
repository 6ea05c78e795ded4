"""My bookings: the list, one of them, and cancelling it."""

import pytest

from market.domain.booking import State
from market.domain.ids import written
from market.domain.space import SpaceState
from storage.database import Store
from tests.handlers.test_space import opened, with_photos
from tests.handlers.town import BAKERY, Town
from tests.telegram import Chat, Clock, FakeTelegram


async def booked(chat: Chat, time: str = "18-20", label: str = "1") -> None:
    await opened(chat, label, time)
    await chat.press("Book")


async def test_without_bookings_the_way_to_one_is_named(chat: Chat, town: Town) -> None:
    assert await chat.say("📅 My bookings") == (
        "<b>Your bookings</b>\n\n"
        "Nothing is booked. 📍 Find parking shows what is free near you.\n"
        "[Past | b.past]"
    )
    assert "Nothing has ended yet." in await chat.press("Past")


async def test_coming_bookings_come_first_soonest_first(
    chat: Chat, town: Town, clock: Clock
) -> None:
    await booked(chat, "tomorrow 9-17", "2")
    await booked(chat, "18-20")
    assert await chat.say("/bookings") == (
        "<b>Your bookings</b>\n\n"
        "1  <b>⁨Courtyard behind the bakery⁩</b>\n"
        "Today 18:00–20:00 · €5.00\n\n"
        "2  <b>⁨Garage B, bay 12⁩</b>\n"
        "Tomorrow 09:00–17:00 · €24.00\n"
        "[1 | b.open] [2 | b.open]\n"
        "[Past | b.past]"
    )
    clock.pass_(hours=7)
    assert "Courtyard" not in await chat.say("/bookings")
    assert "Courtyard" in await chat.press("Past")


async def test_a_booking_shows_the_way_in_while_it_stands(
    chat: Chat, town: Town, store: Store, telegram: FakeTelegram, clock: Clock
) -> None:
    await with_photos(town, store, 2, entrance=True)
    await booked(chat)
    await chat.say("/bookings")
    assert await chat.press("1") == (
        "~ <b>⁨Courtyard behind the bakery⁩</b>\n"
        "Today 18:00–20:00\n"
        "€5.00, pay on site\n\n"
        "⁨Bakery Street 4⁩\n"
        "⁨Second gate on the left. Code 4711⁩\n\n"
        "Free to cancel until 14:10.\n"
        "Cancelling costs €2.50 until the start.\n"
        "[I'm here | y.here]\n"
        "[Copy 4711] [Route | b.route] [Add to calendar | y.ics]\n"
        "[Extend | y.more] [Change plate | y.plate]\n"
        "[Message | m.write] [Report | x.who]\n"
        "[Problem | y.prob] [Cancel | b.ask]\n"
        "[Back | b.all]"
    )
    card = chat.card("Route")
    assert await chat.press("Route", on=card) == (
        "<venue Courtyard behind the bakery, Bakery Street 4>\n\n<2 photos>"
    )
    clock.pass_(hours=8)
    over = await chat.press("Route", on=card)
    assert "This stay is over." in over
    assert "Bakery Street" not in over


async def test_cancelling_shows_what_is_owed_before_the_tap(
    chat: Chat, town: Town, store: Store
) -> None:
    await booked(chat)
    assert await chat.press("Cancel") == (
        "~ Cancel <b>⁨Courtyard behind the bakery⁩</b>, today 18:00–20:00?\n"
        "You will owe nothing.\n"
        "[Confirm | b.cancel] [Back | b.open]"
    )
    assert "Bakery Street 4" in await chat.press("Back")
    await chat.press("Cancel")
    assert await chat.press("Confirm") == (
        "~ Cancelled: <b>⁨Courtyard behind the bakery⁩</b>, today 18:00–20:00. You owe nothing.\n"
        "[My bookings | b.all]"
    )
    (booking,) = await town.bookings()
    assert booking.state is State.CANCELLED


async def test_half_is_still_owed_after_the_first_step(
    chat: Chat, town: Town, clock: Clock
) -> None:
    await booked(chat)
    clock.pass_(minutes=10, seconds=1)
    assert "You will still owe €2.50, pay on site." in await chat.press("Cancel")
    assert "You still owe €2.50, pay on site." in await chat.press("Confirm")


async def test_what_is_owed_is_asked_again_when_it_changed_before_the_tap(
    chat: Chat, town: Town, store: Store, clock: Clock
) -> None:
    await booked(chat)
    await chat.press("Cancel")
    clock.pass_(minutes=10, seconds=1)
    asked = await chat.press("Confirm")
    assert asked.startswith("~ What is owed has changed meanwhile.")
    assert "You will still owe €2.50, pay on site." in asked
    (booking,) = await town.bookings()
    assert booking.state is State.BOOKED
    assert "Cancelled" in await chat.press("Confirm")


async def test_what_is_cancelled_is_free_again_and_the_place_no_longer_shown(
    chat: Chat, town: Town, clock: Clock
) -> None:
    await booked(chat)
    card = chat.card("Cancel")
    await chat.press("Cancel")
    await chat.press("Confirm")
    await chat.press("My bookings")
    assert "· cancelled" in await chat.press("Past")
    opened_again = await chat.press("1")
    assert "Cancelled. You owe nothing." in opened_again
    assert "Bakery Street" not in opened_again
    assert "over or cancelled" in await chat.press("Cancel", on=card)
    await booked(chat)


async def test_a_cancellation_that_comes_late_cancels_nothing(
    chat: Chat, town: Town, store: Store, clock: Clock
) -> None:
    await booked(chat)
    await chat.press("Cancel")
    data = chat.card("Confirm").button("Confirm")["callback_data"]
    press = {
        "id": "late",
        "from": {"id": 7, "is_bot": False, "first_name": "Ann"},
        "chat_instance": "1",
        "data": data,
    }
    sent_at = clock()
    clock.pass_(minutes=11)
    await chat.intake.accept([{"update_id": 999_999, "callback_query": press}], sent_at)
    await chat.idle()
    answer = chat.heard()
    assert answer.startswith("Your tap took more than ten minutes")
    assert "[Cancel | b.ask]" in answer
    (booking,) = await town.bookings()
    assert booking.state is State.BOOKED


async def test_bookings_of_others_are_nobody_elses_business(
    chat: Chat, town: Town, store: Store
) -> None:
    await booked(chat)
    for action in ("open", "route", "ask", "cancel"):
        data = f"b.{action}:{written((await town.bookings())[0].id)}:0"
        for other in (8, 1001):
            answer = await chat.press_data(data, user=other)
            assert answer == ("toast: There is no such booking of yours. /bookings shows them all.")


async def test_the_list_of_a_lister_says_nothing_of_guests(chat: Chat, town: Town) -> None:
    await booked(chat)
    assert "Nothing is booked" in await chat.of(1001).say("/bookings")


async def test_a_stay_at_a_space_that_was_deleted_keeps_its_title(
    chat: Chat, town: Town, clock: Clock
) -> None:
    await booked(chat)
    clock.pass_(days=1)
    await town.change(BAKERY, state=SpaceState.DELETED)
    await chat.say("/bookings")
    assert "Courtyard behind the bakery" in await chat.press("Past")
    assert "This stay is over." in await chat.press("1")


@pytest.mark.parametrize("data", ["b.open:x:0", "b.cancel:x.5:0", "b.route::0", "b.ask:0:0"])
async def test_garbled_buttons_are_answered(chat: Chat, town: Town, data: str) -> None:
    answer = await chat.press_data(data)
    assert "out of date" in answer
