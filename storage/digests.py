"""Who is to hear in the morning."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Text, bindparam, cast, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.digest import digest_key
from market.domain.ids import PersonId
from market.domain.space import SpaceState
from storage.tables.colisters import colisters
from storage.tables.market import people, spaces
from storage.tables.outbox import outbox

_ZONES = select(people.c.zone).distinct()
_LISTS = exists().where(
    spaces.c.lister == people.c.id,
    spaces.c.state != SpaceState.DELETED,
    spaces.c.listed_at < bindparam("before"),
)
_HELPS = exists().where(colisters.c.person == people.c.id, colisters.c.since < bindparam("before"))
_TOLD = exists().where(outbox.c.key == bindparam("day") + cast(people.c.id, Text))
_OWED = (
    select(people.c.id)
    .where(people.c.zone == bindparam("zone"), people.c.reachable, or_(_LISTS, _HELPS), ~_TOLD)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True)
class DigestStore:
    connection: AsyncConnection

    async def zones(self) -> Sequence[str]:
        """Every zone that somebody is in."""
        return (await self.connection.execute(_ZONES)).scalars().all()

    async def owed(self, zone: str, day: date, before: datetime, limit: int) -> Sequence[PersonId]:
        """Those who look after a space, and have no digest of that day, sent or not."""
        values = {"zone": zone, "day": digest_key(day, ""), "before": before, "limit": limit}
        rows = await self.connection.execute(_OWED, values)
        return [PersonId(person) for person in rows.scalars()]
