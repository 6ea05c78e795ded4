"""One booking as its lister sees it."""

import pytest

from market.domain.booking import State
from market.domain.ids import SpaceId, written
from market.domain.space import Approval
from tests.examples import LISTER, NOON
from tests.handlers.post import Post
from tests.handlers.test_bookings import booked
from tests.handlers.test_requests import asked, late
from tests.handlers.town import BAKERY, Town
from tests.telegram import Chat, Clock


@pytest.fixture
def owner(chat: Chat) -> Chat:
    return chat.of(1000 + LISTER)


@pytest.fixture
async def stay(chat: Chat, town: Town) -> str:
    """From 18:00 to 20:00; its id as buttons carry it."""
    await booked(chat)
    (booking,) = await town.bookings()
    return written(booking.id)


async def show(owner: Chat, stay: str) -> str:
    return await owner.press_data(f"h.open:{stay}:0")


async def test_a_lister_sees_what_is_owed(owner: Chat, stay: str) -> None:
    assert await show(owner, stay) == (
        "<b>⁨Courtyard behind the bakery⁩</b>\n"
        "Today 18:00–20:00\n"
        "€5.00\n\n"
        "Booked.\n"
        "The renter owes you €5.00, paid on site.\n"
        "[Paid | h.paid] [Waive | h.wask]\n"
        "[Cancel | s.cask]\n"
        "[Message | m.write] [Back | s.books]"
    )


async def test_the_list_of_bookings_leads_to_each_and_to_the_past_ones(
    owner: Chat, stay: str
) -> None:
    listed = await owner.press_data(f"s.books:{written(BAKERY)}:0")
    assert "[1 | h.open]" in listed
    assert "Nobody has stayed there" in await owner.press("Past")
    await owner.press("Back")
    assert "The renter owes you €5.00" in await owner.press("1")


async def test_what_is_paid_is_owed_no_more(chat: Chat, owner: Chat, stay: str, post: Post) -> None:
    await show(owner, stay)
    paid = await owner.press("Paid")
    assert "Nothing is owed." in paid
    assert "[Paid" not in paid
    await chat.say("/bookings")
    assert "You owe nothing." in await chat.press("1")
    assert "The lister will owe you €5.00 back." in await chat.press("Cancel")
    assert "The lister owes you €5.00 back." in await chat.press("Confirm")
    told = await post.deliver(owner)
    assert "It is free again. You owe the renter €5.00 back." in told
    assert "You owe the renter €5.00 back." in await show(owner, stay)
    assert "Nothing is owed." in await owner.press("Given back")


async def test_what_was_paid_comes_back_when_the_lister_cancels(
    chat: Chat, owner: Chat, stay: str, post: Post
) -> None:
    await show(owner, stay)
    await owner.press("Paid")
    await owner.press("Cancel")
    await owner.press("Confirm")
    assert "The lister owes you €5.00 back." in await post.deliver(chat)


async def test_waiving_is_asked_about_first(chat: Chat, owner: Chat, stay: str) -> None:
    await show(owner, stay)
    assert "Ask for none of the €5.00? It cannot be undone." in await owner.press("Waive")
    sure = owner.card("Confirm")
    assert "Nothing is owed." in await owner.press("Confirm")
    assert await owner.press("Confirm", on=sure) == ""
    await chat.say("/bookings")
    shown = await chat.press("1")
    assert "You owe nothing." in shown
    assert "Free to cancel until the start." in shown
    assert "Cancelling costs" not in shown
    assert "You will owe nothing." in await chat.press("Cancel")
    assert "You owe nothing." in await chat.press("Confirm")


async def test_a_waiver_of_nothing_shows_the_booking(owner: Chat, stay: str) -> None:
    await show(owner, stay)
    card = owner.card("Waive")
    await owner.press("Paid")
    assert "[Confirm" not in await owner.press("Waive", on=card)


