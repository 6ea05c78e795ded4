"""Editing every rule of a space, as transcripts."""

from datetime import timedelta
from typing import Any

import pytest

from market.domain.refund import Policy
from market.domain.schedule import Opening, Schedule
from market.domain.space import Approval, Limits, Rules, Space, Tag
from market.domain.tariff import Tariff
from tests.examples import euros, window
from tests.handlers.spaces.opening import opened
from tests.handlers.town import BAKERY, Town
from tests.telegram import Chat

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def kept(town: Town) -> Space:
    async with town.store.read() as work:
        return await work.spaces.get(BAKERY)


async def test_the_card_of_all_rules_says_how_they_are(lister: Chat) -> None:
    assert await opened(lister, "Edit") == (
        "~ <b>⁨Courtyard behind the bakery⁩</b>\n"
        "Open: always\n"
        "Hour: €2.50\n"
        "Shortest stay: 30 min\n"
        "Longest stay: 30 days\n"
        "Booking: instant\n"
        "Cancellation: moderate\n"
        "Features: covered\n"
        "[Title | s.rule] [Description | s.rule]\n"
        "[Photos | s.photos] [Entrance photos | s.entry]\n"
        "[Access notes | s.notes] [Place | s.place]\n"
        "[Opening hours | s.hours] [Prices | s.group]\n"
        "[Stays | s.group] [Booking | s.group]\n"
        "[Vehicles | s.group] [Features | s.rule]\n"
        "[Back | s.open]"
    )


async def test_a_space_is_renamed(lister: Chat) -> None:
    assert "Type the new title" in await opened(lister, "Edit", "Title")
    assert "I need a title" in await lister.say("x")
    assert "Garden with roses" in await lister.say("Garden  with roses")


async def test_hours_are_typed_and_said_in_words(lister: Chat, town: Town) -> None:
    assert "Opening hours now: always" in await opened(lister, "Edit", "Opening hours")
    said = await lister.say("mon-fri 8-6")
    assert "⁨6⁩: morning or afternoon? Write 2pm or 14." in said
    assert "I cannot make sense of ⁨whenever⁩." in await lister.say("whenever")
    said = await lister.say("mon-fri 8-18, sat 10-2")
    assert "Open: Mon–Fri 08:00–18:00, Sat 10:00–02:00" in said
    opens = [Opening(day, 480, 1080) for day in range(5)]
    assert (await kept(town)).schedule == Schedule((*opens, Opening(5, 600, 1560)))


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Always", "Open: always"),
        ("Weekends", "Open: Sat–Sun all day"),
        ("Workdays 8-18", "Open: Mon–Fri 08:00–18:00"),
        ("Nights 18-8", "Open: daily 18:00–08:00"),
    ],
)
async def test_the_usual_hours_are_a_tap_away(lister: Chat, label: str, words: str) -> None:
    await opened(lister, "Edit", "Opening hours")
    assert words in await lister.press(label)


STEPS = [
    ("Prices", "Hour", "3", {"tariff": Tariff(euros(300))}),
    ("Prices", "Day at most", "12", {"tariff": Tariff(euros(250), day=euros(1200))}),
    ("Prices", "Week at most", "60", {"tariff": Tariff(euros(250), week=euros(6000))}),
    ("Prices", "Month at most", "200", {"tariff": Tariff(euros(250), month=euros(20000))}),
    ("Stays", "Shortest stay", "2 h", {"rules": Rules(min_stay=2 * HOUR)}),
    ("Stays", "Longest stay", "3 days", {"rules": Rules(max_stay=3 * DAY)}),
    ("Stays", "Notice", "1 h", {"rules": Rules(notice=HOUR)}),
    ("Stays", "Bookable ahead", "4 weeks", {"rules": Rules(horizon=28 * DAY)}),
    ("Stays", "Gap between stays", "15 min", {"rules": Rules(buffer=HOUR / 4)}),
    ("Vehicles", "Height", "1.90 m", {"limits": Limits(height=190)}),
    ("Vehicles", "Length", "500 cm", {"limits": Limits(length=500)}),
    ("Vehicles", "Number plate", "yes", {"plate_needed": True}),
    ("Booking", "Booking", "first_five", {"approval": Approval.FIRST_FIVE}),
    ("Booking", "Cancellation", "strict", {"policy": Policy.STRICT}),
    ("Booking", "Show exact place", "Yes", {"shows_place": True}),
]


@pytest.mark.parametrize(("group", "rule", "typed", "changes"), STEPS, ids=[it[1] for it in STEPS])
async def test_each_rule_is_typed(
    lister: Chat, town: Town, group: str, rule: str, typed: str, changes: dict[str, Any]
) -> None:
    await opened(lister, "Edit", group, rule)
    await lister.say(typed)
    space = await kept(town)
    assert {name: getattr(space, name) for name in changes} == changes


TAPS = [
    ("Prices", "Day at most", "None", "Day at most: none"),
    ("Stays", "Shortest stay", "1 h", "Shortest stay: 1 h"),
    ("Stays", "Longest stay", "7 days", "Longest stay: 7 days"),
    ("Stays", "Notice", "None", "Notice: none"),
    ("Stays", "Gap between stays", "30 min", "Gap between stays: 30 min"),
    ("Vehicles", "Height", "2.1 m", "Height: 2.1 m"),
    ("Vehicles", "Length", "No limit", "Length: no limit"),
    ("Vehicles", "Number plate", "Yes", "Number plate: needed"),
    ("Booking", "Booking", "by request", "Booking: by request"),
    ("Booking", "Cancellation", "flexible", "Cancellation: flexible"),
    ("Booking", "Show exact place", "No", "Show exact place: no"),
]


