"""The pictures of a listed space."""

from typing import Any

from chat.wakes import Wakes
from tests.handlers.spaces.opening import opened
from tests.handlers.town import BAKERY, Town
from tests.telegram import Chat, Clock


async def sent(lister: Chat, store: Any, worker: Any, clock: Clock, *names: str) -> str:
    await lister.send_photo(*names)
    clock.pass_(seconds=2)
    await Wakes(store, worker, clock=clock).sweep()
    await lister.idle()
    return lister.heard()


async def test_photos_are_added_and_removed(
    lister: Chat, store: Any, worker: Any, clock: Clock
) -> None:
    await opened(lister, "Edit", "Photos")
    assert "2 photos." in await sent(lister, store, worker, clock, "one", "two")
    assert "1 photo." in await lister.press("Remove 1")
    assert "At least one photo is needed" in await lister.press("Remove 1")


async def test_entrance_photos_are_another_album(
    lister: Chat, store: Any, worker: Any, clock: Clock, town: Town
) -> None:
    assert "0 photos of the way in" in await opened(lister, "Edit", "Entrance photos")
    said = await sent(lister, store, worker, clock, "gate")
    assert "1 photo of the way in, for booked renters alone." in said
    async with town.store.read() as work:
        space = await work.spaces.get(BAKERY)
    assert (len(space.entrance), len(space.photos)) == (1, 0)
    assert "0 photos of the way in" in await lister.press("Remove 1")


async def test_the_eleventh_is_refused_and_the_same_again_is_ignored(
    lister: Chat, store: Any, worker: Any, clock: Clock
) -> None:
    await opened(lister, "Edit", "Photos")
    await sent(lister, store, worker, clock, *(f"p{n}" for n in range(10)))
    again = await sent(lister, store, worker, clock, "p3")
    assert "10 photos." in again
    assert "10 is the most" in await lister.send_photo("another")


async def test_something_else_than_a_photo_is_asked_for_one(lister: Chat) -> None:
    await opened(lister, "Edit", "Photos")
    assert "Send a photo of the space" in await lister.send_sticker()
    assert "Send it as a photo, not as a file." in await lister.send_file("a.heic", "image/heic")
