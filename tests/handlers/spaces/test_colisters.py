"""Co-listers: who is invited, what they can do, and how it ends."""

import re

import pytest

from market.domain.booking import State
from tests.examples import RENTER, a_booking, at, window
from tests.handlers.spaces.opening import TITLE, opened
from tests.handlers.test_bookings import booked
from tests.handlers.town import BAKERY, Town
from tests.telegram import Chat, Clock

CODE = re.compile(r"t\.me/parkplace_bot\?start=(colist_\w{10})")


@pytest.fixture
def friend(chat: Chat) -> Chat:
    return chat.of(50, first_name="Finn")


async def invited(lister: Chat) -> str:
    """What the invitation's link sends."""
    await opened(lister, "Co-listers")
    found = CODE.search(await lister.press("Invite"))
    assert found
    return f"/start {found[1]}"


async def joined(lister: Chat, friend: Chat) -> None:
    assert "You look after" in await friend.say(await invited(lister))


async def test_an_invitation_makes_a_co_lister_once(lister: Chat, friend: Chat, chat: Chat) -> None:
    link = await invited(lister)
    assert f"You look after <b>⁨{TITLE}⁩</b> now" in await friend.say(link)
    assert "used or is too old" in await chat.of(51).say(link)
    assert "1  ⁨Finn⁩" in await opened(lister, "Co-listers")


async def test_an_invitation_runs_out(lister: Chat, friend: Chat, clock: Clock) -> None:
    link = await invited(lister)
    clock.pass_(days=3)
    assert "used or is too old" in await friend.say(link)


async def test_a_newer_invitation_takes_the_place_of_an_older(lister: Chat, friend: Chat) -> None:
    older = await invited(lister)
    await invited(lister)
    assert "used or is too old" in await friend.say(older)
    assert "used or is too old" in await friend.say("/start colist_x")


async def test_listers_do_not_invite_themselves(lister: Chat, friend: Chat) -> None:
    link = await invited(lister)
    assert "the space is yours" in await lister.say(link)
    assert "You look after" in await friend.say(link)


async def test_a_co_lister_has_a_card_with_less_on_it(lister: Chat, friend: Chat) -> None:
    await joined(lister, friend)
    card = await opened(friend)
    assert card.endswith(
        "[Calendar | s.cal] [Bookings · 0 | s.books]\n"
        "[Pause | s.pask] [Share]\n"
        "[Leave | s.lask] [Back | s.all]"
    )


async def test_a_co_lister_blocks_pauses_and_answers(
    lister: Chat, friend: Chat, town: Town
) -> None:
    await joined(lister, friend)
    await opened(friend, "Calendar", "5")
    assert "Paused: nobody new can book." in await opened(friend, "Pause")
    request = a_booking(
        window(24, 26), space=BAKERY, state=State.REQUESTED, expires_at=at(20), renter=RENTER
    )
    async with town.store.begin() as work:
        await work.bookings.add(request)
    await opened(friend, "Bookings")
    assert "Confirmed." in await friend.press("Accept 1")


async def test_a_co_lister_is_offered_nothing_that_only_the_lister_may_do(
    lister: Chat, friend: Chat, chat: Chat, town: Town
) -> None:
    await joined(lister, friend)
    await booked(chat)
    await opened(friend, "Bookings")
    card = await friend.press("1")
    assert card.endswith("Booked.\n[Message | m.write] [Back | s.books]")
    assert "Past bookings of" in await opened(friend, "Bookings", "Past")
    await opened(lister, "Bookings")
    assert "[Paid | h.paid] [Waive | h.wask]\n[Cancel | s.cask]" in await lister.press("1")


@pytest.mark.parametrize(
    "action",
    ["edit", "rule:0000000007.title", "photos", "place", "earned", "qr", "co", "invite", "delete"],
)
async def test_a_co_lister_may_do_nothing_else(lister: Chat, friend: Chat, action: str) -> None:
    await joined(lister, friend)
    data = f"s.{action}:0" if ":" in action else f"s.{action}:0000000007:0"
    assert "Only its lister can do that" in await friend.press_data(data)


async def test_removal_takes_everything_at_once(lister: Chat, friend: Chat) -> None:
    await joined(lister, friend)
    await opened(friend)
    card = friend.card("Pause")
    await opened(lister, "Co-listers", "Remove 1")
    said = await friend.press("Pause", on=card)
    assert "This space is not offered any more." in said
    assert TITLE not in await friend.say("/spaces")


async def test_a_co_lister_leaves(lister: Chat, friend: Chat) -> None:
    await joined(lister, friend)
    assert "Look after this space no more?" in await opened(friend, "Leave")
    assert "You list no space yet." in await friend.press("Leave")


async def test_strangers_are_refused(chat: Chat) -> None:
    assert "not offered any more" in await chat.press_data("s.co:0000000007:0")
