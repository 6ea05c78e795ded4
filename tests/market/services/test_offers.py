import random
from dataclasses import replace
from typing import Any

import pytest

from gateways.geography import OfflineGeography
from market.domain.edit import Edit
from market.domain.errors import BookingsAhead, Invalid, NotFound, Outdated
from market.domain.ids import PhotoId, SpaceId
from market.domain.offer import Offer, offered, switched
from market.domain.place import Point
from market.domain.space import Space, SpaceState
from market.domain.tariff import Tariff
from market.ports.photos import PlacedPhoto, StoredPhoto
from market.services import Market, Services
from market.services.offers import OfferService
from storage.database import Store
from tests.examples import LISTER, NOON, RENTER, STRANGER, a_booking, a_space, at, euros, window

SPACE = SpaceId(7)


def services(work: Any, now: Any = NOON) -> Services:
    return Services(work, now, Market(None, None, chance=random.Random(1)))


def offering(work: Any) -> OfferService:
    return OfferService(work, NOON, OfflineGeography("EUR"), random.Random(1))


def test_what_an_offer_does_not_speak_of_stays() -> None:
    space = a_space(approved=3, version=9)

    changed = offered(space, Offer(Point(1, 2), Edit(title="Another title"), address=" a  b "))

    assert changed == replace(space, title="Another title", place=Point(1, 2), address="a b")


def test_what_the_operator_has_hidden_stays_hidden() -> None:
    hidden = a_space(state=SpaceState.HIDDEN)

    assert switched(hidden, live=True) is hidden


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
        offers = offering(work)
        await offers.revise(LISTER, SPACE, Offer(there, Edit()), versions=[1], live=False)
        with pytest.raises(BookingsAhead):
            await offers.revise(LISTER, SPACE, Offer(farther, Edit()), versions=[2], live=False)
        again = await offers.revise(LISTER, SPACE, Offer(there, Edit()), versions=[2], live=False)
        assert again.promised == (a_space().place,)


def test_a_space_takes_bookings_once_there_is_a_photo() -> None:
    with pytest.raises(Invalid):
        switched(a_space(), live=True)


async def test_a_space_is_made_with_the_zone_and_currency_of_its_place(town: Store) -> None:
    helsinki = Point(60.1699, 24.9384)
    terms = Edit(title="Courtyard", tariff=Tariff(euros(250)))
    async with town.begin() as work:
        made = await offering(work).make(LISTER, Offer(helsinki, terms))
        beside = await offering(work).make(LISTER, Offer(helsinki, terms))

    assert (made.zone, made.country, made.state) == ("Europe/Helsinki", "FI", SpaceState.PAUSED)
    assert beside.offset == made.offset, "a second one would give the place away"


async def test_a_version_that_is_no_longer_the_space_s_is_outdated(town: Store) -> None:
    async with town.begin() as work:
        with pytest.raises(Outdated):
            await offering(work).revise(
                LISTER, SPACE, Offer(Point(52.52, 13.405), Edit()), versions=[9], live=False
            )


async def test_the_first_photo_of_a_space_makes_it_live_and_the_eleventh_is_too_many(
    town: Store,
) -> None:
    async with town.begin() as work:
        await work.spaces.save(a_space(state=SpaceState.PAUSED))
        offers = offering(work)

        async def photo(number: int, *, entrance: bool) -> Space:
            kept = StoredPhoto(PhotoId(number), LISTER, NOON, key=f"key-{number}")
            return await offers.add_photo(LISTER, SPACE, kept, entrance=entrance)

        assert (await photo(1, entrance=True)).state is SpaceState.PAUSED
        assert (await photo(2, entrance=False)).state is SpaceState.LIVE
        for number in range(3, 12):
            space = await photo(number, entrance=False)
        assert (len(space.photos), len(space.entrance)) == (10, 1)
        with pytest.raises(Invalid):
            await photo(12, entrance=False)


def test_only_a_photo_of_the_space_itself_is_public() -> None:
    photo = StoredPhoto(PhotoId(1), LISTER, NOON, key="key")
    places = [(SPACE, False), (SPACE, True), (None, False)]

    assert [PlacedPhoto(photo, *place).public for place in places] == [True, False, False]
