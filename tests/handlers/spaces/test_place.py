"""Moving a space, with and without bookings ahead."""

from market.domain.place import Point
from tests.examples import window
from tests.handlers.spaces.opening import opened
from tests.handlers.town import BAKERY, Town, north
from tests.telegram import Chat


async def at(town: Town) -> Point:
    async with town.store.read() as work:
        return (await work.spaces.get(BAKERY)).place


async def test_a_space_moves_anywhere_while_nobody_is_to_come(lister: Chat, town: Town) -> None:
    assert "Now: ⁨Bakery Street 4⁩" in await opened(lister, "Edit", "Place")
    await lister.send_location(52.6, 13.5)
    assert await at(town) == Point(52.6, 13.5)


async def test_with_bookings_ahead_it_moves_fifty_metres(lister: Chat, town: Town) -> None:
    await town.book(BAKERY, window(24, 26))
    await opened(lister, "Edit", "Place")
    near = north(280)
    await lister.send_location(near.lat, near.lng)
    assert await at(town) == near
    await opened(lister, "Edit", "Place")
    said = await lister.send_location(52.6, 13.5)
    assert "It can move 50 m at most while 1 booking is ahead:\ntomorrow 14:00–16:00" in said
    assert await at(town) == near


async def test_typed_coordinates_will_do(lister: Chat, town: Town) -> None:
    await opened(lister, "Edit", "Place")
    await lister.say("52.6, 13.5")
    assert await at(town) == Point(52.6, 13.5)


async def test_what_is_no_place_is_asked_again(lister: Chat, town: Town) -> None:
    await opened(lister, "Edit", "Place")
    assert "I need the place" in await lister.send_sticker()
    assert "in the sea off Africa" in await lister.send_location(0, 0)
    assert await at(town) == north(240)


async def test_a_space_does_not_move_to_where_other_money_is_used(lister: Chat, town: Town) -> None:
    await opened(lister, "Edit", "Place")
    assert "Other money is used there." in await lister.send_location(35.68, 139.76)
