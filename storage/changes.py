"""The log of changed spaces and bookings, and how a process follows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.changes import changes

TOPIC = "changes"
"""Touched by every unit that appends, so that its own process looks at once."""

_APPEND = insert(changes)
_NEWEST = select(func.coalesce(func.max(changes.c.id), 0))
_AFTER = (
    select(changes.c.id, changes.c.noun, changes.c.key)
    .where(changes.c.id > bindparam("seen"))
    .order_by(changes.c.id)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True)
class Change:
    id: int
    noun: str
    """ "space" or "booking"."""
    key: int
    """The id of the space or booking; read it again to know what it is now."""


class _Unit(Protocol):
    connection: AsyncConnection

    def touch(self, topic: str) -> None: ...


@dataclass(frozen=True, slots=True)
class ChangeStore:
    unit: _Unit

    async def append(self, noun: str, key: int, now: datetime) -> None:
        """Log a change; it becomes visible to the other processes with the unit's commit."""
        row = {"noun": noun, "key": key, "changed_at": now}
        await self.unit.connection.execute(_APPEND, row)
        self.unit.touch(TOPIC)

    async def newest(self) -> int:
        """The id of the last change: what a process that now reads everything has seen."""
        return int((await self.unit.connection.execute(_NEWEST)).scalar_one())

    async def after(self, seen: int, limit: int = 1000) -> Sequence[Change]:
        rows = await self.unit.connection.execute(_AFTER, {"seen": seen, "limit": limit})
        return [Change(*row) for row in rows]

    async def forget(self, before: datetime) -> int:
        """Drop old changes; a process that slept longer than they were kept must load afresh."""
        result = await self.unit.connection.execute(
            delete(changes).where(changes.c.changed_at < before)
        )
        return result.rowcount
