"""Rows about who waits for which space."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.alert import Alert
from market.domain.errors import NotFound
from market.domain.ids import AlertId, PersonId, SpaceId
from market.domain.place import Point, chord, metres
from market.domain.search import REACH, Filters
from market.domain.space import Tag
from market.domain.window import Window
from storage.tables.finding import alerts

_THIS = alerts.c.id == bindparam("which")
_THEIRS = alerts.c.person == bindparam("whose")
_WAITING = select(alerts).where(alerts.c.told_at.is_(None))

_ADD = insert(alerts)
_GET = select(alerts).where(_THIS, _THEIRS)
_OF = _WAITING.where(_THEIRS).order_by(alerts.c.starts_at, alerts.c.id)
_AROUND = _WAITING.where(
    *(
        axis.between(bindparam(f"{axis.name}_from"), bindparam(f"{axis.name}_to"))
        for axis in (alerts.c.x, alerts.c.y, alerts.c.z)
    )
).order_by(alerts.c.id)
_AFTER = (
    _WAITING.where(alerts.c.id > bindparam("last")).order_by(alerts.c.id).limit(bindparam("most"))
)
_TELL = update(alerts).where(_THIS, alerts.c.told_at.is_(None))
_WAIT_AGAIN = update(alerts).where(_THIS, alerts.c.told_at.is_not(None)).values(told_at=None)
_REMOVE = delete(alerts).where(_THIS, _THEIRS)
_FORGET = delete(alerts).where(alerts.c.starts_at < bindparam("until"))


@dataclass(frozen=True, slots=True)
class AlertStore:
    connection: AsyncConnection

    async def add(self, alert: Alert) -> None:
        await self.connection.execute(_ADD, _row(alert))

    async def get(self, alert: AlertId, person: PersonId) -> Alert:
        """Raises NotFound, also for somebody else's."""
        values = {"which": alert, "whose": person}
        row = (await self.connection.execute(_GET, values)).one_or_none()
        if row is None:
            raise NotFound("alert")
        return _alert(row)

    async def of(self, person: PersonId) -> Sequence[Alert]:
        """Those that wait, soonest window first."""
        return [_alert(row) for row in await self.connection.execute(_OF, {"whose": person})]

    async def around(self, point: Point) -> Sequence[Alert]:
        """Those that wait for a space within reach of their place, which is this far at most."""
        reach = chord(REACH)
        values: dict[str, float] = {}
        for name, middle in zip("xyz", point.unit_vector(), strict=True):
            values |= {f"{name}_from": middle - reach, f"{name}_to": middle + reach}
        found = [_alert(row) for row in await self.connection.execute(_AROUND, values)]
        return [alert for alert in found if metres(alert.point, point) <= REACH]

    async def waiting(self, after: AlertId, limit: int) -> Sequence[Alert]:
        """Those that wait, in order of their ids."""
        values = {"last": after, "most": limit}
        return [_alert(row) for row in await self.connection.execute(_AFTER, values)]

    async def told(self, alert: AlertId, at: datetime | None) -> bool:
        """Mark as told, or with None as waiting again; False if it was so already."""
        values = {"which": alert} if at is None else {"which": alert, "told_at": at}
        result = await self.connection.execute(_WAIT_AGAIN if at is None else _TELL, values)
        return result.rowcount == 1

    async def remove(self, alert: AlertId, person: PersonId) -> None:
        """Raises NotFound, also for somebody else's."""
        values = {"which": alert, "whose": person}
        if not (await self.connection.execute(_REMOVE, values)).rowcount:
            raise NotFound("alert")

    async def forget(self, until: datetime) -> None:
        """Delete those whose window began before that."""
        await self.connection.execute(_FORGET, {"until": until})


def _row(alert: Alert) -> dict[str, object]:
    x, y, z = alert.point.unit_vector()
    filters = alert.filters
    return {
        "id": alert.id,
        "person": alert.person,
        "lat": alert.point.lat,
        "lng": alert.point.lng,
        "x": x,
        "y": y,
        "z": z,
        "zone": alert.zone,
        "place": alert.place,
        "starts_at": alert.window.start,
        "ends_at": alert.window.end,
        "tags": sorted(filters.tags),
        "height": filters.height,
        "length": filters.length,
        "max_price": filters.max_price,
        "currency": filters.currency,
        "instant_only": filters.instant_only,
        "space": alert.space,
        "made_at": alert.made_at,
        "told_at": alert.told_at,
    }


def _alert(row: Row[Any]) -> Alert:
    return Alert(
        id=AlertId(row.id),
        person=PersonId(row.person),
        point=Point(row.lat, row.lng),
        zone=row.zone,
        window=Window(row.starts_at, row.ends_at),
        filters=Filters(
            tags=frozenset(map(Tag, row.tags)),
            height=row.height,
            length=row.length,
            max_price=row.max_price,
            currency=row.currency,
            instant_only=row.instant_only,
        ),
        made_at=row.made_at,
        space=None if row.space is None else SpaceId(row.space),
        place=row.place,
        told_at=row.told_at,
    )
