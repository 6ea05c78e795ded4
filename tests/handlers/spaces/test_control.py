"""A lister's word, typed at any time."""

import pytest

from market.domain.booking import State
from market.domain.ids import BookingId, QuoteId, new_id
from market.domain.space import SpaceState
from tests.examples import a_booking, at, window
from tests.handlers.town import BAKERY, DRIVEWAY, GARAGE, HERE, Town, link
from tests.telegram import Chat, Clock


async def one_space(town: Town) -> None:
    for space in (GARAGE, DRIVEWAY):
        await town.change(space, state=SpaceState.DELETED)


async def test_off_for_a_while_and_back_by_itself(
    lister: Chat, chat: Chat, town: Town, clock: Clock
) -> None:
    await one_space(town)
    said = await lister.say("off till 18")
    assert "Off until 18:00. Bookings ahead stand." in said
    assert "[Resume | s.resume]" in said
    assert "no bookings at present" in await chat.say(link(BAKERY))
    clock.pass_(hours=4)
    assert "[Book · €5.00 | p.book]" in await chat.say(link(BAKERY))
    assert "[Pause | s.pask]" in await lister.say("free")


async def test_free_for_a_while_and_then_paused_again(
    lister: Chat, chat: Chat, town: Town, clock: Clock
) -> None:
    await one_space(town)
    await lister.say("coming home")
    assert "Free until 17:00, whatever the hours say." in await lister.say("free 3h")
    assert "[Book · €5.00 | p.book]" in await chat.say(link(BAKERY))
    clock.pass_(hours=3)
    assert "no bookings at present" in await chat.say(link(BAKERY))
    assert "Paused: nobody new can book." in await lister.say("off")


async def test_with_several_spaces_it_is_asked_which(lister: Chat, town: Town) -> None:
    said = await lister.say("off till 18:30")
    assert said.startswith("Which space?")
    number = next(n for n in "123" if f"{n}  \u2068Garage B" in lister.card("1").text)
    assert "Off until 18:30." in await lister.press(number)


async def test_an_unclear_time_is_asked_about(lister: Chat, town: Town) -> None:
    await one_space(town)
    assert "morning or afternoon?" in await lister.say("off till 6")


async def test_a_word_reaches_its_spaces_past_an_open_card(lister: Chat, town: Town) -> None:
    await one_space(town)
    await lister.send_location(*HERE)
    assert "Paused: nobody new can book." in await lister.say("coming home")


async def test_whoever_lists_nothing_is_told_what_the_word_is_for(chat: Chat) -> None:
    assert "That is a word for listers" in await chat.say("free 3h")


async def test_hidden_spaces_stay_hidden(lister: Chat, town: Town) -> None:
    await one_space(town)
    await town.change(BAKERY, state=SpaceState.HIDDEN)
    assert "That is a word for listers" in await lister.say("going out")


async def test_a_button_that_we_never_made_is_out_of_date(lister: Chat) -> None:
    assert "out of date" in await lister.press_data("s.word:0000000007.dance.:0")


async def asked(town: Town, hours: float) -> None:
    request = a_booking(
        window(hours, hours + 2),
        id=BookingId(new_id()),
        quote=QuoteId(new_id()),
        space=BAKERY,
        state=State.REQUESTED,
        expires_at=at(20),
    )
    async with town.store.begin() as work:
        await work.bookings.add(request)


async def states(town: Town) -> list[State]:
    return [booking.state for booking in await town.bookings()]


@pytest.mark.parametrize(
    ("word", "words", "state"),
    [("yes", "Confirmed.", State.BOOKED), ("No.", "Declined.", State.DECLINED)],
)
async def test_a_word_answers_the_request_that_waits(
    lister: Chat, town: Town, word: str, words: str, state: State
) -> None:
    await asked(town, 24)
    assert words in await lister.say(word)
    assert await states(town) == [state]
    assert "Nobody waits for an answer from you." in await lister.say(word)


async def test_of_several_requests_it_is_asked_which(lister: Chat, town: Town) -> None:
    await asked(town, 24)
    await asked(town, 30)
    said = await lister.say("yes")
    assert said.startswith("Confirm which one?\n1  ⁨Courtyard behind the bakery⁩\ntomorrow 14:00")
    assert "Confirmed." in await lister.press("2")
    assert await states(town) == [State.REQUESTED, State.BOOKED]
    await asked(town, 40)
    assert (await lister.say("no")).startswith("Decline which one?")
