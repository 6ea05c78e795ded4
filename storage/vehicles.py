"""Rows about renters' vehicles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select, update

# SQLite's spelling of the upsert; PostgreSQL's dialect has an insert() of the same shape.
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.errors import NotFound
from market.domain.ids import PersonId, VehicleId
from market.domain.vehicle import Vehicle
from storage.tables.market import vehicles

_OWNED = vehicles.c.owner == bindparam("person")
_THIS = vehicles.c.id == bindparam("vehicle")

_OF = select(vehicles).where(_OWNED).order_by(vehicles.c.used_at.desc(), vehicles.c.id)
_GET = select(vehicles).where(_THIS, _OWNED)
_INSERT = insert(vehicles)
_ADD = _INSERT.on_conflict_do_update(
    index_elements=[vehicles.c.owner, vehicles.c.plate],
    set_={
        "used_at": _INSERT.excluded.used_at,
        "height": func.coalesce(_INSERT.excluded.height, vehicles.c.height),
        "length": func.coalesce(_INSERT.excluded.length, vehicles.c.length),
    },
).returning(vehicles)
_USED = update(vehicles).where(_OWNED, vehicles.c.plate == bindparam("written"))
_MEASURE = update(vehicles).where(_THIS, _OWNED)
_REMOVE = delete(vehicles).where(_THIS, _OWNED)


@dataclass(frozen=True, slots=True)
class VehicleStore:
    connection: AsyncConnection

    async def of(self, owner: PersonId) -> Sequence[Vehicle]:
        """Last used first."""
        rows = await self.connection.execute(_OF, {"person": owner})
        return [_vehicle(row) for row in rows]

    async def get(self, vehicle: VehicleId, owner: PersonId) -> Vehicle:
        """Raises NotFound, also for somebody else's."""
        result = await self.connection.execute(_GET, {"vehicle": vehicle, "person": owner})
        row = result.one_or_none()
        if row is None:
            raise NotFound("vehicle")
        return _vehicle(row)

    async def add(self, vehicle: Vehicle) -> Vehicle:
        """Adds it; the owner's vehicle with this plate is used now, and as large as this one."""
        row = {
            "id": vehicle.id,
            "owner": vehicle.owner,
            "plate": vehicle.plate,
            "used_at": vehicle.used_at,
            "height": vehicle.height,
            "length": vehicle.length,
        }
        return _vehicle((await self.connection.execute(_ADD, row)).one())

    async def used(self, owner: PersonId, plate: str, at: datetime) -> None:
        values = {"person": owner, "written": plate, "used_at": at}
        await self.connection.execute(_USED, values)

    async def measure(
        self, vehicle: VehicleId, owner: PersonId, height: int | None, length: int | None
    ) -> None:
        """In centimetres, None for what is not known. Raises NotFound, also for others'."""
        values = {"vehicle": vehicle, "person": owner, "height": height, "length": length}
        if not (await self.connection.execute(_MEASURE, values)).rowcount:
            raise NotFound("vehicle")

    async def remove(self, vehicle: VehicleId, owner: PersonId) -> None:
        """Raises NotFound, also for somebody else's."""
        values = {"vehicle": vehicle, "person": owner}
        if not (await self.connection.execute(_REMOVE, values)).rowcount:
            raise NotFound("vehicle")


def _vehicle(row: Row[Any]) -> Vehicle:
    return Vehicle(
        id=VehicleId(row.id),
        owner=PersonId(row.owner),
        plate=row.plate,
        used_at=row.used_at,
        height=row.height,
        length=row.length,
    )
