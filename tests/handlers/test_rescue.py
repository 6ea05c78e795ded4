"""Somebody stands in one's space: one card from the report to another space."""

import pytest

from market.domain.booking import State
from market.domain.ids import PhotoId
from market.ports.photos import StoredPhoto
from storage.database import Store
from tests.examples import LISTER, NOON, at, window
from tests.handlers.post import Post
from tests.handlers.test_bookings import booked
from tests.handlers.test_requests import late
from tests.handlers.town import BAKERY, DRIVEWAY, GARAGE, Town
from tests.telegram import Chat, Clock


@pytest.fixture
def owner(chat: Chat) -> Chat:
    return chat.of(1000 + LISTER)


@pytest.fixture
async def there(chat: Chat, owner: Chat, town: Town, post: Post, clock: Clock) -> Chat:
    """At 18:00, in front of a space that is booked until 20:00."""
    await booked(chat)
    await post.deliver(owner)
    clock.pass_(hours=4)
    town.taken.append((BAKERY, window(4, 6)))
    return chat


@pytest.mark.parametrize("photo_first", [False, True])
async def test_nothing_more_is_asked_about_a_booking_that_is_over(
    there: Chat, clock: Clock, photo_first: bool
) -> None:
    await there.press("Problem")
    await there.press("Somebody is in my space")
    if photo_first:
        await there.send_photo("car")
    clock.pass_(hours=3)
    assert "Courtyard behind the bakery" in await there.say("Bakery Street 4")
    assert (await there.say("Bakery Street 4")).startswith("Free near ⁨Bakery Street 4, Berlin⁩")


async def reported(chat: Chat) -> str:
    await chat.press("Problem")
    await chat.press("Somebody is in my space")
    await chat.send_photo("car")
    return await chat.say("BXY-99")


async def test_a_photo_and_a_plate_lead_to_another_space_at_the_lower_price(
    there: Chat, owner: Chat, town: Town, post: Post
) -> None:
    assert "What is wrong?" in await there.press("Problem")
    assert "Send a photo of the car in your space" in await there.press("Somebody is in my space")
    assert "What is on its plate?" in await there.send_photo("car")
    assert await there.say("BXY-99") == (
        "~ The lister has been told.\n\n"
        "Kept for you until 18:05: <b>⁨Garage B, bay 12⁩</b>, today 18:00–20:00, 70 m, 1 min,"
        " for €5.00. You owe nothing for the other one then.\n"
        "[Take it · €5.00 | e.take]\n"
        "[Only the refund | e.refund]"
    )
    assert "reports a car: <b>BXY99</b>" in await post.deliver(owner)
    taken = await there.press("Take it · €5.00")
    assert "<b>Booked.</b> ⁨Garage B, bay 12⁩, today 18:00–20:00, €5.00, pay on site." in taken
    assert "Mill Lane 1" in taken
    assert "so a booking was called off" in await post.deliver(owner)
    states = {booking.space: booking.state for booking in await town.bookings()}
    assert states == {BAKERY: State.CANCELLED, GARAGE: State.BOOKED}


async def test_with_a_few_minutes_left_it_is_said_that_stays_last_longer(
    there: Chat, clock: Clock
) -> None:
    clock.pass_(hours=1, minutes=45)
    card = await reported(there)
    assert "today 19:45–20:15" in card
    assert "Stays last 30 min or more, so it is longer than yours." in card


async def test_the_way_into_the_other_space_is_shown_with_it(
    there: Chat, town: Town, store: Store
) -> None:
    photos = [StoredPhoto(PhotoId(number), LISTER, NOON, f"file-{number}") for number in (1, 2)]
    async with store.begin() as work:
        for photo in photos:
            await work.photos.add(photo)
        await work.photos.attach(GARAGE, [photo.id for photo in photos], entrance=True)
    await reported(there)
    assert (await there.press("Take it · €5.00")).endswith("<2 photos>")


