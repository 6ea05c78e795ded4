from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from market.domain.ids import PersonId, VehicleId
from market.domain.vehicle import Vehicle


class Vehicles(Protocol):
    async def of(self, owner: PersonId) -> Sequence[Vehicle]:
        """Last used first."""

    async def get(self, vehicle: VehicleId, owner: PersonId) -> Vehicle:
        """Raises NotFound, also for somebody else's."""

    async def add(self, vehicle: Vehicle) -> Vehicle:
        """Adds it; the owner's vehicle with this plate is used now, and as large as this one."""

    async def used(self, owner: PersonId, plate: str, at: datetime) -> None: ...

    async def measure(
        self, vehicle: VehicleId, owner: PersonId, height: int | None, length: int | None
    ) -> None:
        """In centimetres, None for what is not known. Raises NotFound, also for others'."""

    async def remove(self, vehicle: VehicleId, owner: PersonId) -> None:
        """Raises NotFound, also for somebody else's."""
