"""From a quote to a booking."""

from datetime import timedelta

import pytest

from market.domain.tariff import Tariff
from storage.database import Store
from tests.examples import LISTER, euros, window
from tests.handlers.test_space import opened, with_photos
from tests.handlers.town import BAKERY, DRIVEWAY, HERE, Town
from tests.telegram import Chat, Clock, FakeTelegram


async def test_from_a_location_to_a_booking_in_three_actions(
    chat: Chat, town: Town, telegram: FakeTelegram, clock: Clock
) -> None:
    clock.pass_(minutes=5)
    await chat.send_location(*HERE)
    await chat.press("1")
    assert await chat.press("Book") == (
        "~ <b>Booked.</b> ⁨Courtyard behind the bakery⁩, today 14:15–16:15, €5.00, pay on site.\n\n"
        "⁨Bakery Street 4⁩\n"
        "⁨Second gate on the left. Code 4711⁩\n\n"
        "Cancelling costs €2.50 until the start.\n"
        "[I'm here | y.here]\n"
        "[Copy 4711] [Route | b.route] [Add to calendar | y.ics]\n"
        "[Extend | y.more] [Change plate | y.plate]\n"
        "[Message | m.write] [Report | x.who]\n"
        "[Problem | y.prob] [Cancel | b.ask]\n\n"
        "<venue Courtyard behind the bakery, Bakery Street 4>"
    )
    (venue,) = telegram.called("sendVenue")
    place = town.spaces[BAKERY].place
    assert (venue["latitude"], venue["longitude"]) == (place.lat, place.lng)
    copy = chat.card("Copy 4711").button("Copy 4711")
    assert copy["copy_text"] == {"text": "4711"}


async def test_the_confirmation_says_until_when_it_is_free_to_cancel_and_when_it_reminds(
    chat: Chat, town: Town
) -> None:
    await opened(chat, time="fri 18:00 2h")
    confirmed = await chat.press("Book")
    assert "Free to cancel until Thu 6 Jun 18:00.\n" in confirmed
    assert "Cancelling costs €2.50 until the start.\n" in confirmed
    assert "I will remind you Fri 7 Jun at 17:30.\n" in confirmed


async def test_the_way_in_is_shown_once_it_is_booked(chat: Chat, town: Town, store: Store) -> None:
    await with_photos(town, store, 2, entrance=True)
    assert "photos" not in await opened(chat)
    assert (await chat.press("Book")).endswith("<2 photos>")


async def test_two_taps_are_one_booking(chat: Chat, town: Town, store: Store) -> None:
    await opened(chat)
    card = chat.card("Book")
    await chat.press("Book", on=card)
    assert await chat.press("Book", on=card) == ""
    assert len(await town.bookings()) == 1
    await chat.say("/bookings")
    await chat.press("1")
    await chat.press("Cancel")
    await chat.press("Confirm")
    assert "Cancelled. You still owe" in await chat.press("Book", on=card)


async def test_a_tap_that_comes_late_books_nothing_and_says_why(
    chat: Chat, town: Town, store: Store, clock: Clock
) -> None:
    await opened(chat, time="18-20")
    card = chat.card("Book")
    late = {
        "message_id": card.id,
        "date": int(clock().timestamp()),
        "chat": {"id": 7, "type": "private"},
    }
    press = {
        "id": "late",
        "from": {"id": 7, "is_bot": False, "first_name": "Ann"},
        "chat_instance": "1",
        "data": card.button("Book")["callback_data"],
        "message": late,
    }
    sent_at = clock()
    clock.pass_(minutes=11)
    await chat.intake.accept([{"update_id": 999_999, "callback_query": press}], sent_at)
    await chat.idle()
    answer = chat.heard()
    assert answer.startswith("~ Your tap took more than ten minutes to reach me")
    assert "[Book · €5.00 | p.book]" in answer
    assert await town.bookings() == []
    assert "Booked." in await chat.press("Book")


async def test_a_price_that_ran_out_is_quoted_again_and_confirmed(
    chat: Chat, town: Town, store: Store, clock: Clock
) -> None:
    await opened(chat, time="18-20")
    clock.pass_(minutes=11)
    asked = await chat.press("Book")
    assert asked == (
        "~ The price was good for ten minutes; it is still the same:\n\n"
        "<b>⁨Courtyard behind the bakery⁩</b>\n"
        "Today 18:00–20:00\n"
        "€5.00, pay on site\n\n"
        "Free to cancel for ten minutes after booking, then half is owed until the start.\n"
        "[Confirm | p.sure] [Back | p.back]"
    )
    assert await town.bookings() == []
    assert "Booked." in await chat.press("Confirm")