async def test_only_the_refund_may_be_wanted(there: Chat, town: Town) -> None:
    await reported(there)
    assert await there.press("Only the refund") == (
        "~ Called off. You owe nothing.\n[Find another | f.again] [My bookings | b.all]"
    )
    states = {booking.space: booking.state for booking in await town.bookings()}
    assert states == {BAKERY: State.CANCELLED, GARAGE: State.WITHDRAWN}


async def test_nothing_near_says_so_and_offers_the_refund(there: Chat, town: Town) -> None:
    town.taken += [(GARAGE, window(0, 9)), (DRIVEWAY, window(0, 9))]
    answer = await reported(there)
    assert "Nothing like it is free within 2 km." in answer
    assert "[Only the refund | e.refund] [Look again | e.again]" in answer
    town.taken.pop(1)
    assert "⁨Garage B, bay 12⁩" in await there.press("Look again")


async def test_nothing_near_can_be_waited_for(there: Chat, town: Town) -> None:
    town.taken += [(GARAGE, window(0, 9)), (DRIVEWAY, window(0, 9))]
    await reported(there)
    answer = await there.press("Tell me")
    assert "I will tell you, once, as soon as it can be had" in answer
    assert "[Only the refund | e.refund] [Look again | e.again]" in answer


async def test_what_asks_for_a_plate_is_not_offered_to_who_has_named_none(
    there: Chat, town: Town
) -> None:
    town.taken.append((GARAGE, window(0, 9)))
    assert "Nothing like it is free" in await reported(there)


async def test_after_five_minutes_something_else_is_held(
    there: Chat, town: Town, clock: Clock
) -> None:
    await reported(there)
    clock.pass_(minutes=5)
    again = await there.press("Take it · €5.00")
    assert again.startswith("~ The five minutes are over. This is what can be had now:")
    assert "Kept for you until 18:10: <b>⁨Garage B, bay 12⁩</b>, today 18:05–20:00" in again
    assert "Booked." in await there.press("Take it · €5.00")


async def test_taking_it_twice_is_taking_it_once(there: Chat, town: Town) -> None:
    await reported(there)
    card = there.card("Take it · €5.00")
    await there.press("Take it · €5.00")
    await there.press("Take it · €5.00", on=card)
    assert len([it for it in await town.bookings() if it.state is State.BOOKED]) == 1


async def test_taking_it_after_the_refund_shows_the_booking(there: Chat) -> None:
    await reported(there)
    card = there.card("Take it · €5.00")
    await there.press("Only the refund")
    assert "Cancelled. You owe nothing." in await there.press("Take it · €5.00", on=card)


async def test_what_is_not_a_photo_or_a_plate_is_asked_for_again(there: Chat) -> None:
    await there.press("Problem")
    await there.press("Somebody is in my space")
    assert "I need a photo of the car first." in await there.say("BXY-99")
    assert "as a photo, not as a file" in await there.send_file("car.heic", "image/heic")
    await there.send_photo("car")
    assert "no number plate" in await there.say("!!!")
    assert "What is on its plate?" in await there.send_sticker()
    assert "What is on its plate?" in await there.send_photo("again")
    assert "Kept for you" in await there.say("BXY 99")


async def test_nobody_is_rescued_hours_before(chat: Chat, town: Town) -> None:
    await booked(chat)
    await chat.press("Problem")
    early = await chat.press("Somebody is in my space")
    assert early == "toast: That can be said from 17:45 on."


async def test_a_problem_with_a_stay_that_is_over_shows_the_stay(there: Chat, clock: Clock) -> None:
    card = there.card("Problem")
    clock.pass_(hours=2)
    assert "This stay is over." in await there.press("Problem", on=card)


async def test_a_late_tap_takes_nothing(there: Chat, town: Town, clock: Clock) -> None:
    await reported(there)
    data = there.card("Take it · €5.00").button("Take it · €5.00")["callback_data"]
    answer = await late(there, clock, data)
    assert answer.startswith("Your tap took more than ten minutes")
    states = {booking.space: booking.state for booking in await town.bookings()}
    assert states[BAKERY] is State.BOOKED
    assert clock() > at(4)
