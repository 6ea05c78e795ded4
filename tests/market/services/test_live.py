import pytest

from market.domain.change import Change, Noun
from market.domain.ids import PhotoId
from market.domain.space import SpaceState
from market.ports.photos import StoredPhoto
from market.services.finding import FindingService
from market.services.live import LiveService
from market.services.shelf import Shelf
from tests.examples import LISTER, NOON, RENTER, STRANGER, a_booking, a_space, settle, window

NOWHERE = None
"""No search is made here."""


@pytest.fixture
async def booked(store):
    """A space, and a booking of it that keeps it at noon."""
    booking = a_booking(window(0, 2))
    async with store.begin() as work:
        await settle(work)
        await work.bookings.add(booking)
        await work.colisters.add(a_space().id, STRANGER, NOON)
    return booking


async def news(store, *changes: tuple[Noun, int]):
    async with store.read() as work:
        numbered = [Change(n, noun, key) for n, (noun, key) in enumerate(changes, 1)]
        finding = FindingService(work, NOON, NOWHERE, Shelf())
        return await LiveService(work, NOON, finding).news(numbered)


async def test_a_booking_is_for_its_parties_and_changes_its_space_for_everybody(
    store, booked
) -> None:
    told = await news(store, (Noun.BOOKING, booked.id), (Noun.BOOKING, booked.id))
    ((booking,), (space,)) = told.bookings, told.spaces
    assert booking.booking == booked
    assert booking.parties == {RENTER, LISTER, STRANGER}
    assert (space.space.id, space.free) == (booked.space, False)


async def test_what_was_erased_is_no_news(store, booked) -> None:
    told = await news(store, (Noun.BOOKING, 404), (Noun.SPACE, 404))
    assert (told.bookings, told.spaces) == ([], [])


@pytest.mark.parametrize(
    ("state", "photos", "told"),
    [
        (SpaceState.LIVE, (), True),
        (SpaceState.PAUSED, (PhotoId(1),), True),
        (SpaceState.PAUSED, (), False),
    ],
    ids=["live", "paused", "never shown to anybody"],
)
async def test_a_space_is_news_once_somebody_could_see_it(store, state, photos, told) -> None:
    space = a_space(state=state)
    async with store.begin() as work:
        await settle(work, space)
        if photos:
            await work.photos.add(StoredPhoto(photos[0], LISTER, NOON, file_id="f"))
            await work.photos.attach(space.id, photos)
    found = await news(store, (Noun.SPACE, space.id))
    assert [it.space.id for it in found.spaces] == [space.id] * told
    assert all(it.free == space.open_for_booking for it in found.spaces)
