from dataclasses import replace

from market.domain.ids import VehicleId
from market.domain.preferences import Preferences, Size
from market.domain.search import Sort
from market.domain.vehicle import Vehicle
from market.services.preferences import PreferenceService
from tests.examples import NOON, RENTER, at

CAR = Vehicle(VehicleId(1), RENTER, "HEL204", NOON)
VAN = Vehicle(VehicleId(2), RENTER, "BXY99", at(1), height=230, length=550)


async def test_preferences_are_remembered(town) -> None:
    chosen = Preferences(sort=Sort.BEST_RATED)
    async with town.begin() as work:
        service = PreferenceService(work)
        assert await service.of(RENTER) == Preferences()
        await service.keep(RENTER, chosen)
        assert await service.of(RENTER) == chosen


async def test_a_size_is_that_of_the_vehicle_used_last(town) -> None:
    async with town.begin() as work:
        for vehicle in (CAR, VAN):
            await work.vehicles.add(vehicle)
        service = PreferenceService(work)
        await service.keep(RENTER, Preferences(fitting=False))
        measured = await service.measured(RENTER, Size(210, 520))
        assert measured == await service.of(RENTER)
        assert measured == Preferences(vehicle=Size(210, 520))
        assert await work.vehicles.of(RENTER) == [replace(VAN, height=210, length=520), CAR]


async def test_without_a_vehicle_a_size_is_kept_for_searches_alone(town) -> None:
    async with town.begin() as work:
        service = PreferenceService(work)
        measured = await service.measured(RENTER, Size(height=210))
        assert measured == await service.of(RENTER) == Preferences(size=Size(height=210))
