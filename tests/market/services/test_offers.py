import random
from dataclasses import replace
from typing import Any

import pytest

from gateways.geography import OfflineGeography
from market.domain.edit import Edit
from market.domain.errors import BookingsAhead, NotFound
from market.domain.ids import PhotoId, SpaceId
from market.domain.offer import Offer, offered, switched
from market.domain.place import Box, Point
from market.domain.space import SpaceState
from market.ports.photos import StoredPhoto
from market.services import Market, Services
from market.services.offers import OfferService
from storage.database import Store
from tests.examples import LISTER, NOON, RENTER, STRANGER, a_booking, a_space, at, euros, window

SPACE = SpaceId(7)


def services(work: Any, now: Any = NOON) -> Services:
    return Services(work, now, Market(None, None, chance=random.Random(1)))


def test_what_an_offer_does_not_speak_of_stays() -> None:
    space = a_space(approved=3, version=9)

    changed = offered(space, Offer(Point(1, 2), Edit(title="Another title"), address=" a  b "))

    assert changed == replace(space, title="Another title", place=Point(1, 2), address="a b")


def test_what_the_operator_has_hidden_stays_hidden() -> None:
    hidden = a_space(state=SpaceState.HIDDEN)

    assert switched(hidden, live=True) is hidden


@pytest.mark.parametrize(
    ("lat", "lng", "holds"),
    [(0, 0, True), (2, 0, False), (0, 2, False), (0, -2, False), (1, 1, True)],
    ids=["within", "north", "east", "west", "on its corner"],
)
def test_a_box_holds_what_lies_within(lat, lng, holds) -> None:
    assert Box(-1, -1, 1, 1).holds(lat, lng) is holds


def test_a_box_across_the_antimeridian_holds_both_sides() -> None:
    box = Box(179, -1, -179, 1)

    assert [box.holds(0, lng) for lng in (179.5, -179.5, 0)] == [True, True, False]
    assert abs(box.centre.lng) == 180


async def photos(town: Store) -> list[PhotoId]:
    """One of the space, one of its entrance, one of nothing."""
    kept = [StoredPhoto(PhotoId(n), LISTER, NOON, key=f"key-{n}") for n in (1, 2, 3)]
    async with town.begin() as work:
        for photo in kept:
            await work.photos.add(photo)
        await work.photos.attach(SPACE, [kept[0].id])
        await work.photos.attach(SPACE, [kept[1].id], entrance=True)
    return [photo.id for photo in kept]


async def test_a_photo_is_seen_by_whom_it_is_for(town: Store) -> None:
    ids = await photos(town)

    async def seen(person: Any, now: Any = NOON) -> list[bool]:
        answers = []
        async with town.begin() as work:
            for photo in ids:
                try:
                    await services(work, now).photos.seen_by(person, photo)
                    answers.append(True)
                except NotFound:
                    answers.append(False)
        return answers

    assert await seen(LISTER) == [True, True, True]
    assert await seen(RENTER) == [True, False, False]
    assert await seen(None) == [True, False, False]
    async with town.begin() as work:
        await work.bookings.add(a_booking(window(1, 3), total=euros(500)))
    assert await seen(RENTER) == [True, True, False]
    assert await seen(STRANGER) == [True, False, False]
    assert await seen(RENTER, at(3)) == [True, False, False]


async def test_a_photo_that_is_not_there_is_not_found(town: Store) -> None:
    async with town.begin() as work:
        with pytest.raises(NotFound):
            await services(work).photos.seen_by(LISTER, PhotoId(9))


async def test_nothing_is_free_of_a_paused_space(town: Store) -> None:
    async with town.begin() as work:
        finding = services(work).finding
        paused = a_space(state=SpaceState.PAUSED)

        assert await finding.free_windows(paused, window(0, 5)) == []
        assert await finding.free_windows(a_space(), window(0, 5)) == [window(0, 5)]
        assert not await finding.free_now(paused)
        assert await finding.free_now(a_space())


async def test_revised_places_do_not_add_up_while_somebody_is_to_come(town: Store) -> None:
    there, farther = (Point(52.52 + metres / 111_195, 13.405) for metres in (40, 80))
    async with town.begin() as work:
        await work.bookings.add(a_booking(window(1, 3)))
        offers = OfferService(work, NOON, OfflineGeography("EUR"), random.Random(1))
        await offers.revise(LISTER, SPACE, Offer(there, Edit()), versions=[1], live=False)
        with pytest.raises(BookingsAhead):
            await offers.revise(LISTER, SPACE, Offer(farther, Edit()), versions=[2], live=False)
        again = await offers.revise(LISTER, SPACE, Offer(there, Edit()), versions=[2], live=False)
        assert again.promised == (a_space().place,)
