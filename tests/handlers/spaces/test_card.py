"""What a lister does with a listed space, as transcripts."""

from typing import Any

from market.domain.booking import State
from market.domain.ids import written
from market.domain.space import SpaceState
from tests.examples import LISTER, RENTER, a_booking, at, window
from tests.handlers.spaces.opening import TITLE, opened
from tests.handlers.town import BAKERY, GARAGE, Town, link
from tests.telegram import BOT, Chat


async def test_the_list_leads_to_each_space(lister: Chat) -> None:
    assert TITLE in await lister.say("/spaces")
    card = await opened(lister)
    assert "€2.50 an hour · ★ 4.8 (31)" in card
    assert "0 bookings ahead" in card


async def test_somebody_without_spaces_is_shown_the_way(chat: Chat) -> None:
    assert "You list no space yet." in await chat.say("🏠 My spaces")


async def test_pausing_says_what_stands(lister: Chat, town: Town) -> None:
    await town.book(BAKERY, window(24, 26))
    await opened(lister)
    assert await lister.press("Pause") == (
        "~ <b>⁨Courtyard behind the bakery⁩</b>\n"
        "Pause it? Nobody new can book until you resume it.\n\n"
        "1 booking ahead keeps what it was promised:\n"
        "tomorrow 14:00–16:00 · €5.00\n"
        "[Pause | s.pause] [Back | s.open]"
    )
    async with town.store.read() as work:
        assert (await work.spaces.get(BAKERY)).open_for_booking
    said = await lister.press("Pause")
    assert "Paused: nobody new can book. Bookings ahead stand.\ntomorrow 14:00–16:00" in said
    assert "Paused" not in await lister.press("Resume")


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


async def test_the_card_is_calm(lister: Chat) -> None:
    card = await opened(lister)
    assert card.endswith(
        "[Edit | s.edit] [Calendar | s.cal]\n"
        "[Bookings · 0 | s.books] [Earnings | s.earned]\n"
        "[Pause | s.pask] [Share]\n"
        "[Sticker | s.qr] [Co-listers | s.co]\n"
        "[Delete | s.dask] [Back | s.all]"
    )


async def test_a_request_is_answered_from_the_bookings(lister: Chat, town: Town) -> None:
    request = a_booking(
        window(24, 26), space=BAKERY, state=State.REQUESTED, expires_at=at(20), renter=RENTER
    )
    async with town.store.begin() as work:
        await work.bookings.add(request)
    await opened(lister)
    assert "€5.00 · asks" in await lister.press("Bookings")
    assert "Confirmed." in await lister.press("Accept 1")
    assert (await town.bookings())[0].state is State.BOOKED


async def test_whoever_blocks_the_bot_is_out_of_sight_until_they_are_back(
    lister: Chat, chat: Chat, town: Town
) -> None:
    await opened(lister)
    await town.change(GARAGE, state=SpaceState.PAUSED)
    await lister.feed(membership(lister.user, "kicked"))
    assert await states(town) == {SpaceState.SILENT, SpaceState.PAUSED}
    assert "no bookings at present" in await chat.say(link(BAKERY))
    await lister.feed(membership(lister.user, "member"))
    assert await states(town) == {SpaceState.LIVE, SpaceState.PAUSED}


async def states(town: Town) -> set[SpaceState]:
    async with town.store.read() as work:
        return {space.state for space in await work.spaces.of_lister(LISTER)}


def membership(user: int, status: str) -> dict[str, Any]:
    """What Telegram says when a person blocks the bot, or takes it back."""
    person = {"id": user, "is_bot": False, "first_name": "Lea"}

    def member(named: str) -> dict[str, Any]:
        return {"user": BOT, "status": named, **({"until_date": 0} if named == "kicked" else {})}

    before = "member" if status == "kicked" else "kicked"
    change = {
        "chat": {"id": user, "type": "private", "first_name": "Lea"},
        "from": person,
        "date": 1_900_000_000,
        "old_chat_member": member(before),
        "new_chat_member": member(status),
    }
    return {"my_chat_member": change}
