from dataclasses import replace

import pytest

from jobs.stays import BATCH, Completing, Expiring
from market.domain.booking import State
from market.domain.ids import BookingId, PhotoId, QuoteId, SpaceId
from market.domain.stay import Overstay
from market.ports.photos import StoredPhoto
from storage.database import Store
from tests.examples import LISTER, NOON, a_booking, a_space, at, euros, settle, window
from tests.telegram import Clock


@pytest.fixture
async def town(store: Store) -> Store:
    """As many spaces as there are bookings to sweep, and one more."""
    async with store.begin() as work:
        await settle(work, *(a_space(id=SpaceId(100 + n)) for n in range(BATCH + 1)))
    return store


async def filled(store: Store, **changes) -> None:
    async with store.begin() as work:
        for n in range(BATCH + 1):
            booking = a_booking(window(5, 7), id=BookingId(n + 1), quote=QuoteId(n + 1))
            await work.bookings.add(replace(booking, space=SpaceId(100 + n), **changes))


async def states(store: Store) -> set[State]:
    async with store.read() as work:
        return {(await work.bookings.get(BookingId(n + 1))).state for n in range(BATCH + 1)}


async def test_requests_and_holds_end_when_their_time_is_over(town, store) -> None:
    await filled(store, state=State.REQUESTED, expires_at=at(4))
    expiring = Expiring(store, Clock(at(4)))
    assert await Expiring(store, Clock(at(3.9)))() is False
    assert await states(store) == {State.REQUESTED}
    assert await expiring() is True
    assert await expiring() is False
    assert await states(store) == {State.EXPIRED}


async def test_stays_end_some_grace_after_their_end(town, store) -> None:
    await filled(store)
    completing = Completing(store, Clock(at(7.2)))
    assert await Completing(store, Clock(at(7.1)))() is False
    assert await states(store) == {State.BOOKED}
    assert await completing() is True
    assert await completing() is False
    assert await states(store) == {State.COMPLETED}


async def test_photos_of_overstays_go_after_a_month(town, store) -> None:
    await filled(store)
    async with store.begin() as work:
        await work.photos.add(StoredPhoto(PhotoId(1), LISTER, NOON, file_id="car"))
        seen = Overstay(LISTER, PhotoId(1), at(8), euros(250))
        await work.overstays.save(BookingId(1), seen)
    await Completing(store, Clock(at(8 + 31 * 24)))()
    async with store.read() as work:
        assert await work.photos.many([PhotoId(1)]) == []
        assert await work.overstays.of(BookingId(1)) == replace(seen, photo=None)