async def test_a_new_price_is_named_beside_the_old_one(
    chat: Chat, town: Town, clock: Clock
) -> None:
    await opened(chat, time="18-20")
    await town.change(BAKERY, tariff=Tariff(euros(300)))
    clock.pass_(minutes=11)
    assert "it is €6.00 now, not €5.00:" in await chat.press("Book")
    assert "[Book · €6.00 | p.book]" in await chat.press("Back")


async def test_a_price_stands_for_ten_minutes_whatever_the_lister_edits(
    chat: Chat, town: Town, clock: Clock
) -> None:
    await opened(chat, time="18-20")
    await town.change(BAKERY, tariff=Tariff(euros(300)))
    clock.pass_(minutes=9)
    assert "€5.00, pay on site" in await chat.press("Book")


async def test_a_stay_that_has_begun_is_offered_for_the_same_length_from_now(
    chat: Chat, town: Town, store: Store, clock: Clock
) -> None:
    await opened(chat)
    clock.pass_(minutes=20)
    card = await chat.press("Book")
    assert card.startswith("~ That time has begun. The same length from now:")
    assert "Today 14:30–16:30" in card
    assert await town.bookings() == []


async def test_the_slower_of_two_renters_is_offered_the_next_space(
    chat: Chat, town: Town, store: Store
) -> None:
    other = chat.of(8, first_name="Bo")
    await opened(chat)
    await opened(other)
    await chat.press("Book")
    refused = await other.press("Book")
    assert "Taken a moment ago." in refused
    assert "Free instead: <b>⁨Garage B, bay 12⁩</b>" in refused
    assert "⁨Garage B, bay 12⁩" in await other.press("Book")
    assert len(await town.bookings()) == 2


async def test_a_plate_is_asked_for_where_it_is_needed(chat: Chat, town: Town) -> None:
    assert "The lister asks for your number plate." in await opened(chat, "3")
    asked = await chat.press("Book")
    assert "Which number plate will stand there? For example: HEL-204" in asked
    assert "no number plate" in await chat.say("!!!")
    assert "number plate as text" in await chat.send_photo()
    assert "number plate as text" in await chat.send_sticker()
    confirm = await chat.say("hel-204")
    assert "€3.50, pay on site · HEL204" in confirm
    assert "For HEL204" in await chat.press("Confirm")


async def test_the_plate_used_last_is_offered_as_a_button(chat: Chat, town: Town) -> None:
    await opened(chat, "3")
    await chat.press("Book")
    await chat.say("HEL-204")
    await chat.press("Confirm")
    await opened(chat, "3", time="tomorrow 9-17")
    assert "[HEL204 | p.plate]\n[Back | p.back]" in await chat.press("Book")
    assert "€14.00, pay on site · HEL204" in await chat.press("HEL204")
    assert "Booked." in await chat.press("Confirm")


async def test_back_from_the_plate_leads_to_the_space(chat: Chat, town: Town) -> None:
    await opened(chat, "3")
    await chat.press("Book")
    assert "[Book · €3.50 | p.book]" in await chat.press("Back")
    assert "Tomorrow 09:00–17:00" in await chat.say("tomorrow 9-17")


async def test_a_new_location_leaves_the_question_for_the_plate(chat: Chat, town: Town) -> None:
    await opened(chat, "3")
    await chat.press("Book")
    assert (await chat.send_location(*HERE)).startswith("Free nearby · ")


async def test_a_window_lost_while_the_plate_was_asked_says_so(chat: Chat, town: Town) -> None:
    await opened(chat, "3")
    await chat.press("Book")
    await town.book(DRIVEWAY, window(0, 2))
    assert "Taken a moment ago." in await chat.say("HEL-204")


async def test_more_than_five_bookings_ahead_are_refused_with_a_way_on(
    chat: Chat, town: Town
) -> None:
    for hour in range(5):
        await opened(chat, time=f"tomorrow {10 + hour}:00 1h")
        assert "Booked." in await chat.press("Book")
    await opened(chat, time="tomorrow 20:00 1h")
    refused = await chat.press("Book")
    assert "5 bookings ahead, which is the most" in refused
    assert "Your bookings" in await chat.press("My bookings")


async def test_the_lister_is_owed_a_word_and_the_renter_a_reminder(
    chat: Chat, town: Town, store: Store, clock: Clock
) -> None:
    await opened(chat, time="18-20")
    await chat.press("Book")
    async with store.begin() as work:
        due = await work.notices.claim_due(clock(), "test", limit=10, lease=timedelta(minutes=1))
    assert [(notice.kind, notice.person) for notice in due] == [("booked", LISTER)]


@pytest.mark.parametrize("label", ["1", "4 h"])
async def test_the_search_is_over_once_it_is_booked(chat: Chat, town: Town, label: str) -> None:
    await chat.send_location(*HERE)
    results = chat.card(label)
    await chat.press("1")
    await chat.press("Book")
    assert "This search is over" in await chat.press(label, on=results)
    assert "I did not understand" in await chat.say("3h")