async def test_a_space_nobody_came_to_is_taken_back_after_an_hour(
    chat: Chat, owner: Chat, town: Town, stay: str, post: Post, clock: Clock
) -> None:
    clock.pass_(hours=4, minutes=59)
    assert "Nobody came" not in await show(owner, stay)
    clock.pass_(minutes=1)
    await show(owner, stay)
    sure = await owner.press("Nobody came")
    assert "The renter owes at most the first hour, €2.50, and is told." in sure
    assert "You took it back, because nobody came." in await owner.press("Confirm")
    told = await post.deliver(chat)
    assert "Nobody came to ⁨Courtyard behind the bakery⁩" in told
    assert "It costs at most the first hour. You still owe €2.50, pay on site." in told
    (booking,) = await town.bookings()
    assert booking.state is State.RELEASED
    await chat.say("/bookings")
    await chat.press("Past")
    assert "the lister took it back. You still owe €2.50" in await chat.press("1")


async def test_a_request_is_answered_from_its_card(
    chat: Chat, owner: Chat, town: Town, post: Post
) -> None:
    await town.change(BAKERY, approval=Approval.REQUEST)
    await asked(chat)
    (request,) = await town.bookings()
    card = await show(owner, written(request.id))
    assert "A request. Please answer by 17:00." in card
    assert "[Yes | r.yes] [No | r.no]" in card
    assert "Declined." in await owner.press("No")
    assert "Declined." in await show(owner, written(request.id))


async def test_only_a_picture_shows_that_a_car_is_still_there(
    owner: Chat, town: Town, stay: str, clock: Clock
) -> None:
    clock.pass_(hours=6, minutes=9)
    assert "Still there" not in await show(owner, stay)
    clock.pass_(minutes=1)
    await show(owner, stay)
    await owner.press("Still there")
    assert "as a photo, not as a file" in await owner.send_file("car.heic", "image/heic")
    seen = await owner.send_photo("car")
    assert "Overstayed: €2.50 more." in seen
    assert "The renter owes you €7.50, paid on site." in seen


async def test_past_bookings_are_kept_at_hand_for_a_month(
    chat: Chat, owner: Chat, town: Town, stay: str, clock: Clock
) -> None:
    nobody = await owner.press_data(f"h.past:{written(BAKERY)}:0")
    assert "Nobody has stayed there within the last month." in nobody
    clock.pass_(hours=7)
    past = await owner.press_data(f"h.past:{written(BAKERY)}:0")
    assert "1  today 18:00–20:00 · €5.00" in past
    assert "The renter owes you €5.00" in await owner.press("1")


async def test_what_is_owed_for_a_cancelled_stay_is_at_hand_at_once(
    chat: Chat, owner: Chat, stay: str, post: Post, clock: Clock
) -> None:
    clock.pass_(minutes=11)
    await chat.say("/bookings")
    await chat.press("1")
    await chat.press("Cancel")
    assert "You still owe €2.50" in await chat.press("Confirm")
    past = await owner.press_data(f"h.past:{written(BAKERY)}:0")
    assert "1  today 18:00–20:00 · €5.00 · cancelled" in past
    assert "The renter owes you €2.50" in await owner.press("1")


async def test_a_late_tap_changes_nothing(owner: Chat, town: Town, stay: str, clock: Clock) -> None:
    await show(owner, stay)
    data = owner.card("Paid").button("Paid")["callback_data"]
    answer = await late(owner, clock, data)
    assert answer.startswith("Your tap took more than ten minutes")
    assert "The renter owes you €5.00" in answer
    data = f"h.past:{written(BAKERY)}:0"
    assert clock() > NOON
    assert "Past bookings of" in await owner.press_data(data)


async def test_bookings_of_other_listers_are_not_found(chat: Chat, owner: Chat, stay: str) -> None:
    for user in (7, 8):
        for act in ("open", "paid", "wask", "waive", "rask", "release", "over"):
            answer = await chat.press_data(f"h.{act}:{stay}:0", user=user)
            assert "no such booking of yours" in answer
    assert "not offered any more" in await chat.press_data(f"h.past:{written(SpaceId(7))}:0")
