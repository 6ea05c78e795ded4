import pytest

from market.domain.errors import NotFound
from market.domain.ids import VehicleId
from market.domain.vehicle import Vehicle
from storage.database import Store
from tests.examples import NOON, RENTER, STRANGER, at, settle

CAR = Vehicle(VehicleId(1), RENTER, "HEL204", NOON)
VAN = Vehicle(VehicleId(2), RENTER, "BXY99", at(1), height=230, length=550)


@pytest.mark.parametrize("vehicle", [CAR, VAN], ids=["of unknown size", "with its size"])
async def test_a_vehicle_comes_back_as_it_was(store: Store, vehicle) -> None:
    async with store.begin() as work:
        await settle(work)
        await work.vehicles.add(vehicle)
        assert await work.vehicles.get(vehicle.id, RENTER) == vehicle


async def test_the_vehicle_used_last_comes_first(store: Store) -> None:
    async with store.begin() as work:
        await settle(work)
        await work.vehicles.add(CAR)
        await work.vehicles.add(VAN)
        assert [v.plate for v in await work.vehicles.of(RENTER)] == ["BXY99", "HEL204"]

        await work.vehicles.used(RENTER, "HEL204", at(2))
        assert [v.plate for v in await work.vehicles.of(RENTER)] == ["HEL204", "BXY99"]


async def test_a_plate_added_again_is_the_same_vehicle_just_used(store: Store) -> None:
    again = Vehicle(VehicleId(3), RENTER, CAR.plate, at(5))
    async with store.begin() as work:
        await settle(work)
        await work.vehicles.add(CAR)
        await work.vehicles.add(again)
        (kept,) = await work.vehicles.of(RENTER)

    assert (kept.id, kept.used_at) == (CAR.id, at(5))


async def test_two_people_may_share_a_plate(store: Store) -> None:
    theirs = Vehicle(VehicleId(3), STRANGER, CAR.plate, NOON)
    async with store.begin() as work:
        await settle(work)
        await work.vehicles.add(CAR)
        await work.vehicles.add(theirs)
        await work.vehicles.used(RENTER, CAR.plate, at(1))
        assert await work.vehicles.of(STRANGER) == [theirs]


async def test_somebody_elses_vehicle_is_not_found(store: Store) -> None:
    async with store.begin() as work:
        await settle(work)
        await work.vehicles.add(CAR)
        with pytest.raises(NotFound):
            await work.vehicles.get(CAR.id, STRANGER)
        with pytest.raises(NotFound):
            await work.vehicles.remove(CAR.id, STRANGER)
        assert await work.vehicles.of(RENTER) == [CAR]


async def test_a_removed_vehicle_is_gone(store: Store) -> None:
    async with store.begin() as work:
        await settle(work)
        await work.vehicles.add(CAR)
        await work.vehicles.remove(CAR.id, RENTER)
        assert await work.vehicles.of(RENTER) == []
        with pytest.raises(NotFound):
            await work.vehicles.remove(CAR.id, RENTER)
