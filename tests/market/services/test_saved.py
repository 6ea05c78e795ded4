import pytest

from market.domain.errors import Invalid, NotFound, TooMany
from market.domain.ids import PlaceId, SpaceId
from market.domain.place import Point
from market.domain.saved import MOST_FAVOURITES, MOST_PLACES
from market.domain.space import SpaceState
from market.services.saved import SavedService
from tests.examples import NOON, RENTER, STRANGER, a_space

HERE, THERE = Point(52.5, 13.4), Point(48.1, 11.6)
SPACE = SpaceId(7)


async def test_places_have_names_and_can_be_removed(town) -> None:
    async with town.begin() as work:
        saved = SavedService(work, NOON)
        home = await saved.save_place(RENTER, " Home ", HERE)
        assert await saved.places(RENTER) == [home]
        assert (home.name, home.point) == ("Home", HERE)
        with pytest.raises(NotFound):
            await saved.remove_place(STRANGER, home.id)
        await saved.remove_place(RENTER, home.id)
        assert await saved.places(RENTER) == []
        with pytest.raises(NotFound):
            await saved.remove_place(RENTER, PlaceId(1))
        with pytest.raises(Invalid):
            await saved.save_place(RENTER, "", HERE)


async def test_so_many_places_are_the_most_but_one_of_them_may_move(town) -> None:
    async with town.begin() as work:
        saved = SavedService(work, NOON)
        for n in range(MOST_PLACES):
            await saved.save_place(RENTER, f"Place {n}", HERE)
        with pytest.raises(TooMany):
            await saved.save_place(RENTER, "Another", HERE)
        await saved.save_place(RENTER, "Place 0", THERE)
        places = {place.name: place.point for place in await saved.places(RENTER)}
    assert (len(places), places["Place 0"]) == (MOST_PLACES, THERE)


async def test_a_favourite_is_turned_on_and_off(town) -> None:
    async with town.begin() as work:
        saved = SavedService(work, NOON)
        assert not await saved.is_favourite(RENTER, SPACE)
        assert await saved.turn_favourite(RENTER, SPACE)
        assert await saved.is_favourite(RENTER, SPACE)
        assert not await saved.is_favourite(STRANGER, SPACE)
        assert await saved.favourites(RENTER) == [a_space()]
        assert not await saved.turn_favourite(RENTER, SPACE)
        assert await saved.favourites(RENTER) == []


async def test_only_so_many_spaces_that_are_there_can_be_favourites(town) -> None:
    async with town.begin() as work:
        saved = SavedService(work, NOON)
        with pytest.raises(NotFound):
            await saved.turn_favourite(RENTER, SpaceId(1))
        for n in range(MOST_FAVOURITES):
            await work.spaces.add(a_space(id=SpaceId(100 + n)))
            await saved.turn_favourite(RENTER, SpaceId(100 + n))
        with pytest.raises(TooMany):
            await saved.turn_favourite(RENTER, SPACE)
        await work.spaces.save(a_space(id=SpaceId(100), state=SpaceState.DELETED))
        assert len(await saved.favourites(RENTER)) == MOST_FAVOURITES - 1
