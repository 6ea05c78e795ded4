"""Preferences, places, favourites and alerts, as the store keeps them."""

from dataclasses import replace

import pytest

from market.domain.alert import Alert
from market.domain.errors import NotFound
from market.domain.ids import AlertId, PlaceId, SpaceId, VehicleId
from market.domain.money import Money
from market.domain.place import Point
from market.domain.preferences import Preferences, Size
from market.domain.saved import SavedPlace
from market.domain.search import Filters, Sort
from market.domain.space import Tag
from market.domain.vehicle import Vehicle
from storage.database import Store
from tests.examples import NOON, RENTER, STRANGER, a_space, at, settle, window

CHOSEN = Preferences(
    sort=Sort.BEST_RATED,
    tags=frozenset({Tag.EV, Tag.LIT}),
    instant_only=True,
    max_price=Money(500, "EUR"),
    fitting=False,
    size=Size(190, None),
)
FILTERS = Filters(frozenset({Tag.EV}), 190, 460, 500, "EUR", instant_only=True)
ALERT = Alert(
    id=AlertId(5),
    person=RENTER,
    point=Point(52.52, 13.405),
    zone="Europe/Berlin",
    window=window(1, 3),
    filters=FILTERS,
    made_at=NOON,
    place="Mill Lane 1",
)


async def test_preferences_come_back_with_the_size_of_the_vehicle_used_last(store: Store) -> None:
    async with store.begin() as work:
        await settle(work)
        assert await work.preferences.of(RENTER) == Preferences()
        await work.vehicles.add(Vehicle(VehicleId(1), RENTER, "VAN1", NOON, 230, 550))
        await work.vehicles.add(Vehicle(VehicleId(2), RENTER, "CAR1", at(1), None, 460))
        assert await work.preferences.of(RENTER) == Preferences(vehicle=Size(None, 460))
        await work.preferences.save(RENTER, Preferences())
        await work.preferences.save(RENTER, CHOSEN)
        assert await work.preferences.of(RENTER) == replace(CHOSEN, vehicle=Size(None, 460))
        assert await work.preferences.of(STRANGER) == Preferences()


async def test_a_place_of_the_same_name_moves(store: Store) -> None:
    home = SavedPlace(PlaceId(1), RENTER, "Home", Point(52.5, 13.4), NOON)
    work_place = SavedPlace(PlaceId(2), RENTER, "Work", Point(52.6, 13.5), at(1))
    async with store.begin() as work:
        await settle(work)
        for place in (home, work_place, replace(home, id=PlaceId(3), point=Point(1, 2))):
            await work.places.add(place)
        assert await work.places.of(RENTER) == [replace(home, point=Point(1, 2)), work_place]
        assert await work.places.of(STRANGER) == []
        with pytest.raises(NotFound):
            await work.places.remove(home.id, STRANGER)
        await work.places.remove(home.id, RENTER)
        assert await work.places.of(RENTER) == [work_place]


async def test_favourites_come_newest_first(store: Store) -> None:
    async with store.begin() as work:
        await settle(work, a_space(), a_space(id=SpaceId(8)))
        for space, since in ((7, NOON), (8, at(1)), (7, at(2))):
            await work.favourites.add(RENTER, SpaceId(space), since)
        assert await work.favourites.of(RENTER) == [8, 7]
        await work.favourites.remove(RENTER, SpaceId(8))
        assert not await work.favourites.has(RENTER, SpaceId(8))
        assert await work.favourites.has(RENTER, SpaceId(7))


@pytest.mark.parametrize(
    "alert",
    [ALERT, replace(ALERT, filters=Filters(), space=SpaceId(7), place="")],
    ids=["with filters", "for one space"],
)
async def test_an_alert_comes_back_as_it_was(store: Store, alert: Alert) -> None:
    async with store.begin() as work:
        await settle(work)
        await work.alerts.add(alert)
        assert await work.alerts.get(alert.id, RENTER) == alert
        assert await work.alerts.of(RENTER) == [alert]
        with pytest.raises(NotFound):
            await work.alerts.get(alert.id, STRANGER)


@pytest.mark.parametrize(
    ("place", "space", "near"),
    [
        (Point(52.52, 13.405), Point(52.69, 13.405), True),
        (Point(52.52, 13.405), Point(52.71, 13.405), False),
        (Point(0, 179.95), Point(0, -179.95), True),
        (Point(89.95, 0), Point(89.95, 180), True),
        (Point(60, 24.9), Point(60, 25.25), True),
        (Point(60, 24.9), Point(60.15, 25.15), False),
    ],
    ids=[
        "19 km",
        "21 km",
        "across the antimeridian",
        "across the pole",
        "longitudes are short up north",
        "in the corner of the box",
    ],
)
async def test_who_waits_around_a_point_is_found_everywhere_on_earth(
    store: Store, place: Point, space: Point, near: bool
) -> None:
    alert = replace(ALERT, point=place)
    async with store.begin() as work:
        await settle(work)
        await work.alerts.add(alert)
        assert await work.alerts.around(space) == ([alert] if near else [])


async def test_an_alert_is_told_once_until_it_waits_again(store: Store) -> None:
    async with store.begin() as work:
        await settle(work)
        await work.alerts.add(ALERT)
        assert await work.alerts.told(ALERT.id, NOON)
        assert not await work.alerts.told(ALERT.id, at(1))
        assert await work.alerts.get(ALERT.id, RENTER) == replace(ALERT, told_at=NOON)
        assert await work.alerts.of(RENTER) == []
        assert await work.alerts.around(ALERT.point) == []
        assert await work.alerts.waiting(AlertId(0), 10) == []
        assert await work.alerts.told(ALERT.id, None)
        assert not await work.alerts.told(ALERT.id, None)
        assert await work.alerts.of(RENTER) == [ALERT]


async def test_all_who_wait_are_handed_out_page_by_page(store: Store) -> None:
    alerts = [replace(ALERT, id=AlertId(n), window=window(9 - n, 20)) for n in range(1, 6)]
    async with store.begin() as work:
        await settle(work)
        for alert in alerts:
            await work.alerts.add(alert)
        assert await work.alerts.waiting(AlertId(0), 2) == alerts[:2]
        assert await work.alerts.waiting(AlertId(2), 9) == alerts[2:]
        assert await work.alerts.of(RENTER) == alerts[::-1]


async def test_what_began_before_is_forgotten_and_what_is_not_wanted_any_more(
    store: Store,
) -> None:
    early, late = ALERT, replace(ALERT, id=AlertId(6), window=window(4, 5))
    async with store.begin() as work:
        await settle(work)
        for alert in (early, late):
            await work.alerts.add(alert)
        await work.alerts.forget(at(1))
        assert await work.alerts.of(RENTER) == [early, late]
        await work.alerts.forget(at(2))
        assert await work.alerts.of(RENTER) == [late]
        with pytest.raises(NotFound):
            await work.alerts.remove(late.id, STRANGER)
        await work.alerts.remove(late.id, RENTER)
        assert await work.alerts.of(RENTER) == []


async def test_a_vehicle_is_measured_by_its_owner(store: Store) -> None:
    car = Vehicle(VehicleId(1), RENTER, "CAR1", NOON, 150, 400)
    async with store.begin() as work:
        await settle(work)
        await work.vehicles.add(car)
        await work.vehicles.measure(car.id, RENTER, 160, None)
        assert await work.vehicles.of(RENTER) == [replace(car, height=160, length=None)]
        with pytest.raises(NotFound):
            await work.vehicles.measure(car.id, STRANGER, 1, 1)
