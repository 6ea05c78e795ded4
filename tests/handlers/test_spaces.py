"""What a lister does with a listed space, as transcripts."""

from typing import Any

import pytest

from chat.wakes import Wakes
from market.domain.ids import written
from tests.examples import LISTER, window
from tests.handlers.town import BAKERY, Town
from tests.telegram import Chat, Clock

TITLE = "Courtyard behind the bakery"


@pytest.fixture
def lister(chat: Chat) -> Chat:
    """The owner of the whole street."""
    return chat.of(1000 + LISTER, first_name="Lea")


async def opened(lister: Chat) -> str:
    await lister.say("🏠 My spaces")
    card = lister.card("1")
    number = next(n for n in "123" if f"{n}  \u2068{TITLE}" in card.text)
    return await lister.press(number)


async def test_the_list_leads_to_each_space(lister: Chat) -> None:
    assert TITLE in await lister.say("/spaces")
    card = await opened(lister)
    assert "€2.50 an hour · ★ 4.8 (31)" in card
    assert "0 bookings ahead" in card


async def test_somebody_without_spaces_is_shown_the_way(chat: Chat) -> None:
    assert "You list no space yet." in await chat.say("🏠 My spaces")


async def test_a_space_is_renamed(lister: Chat) -> None:
    await opened(lister)
    assert "Type the new title" in await lister.press("Title")
    assert "I need a title" in await lister.say("x")
    assert "Garden with roses" in await lister.say("Garden  with roses")


async def test_a_new_price_touches_new_bookings_only(lister: Chat) -> None:
    await opened(lister)
    assert "bookings ahead keep theirs" in await lister.press("Price")
    assert "A number, please" in await lister.say("cheap")
    assert "€3.00 an hour" in await lister.say("3")


async def test_pausing_says_what_stands(lister: Chat, town: Town) -> None:
    await town.book(BAKERY, window(24, 26))
    await opened(lister)
    said = await lister.press("Pause")
    assert "1 booking ahead" in said
    assert "Paused: nobody new can book." in said
    assert "Paused" not in await lister.press("Resume")


async def test_access_notes_are_kept_and_cleared(lister: Chat) -> None:
    await opened(lister)
    assert "Code 4711" in await lister.press("Access notes")
    await lister.say("Bell of Meyer. Code 0815")
    assert "Code 0815" in await lister.press("Access notes")
    assert "No access notes yet" in await lister.press("No notes")


async def test_notes_have_a_limit(lister: Chat) -> None:
    await opened(lister)
    await lister.press("Access notes")
    assert "500" in await lister.say("x" * 501)


async def test_photos_are_added_and_removed(
    lister: Chat, store: Any, worker: Any, clock: Clock
) -> None:
    await opened(lister)
    await lister.press("Photos")
    await lister.send_photo("one", "two")
    clock.pass_(seconds=2)
    await Wakes(store, worker, clock=clock).sweep()
    await lister.idle()
    assert "2 photos." in lister.heard()
    assert "1 photo." in await lister.press("Remove 1")
    assert "At least one photo is needed" in await lister.press("Remove 1")


async def test_a_space_with_bookings_ahead_is_not_deleted(lister: Chat, town: Town) -> None:
    await town.book(BAKERY, window(24, 26))
    await opened(lister)
    await lister.press("Delete")
    assert "cannot be deleted while 1 booking is ahead" in await lister.press("Delete")


async def test_a_lister_cancels_and_then_deletes(lister: Chat, town: Town) -> None:
    await town.book(BAKERY, window(24, 26))
    await opened(lister)
    await lister.press("Bookings")
    assert "The renter owes nothing then" in await lister.press("Cancel 1")
    assert "Nothing is booked from now on." in await lister.press("Confirm")
    await lister.press("Back")
    await lister.press("Delete")
    assert "is deleted" in await lister.press("Delete")
    assert TITLE not in await lister.say("/spaces")


async def test_another_persons_button_finds_nothing(chat: Chat, lister: Chat) -> None:
    await opened(lister)
    said = await chat.press_data(f"s.pause:{written(BAKERY)}:0")
    assert TITLE not in said
    assert said


async def test_an_old_button_redraws_its_card(lister: Chat) -> None:
    await opened(lister)
    old = lister.card("Pause")
    await lister.press("Pause")
    said = await lister.press("Pause", on=old)
    assert "Resume" in str(lister.card("Resume"))
    assert "toast" not in said


async def test_a_sticker_while_editing_repeats_the_question(lister: Chat) -> None:
    await opened(lister)
    await lister.press("Title")
    assert "Type the new title" in await lister.send_sticker()