@pytest.mark.parametrize(("group", "rule", "label", "words"), TAPS, ids=[it[1] for it in TAPS])
async def test_the_usual_answers_are_a_tap_away(
    lister: Chat, group: str, rule: str, label: str, words: str
) -> None:
    await opened(lister, "Edit", group, rule)
    assert words in await lister.press(label)


REFUSED = [
    ("Prices", "Hour", "cheap", "A number, please, for example 2.50"),
    ("Stays", "Shortest stay", "soon", "I cannot make sense of ⁨soon⁩."),
    ("Stays", "Shortest stay", "1 min", "That is too short."),
    ("Stays", "Longest stay", "1 min", "That is too short."),
    ("Stays", "Longest stay", "15 min", "The longest stay cannot be below the shortest."),
    ("Stays", "Notice", "60 days", "That is too long."),
    ("Vehicles", "Height", "20 cm", "No vehicle is like that."),
    ("Vehicles", "Number plate", "maybe", "I cannot make sense of ⁨maybe⁩."),
    ("Booking", "Booking", "sometimes", "I cannot make sense of ⁨sometimes⁩."),
    ("Booking", "Cancellation", "kind", "I cannot make sense of ⁨kind⁩."),
]


@pytest.mark.parametrize(("group", "rule", "typed", "words"), REFUSED)
async def test_what_cannot_be_is_answered_with_an_example(
    lister: Chat, town: Town, group: str, rule: str, typed: str, words: str
) -> None:
    before = await kept(town)
    await opened(lister, "Edit", group, rule)
    assert words in await lister.say(typed)
    assert await kept(town) == before


async def test_features_are_added_and_taken_away(lister: Chat, town: Town) -> None:
    await opened(lister, "Edit", "Features")
    assert "[✓ covered | s.set] [✓ EV | s.set]" in await lister.press("EV")
    await lister.press("✓ covered")
    assert (await kept(town)).tags == {Tag.EV}


async def test_access_notes_are_kept_and_cleared(lister: Chat) -> None:
    assert "Code 4711" in await opened(lister, "Edit", "Access notes")
    await lister.say("Bell of Meyer. Code 0815")
    assert "Code 0815" in await lister.press("Access notes")
    await lister.press("No notes")
    assert "No access notes yet" in await lister.press("Back")


async def test_texts_have_limits(lister: Chat) -> None:
    await opened(lister, "Edit", "Access notes")
    assert "500 characters at most" in await lister.say("x" * 501)
    await opened(lister, "Edit", "Description")
    assert "600 characters at most" in await lister.say("x" * 601)
    await lister.say("Quiet yard")
    assert "Description now: ⁨Quiet yard⁩" in await lister.press("Description")


async def test_a_price_far_above_the_usual_is_asked_back(lister: Chat, town: Town) -> None:
    await opened(lister, "Edit", "Prices", "Hour")
    assert "€500.00 an hour is far more than usual." in await lister.say("500")
    assert "Hour: €500.00" in await lister.press("Yes, €500.00")
    assert (await kept(town)).tariff.hour == euros(50000)


async def test_a_month_may_cost_more_than_a_usual_hundred_hours(lister: Chat) -> None:
    await opened(lister, "Edit", "Prices", "Month at most")
    assert "Month at most: €900.00" in await lister.say("900")


async def test_bookings_ahead_are_listed_before_a_promise_changes(lister: Chat, town: Town) -> None:
    await town.book(BAKERY, window(24, 26))
    await opened(lister, "Edit", "Prices", "Hour")
    said = await lister.say("3")
    assert "Hour from now on: €3.00" in said
    assert "1 booking ahead keeps what it was promised:\ntomorrow 14:00–16:00 · €5.00" in said
    assert (await kept(town)).tariff.hour == euros(250)
    assert "Hour: €3.00" in await lister.press("Save")
    assert (await kept(town)).tariff.hour == euros(300)
    assert [booking.total for booking in await town.bookings()] == [euros(500)]


async def test_a_sure_price_with_bookings_ahead_is_shown_before_saving(
    lister: Chat, town: Town
) -> None:
    await town.book(BAKERY, window(24, 26))
    await opened(lister, "Edit", "Prices", "Hour")
    await lister.say("500")
    assert "1 booking ahead keeps" in await lister.press("Yes, €500.00")
    assert "Hour: €500.00" in await lister.press("Save")


async def test_what_is_only_shown_changes_at_once(lister: Chat, town: Town) -> None:
    await town.book(BAKERY, window(24, 26))
    await opened(lister, "Edit", "Title")
    assert "Garden with roses" in await lister.say("Garden with roses")


async def test_a_sticker_while_editing_repeats_the_question(lister: Chat) -> None:
    await opened(lister, "Edit", "Title")
    assert "Type the new title" in await lister.send_sticker()


@pytest.mark.parametrize(
    "data", ["s.rule:{}.nothing:0", "s.group:{}.nothing:0", "s.sure:{}.hour.x:0", "s.set:{}:0"]
)
async def test_a_button_that_we_never_made_is_out_of_date(lister: Chat, data: str) -> None:
    assert "out of date" in await lister.press_data(data.format("0000000007"))
