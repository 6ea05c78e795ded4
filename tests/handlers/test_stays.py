"""A stay in the chat: being there, staying longer, another car, leaving, staying too long."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from jobs.stays import Completing
from market.domain.booking import State
from market.domain.ids import written
from market.domain.tariff import Tariff
from market.domain.window import Window
from storage.database import Store
from tests.examples import LISTER, euros, window
from tests.handlers.post import Post
from tests.handlers.test_bookings import booked
from tests.handlers.test_requests import late
from tests.handlers.town import BAKERY, HERE, Town
from tests.telegram import Chat, Clock, FakeTelegram
from views import calendar
from views.words import words_in


@pytest.fixture
def owner(chat: Chat) -> Chat:
    return chat.of(1000 + LISTER)


@pytest.fixture
async def stay(chat: Chat, owner: Chat, town: Town, post: Post) -> None:
    """From 18:00 to 20:00, four hours ahead."""
    await booked(chat)
    await post.deliver(owner)


# Being there.


async def test_saying_that_one_is_there_is_told_to_the_lister(
    chat: Chat, owner: Chat, stay: None, post: Post, clock: Clock
) -> None:
    early = await chat.press("I'm here")
    assert early == "toast: That can be said from 17:45 on."
    clock.pass_(hours=4)
    card = await chat.press("I'm here")
    assert "Welcome. The lister knows that you are there." in card
    assert "[I've left | y.left]" in card
    assert "[I'm here" not in card
    told = await post.deliver(owner)
    assert "The renter of ⁨Courtyard behind the bakery⁩ is there" in told


async def test_ones_own_live_location_says_it_too(
    chat: Chat, owner: Chat, town: Town, stay: None, post: Post, clock: Clock
) -> None:
    clock.pass_(hours=4)
    place = town.spaces[BAKERY].place
    assert "Free nearby" in await chat.send_location(*HERE, live_period=3600)
    shared = await chat.send(
        message_id=77,
        location={"latitude": HERE[0], "longitude": HERE[1], "live_period": 3600},
    )
    assert "Welcome" not in shared
    near = await chat.move_location(77, place.lat, place.lng)
    assert "Welcome. The lister knows that you are there." in near
    assert await chat.move_location(77, place.lat, place.lng) == ""
    assert "is there" in await post.deliver(owner)


async def test_somebody_elses_location_or_a_pin_says_nothing(
    chat: Chat, town: Town, stay: None, clock: Clock
) -> None:
    clock.pass_(hours=4)
    place = town.spaces[BAKERY].place
    assert "Welcome" not in await chat.send_location(place.lat, place.lng)
    await chat.say("/cancel")
    assert "Welcome" not in await chat.of(8).send_location(place.lat, place.lng)
    (booking,) = await town.bookings()
    assert booking.state is State.BOOKED


async def test_silence_is_asked_about_half_an_hour_after_the_start(
    chat: Chat, stay: None, post: Post, clock: Clock
) -> None:
    clock.pass_(hours=4, minutes=29)
    assert "Are you at" not in await post.deliver(chat)
    clock.pass_(minutes=1)
    asked = await post.deliver(chat)
    assert "Are you at ⁨Courtyard behind the bakery⁩? Your stay began at 18:00." in asked
    assert "[I'm here | y.here] [I've left | y.left]" in asked
    assert "Welcome" in await chat.press("I'm here")


# Staying longer.


async def test_extending_shows_each_end_with_its_price(chat: Chat, stay: None) -> None:
    assert await chat.press("Extend") == (
        "~ <b>⁨Courtyard behind the bakery⁩</b>\n"
        "Until 20:00 now. Until when instead? Tap, or type it: <i>till 22</i>, or how much"
        " longer: <i>3h</i>\n"
        "[20:30 · €1.25 | y.until]\n"
        "[21:00 · €2.50 | y.until]\n"
        "[22:00 · €5.00 | y.until]\n"
        "[Back | b.open]"
    )
    card = chat.card("21:00 · €2.50")
    extended = await chat.press("21:00 · €2.50")
    assert "Extended until 21:00; €7.50 in all." in extended
    assert "Today 18:00–21:00" in extended
    assert await chat.press("21:00 · €2.50", on=card) == ""


async def test_an_extension_is_told_to_the_lister(
    chat: Chat, owner: Chat, stay: None, post: Post
) -> None:
    await chat.press("Extend")
    await chat.press("20:30 · €1.25")
    told = await post.deliver(owner)
    assert "was extended: today 18:00–20:30, €6.25 in all." in told


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("till 21:30", "[21:30 · €3.75 | y.until]"),
        ("21:30", "[21:30 · €3.75 | y.until]"),
        ("22", "[22:00 · €5.00 | y.until]"),
        ("3h", "[23:00 · €7.50 | y.until]"),
    ],
)
async def test_an_end_can_be_typed_and_is_taken_with_a_tap(
    chat: Chat, stay: None, typed: str, offered: str
) -> None:
    await chat.press("Extend")
    assert offered in await chat.say(typed)
    label = offered[1:].partition(" |")[0]
    assert "Extended until" in await chat.press(label)


async def test_what_is_no_end_is_asked_again(chat: Chat, stay: None) -> None:
    await chat.press("Extend")
    assert "I cannot make a time of ⁨Whenever you like⁩" in await chat.say("Whenever you like")
    assert "Until when instead?" in await chat.send_sticker()
    for early in ("till 20:00", "19:00"):
        assert "It is yours until 20:00 already." in await chat.say(early)


async def test_only_what_can_be_had_is_offered(chat: Chat, town: Town, stay: None) -> None:
    await town.book(BAKERY, window(8.75, 10))
    await town.book(BAKERY, window(7, 8))
    offers = await chat.press("Extend")
    assert "[20:30 · €1.25 | y.until]" in offers
    assert "[22:00" not in offers
    refused = await chat.say("till 22")
    assert refused.startswith("Somebody else has it after that.")
    assert "[20:30 · €1.25 | y.until]\n[21:00 · €2.50 | y.until]\n[Back | b.open]" in refused


async def test_the_latest_end_that_can_be_had_is_offered_instead(
    chat: Chat, town: Town, stay: None
) -> None:
    await town.book(BAKERY, window(6.3, 8))
    assert "[20:18 · €1.25 | y.until]\n[Back | b.open]" in await chat.press("Extend")
    refused = await chat.say("till 21")
    assert refused.startswith("Somebody else has it after that.")
    assert "Extended until 20:18; €6.25 in all." in await chat.press("20:18 · €1.25")


async def test_a_stay_that_cannot_be_extended_says_why(chat: Chat, town: Town, stay: None) -> None:
    await town.book(BAKERY, window(6, 8))
    assert await chat.press("Extend") == (
        "~ <b>⁨Courtyard behind the bakery⁩</b>\n"
        "Somebody else has it after that. It stays yours until 20:00.\n"
        "[Back | b.open]"
    )


async def test_a_price_that_has_changed_is_shown_before_it_is_taken(
    chat: Chat, town: Town, stay: None
) -> None:
    await chat.press("Extend")
    await town.change(BAKERY, tariff=Tariff(euros(300)))
    changed = await chat.press("21:00 · €2.50")
    assert "The price has changed meanwhile." in changed
    assert "[21:00 · €3.00 | y.until]" in changed
    assert "Extended until 21:00; €8.00 in all." in await chat.press("21:00 · €3.00")


async def test_what_was_taken_meanwhile_is_not_extended_into(
    chat: Chat, town: Town, stay: None
) -> None:
    await chat.press("Extend")
    card = chat.card("22:00 · €5.00")
    await town.book(BAKERY, window(7, 8))
    refused = await chat.press("22:00 · €5.00", on=card)
    assert refused.startswith("~ Somebody else has it after that.")
    assert "[21:00 · €2.50 | y.until]" in refused


async def test_before_the_end_one_tap_extends(
    chat: Chat, owner: Chat, stay: None, post: Post, clock: Clock
) -> None:
    clock.pass_(hours=5, minutes=45)
    reminder = await post.deliver(chat)
    assert reminder.endswith(
        "Your stay at ⁨Courtyard behind the bakery⁩ ends at 20:00.\n"
        "[+30 min · €1.25 | y.until]\n"
        "[+1 h · €2.50 | y.until]\n"
        "[I'm here | y.here] [I've left | y.left]\n"
        "[Show booking | b.open]"
    )
    assert "Extended until 20:30; €6.25 in all." in await chat.press("+30 min · €1.25")
    clock.pass_(minutes=15)
    assert "has ended" not in await post.deliver(chat)
    clock.pass_(minutes=15)
    assert "ends at 20:30" in await post.deliver(chat)


async def test_a_late_tap_extends_nothing(chat: Chat, town: Town, stay: None, clock: Clock) -> None:
    await chat.press("Extend")
    data = chat.card("22:00 · €5.00").button("22:00 · €5.00")["callback_data"]
    assert "Your tap took more than ten minutes" in await late(chat, clock, data)
    (booking,) = await town.bookings()
    assert booking.total == euros(500)


# Another car, and the calendar.


async def test_another_plate_is_typed_or_tapped(
    chat: Chat, owner: Chat, stay: None, post: Post
) -> None:
    assert "Which number plate will stand there?" in await chat.press("Change plate")
    assert "no number plate" in await chat.say("!!!")
    assert "Which number plate" in await chat.send_sticker()
    assert "The plate is HEL204 now" in await chat.say("hel-204")
    assert "Another car comes to ⁨Courtyard behind the bakery⁩" in await post.deliver(owner)
    await chat.press("Change plate")
    await chat.say("BXY 99")
    await chat.press("Change plate")
    assert "For HEL204" in await chat.press("HEL204")


async def test_a_stay_goes_into_the_calendar_in_the_time_of_the_place(
    chat: Chat, town: Town, stay: None, telegram: FakeTelegram
) -> None:
    assert await chat.press("Add to calendar") == "<document>"
    (booking,) = await town.bookings()
    space = town.spaces[BAKERY]
    entry = calendar.entry(words_in("en"), booking, space, booking.booked_at)
    (event,) = Calendar.from_ical(base64.b64decode(entry.document.content)).walk("VEVENT")
    assert event.decoded("dtstart") == booking.window.start
    assert event["dtstart"].params["TZID"] == "Europe/Berlin"
    assert (event["location"], event["geo"].latitude) == ("Bakery Street 4", space.place.lat)
    extended = replace(booking, window=window(4, 7))
    longer = calendar.entry(words_in("en"), extended, space, booking.booked_at)
    (later,) = Calendar.from_ical(base64.b64decode(longer.document.content)).walk("VEVENT")
    assert later["uid"] == event["uid"]
    assert later["sequence"] > event["sequence"]


async def test_a_night_with_a_change_of_the_clock_is_as_long_as_it_is(
    chat: Chat, town: Town, stay: None, clock: Clock
) -> None:
    (booking,) = await town.bookings()
    berlin = ZoneInfo("Europe/Berlin")
    night = Window(
        datetime(2030, 10, 26, 22, tzinfo=berlin), datetime(2030, 10, 27, 6, tzinfo=berlin)
    )
    entry = calendar.entry(
        words_in("en"), replace(booking, window=night), town.spaces[BAKERY], clock()
    )
    (event,) = Calendar.from_ical(base64.b64decode(entry.document.content)).walk("VEVENT")
    start, end = event.decoded("dtstart"), event.decoded("dtend")
    assert (start.hour, end.hour) == (22, 6)
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=9)


async def test_the_calendar_entry_is_not_made_once_the_stay_is_over(
    chat: Chat, stay: None, clock: Clock
) -> None:
    card = chat.card("Add to calendar")
    clock.pass_(hours=7)
    assert "This stay is over." in await chat.press("Add to calendar", on=card)


# Leaving, and not leaving.


async def test_leaving_early_is_told_and_frees_the_rest(
    chat: Chat, owner: Chat, town: Town, stay: None, post: Post, clock: Clock
) -> None:
    clock.pass_(hours=5)
    await chat.say("/bookings")
    await chat.press("1")
    left = await chat.press("I've left")
    assert "Thank you for leaving <b>⁨Courtyard behind the bakery⁩</b>." in left
    assert "You still owe €5.00, pay on site." in left
    assert "has left before the end; the rest is free again" in await post.deliver(owner)
    assert "This stay is over. You still owe €5.00" in await chat.press("Back")


async def test_a_stay_ends_by_itself(
    chat: Chat, town: Town, stay: None, post: Post, store: Store, clock: Clock
) -> None:
    clock.pass_(hours=6)
    ended = await post.deliver(chat)
    assert "has ended at 20:00. Have you left?" in ended
    clock.pass_(minutes=10)
    await Completing(store, clock)()
    (booking,) = await town.bookings()
    assert booking.state is State.COMPLETED


async def test_an_overstay_can_be_looked_at_and_contested(
    chat: Chat, owner: Chat, town: Town, stay: None, post: Post, clock: Clock
) -> None:
    clock.pass_(hours=6, minutes=20)
    await _show_as_lister(owner, town)
    assert "without one nothing is charged" in await owner.press("Still there")
    assert "without one nothing is charged" in await owner.say("really")
    assert "Overstayed: €2.50 more." in await owner.send_photo("car")
    told = await post.deliver(chat)
    assert "Your car was seen at" in told
    card = await chat.press("Show booking")
    assert "You still owe €7.50, pay on site." in card
    assert "Your car was seen there after the end: €2.50 more." in card
    assert "<photo>" in await chat.press("See the photo")
    assert "Was it not so?" in await chat.press("Contest")
    assert "You contest it; the operator will look at it." in await chat.press("Contest")
    await _show_as_lister(owner, town)
    assert "The renter contests it; the operator decides." in owner.card("Paid").text


async def test_garbled_buttons_of_stays_are_answered(chat: Chat, stay: None, town: Town) -> None:
    for data in ("y.until::0", "y.here:x:0"):
        assert "out of date" in await chat.press_data(data)
    (booking,) = await town.bookings()
    assert "out of date" in await chat.press_data(f"y.until:{written(booking.id)}.x:0")
    assert "no such booking" in await chat.press_data(f"y.here:{written(booking.id)}:0", user=8)


async def _show_as_lister(owner: Chat, town: Town) -> None:
    (booking,) = await town.bookings()
    await owner.press_data(f"h.open:{written(booking.id)}:0")
