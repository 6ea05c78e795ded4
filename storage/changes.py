"""The log of changed spaces and bookings, and how a process follows it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from typing import NoReturn, Protocol, TypeVar

from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.change import Change as Change
from market.domain.change import Noun as Noun
from market.domain.place import Point
from storage.tables.changes import changes

TOPIC = "changes"
"""Touched by every unit that appends, so that its own process looks at once."""
BATCH = 200
"""So many are read again at a time: what that takes, everybody waits for."""

_APPEND = insert(changes)
_NEWEST = select(func.coalesce(func.max(changes.c.id), 0))
_AFTER = (
    select(changes.c.id, changes.c.noun, changes.c.key, changes.c.left_lat, changes.c.left_lng)
    .where(changes.c.id > bindparam("seen"))
    .order_by(changes.c.id)
    .limit(BATCH)
)
_FORGET = delete(changes).where(changes.c.id <= bindparam("until"))


class _Unit(Protocol):
    connection: AsyncConnection

    def touch(self, topic: str) -> None: ...


@dataclass(frozen=True, slots=True)
class ChangeStore:
    unit: _Unit

    async def append(self, noun: Noun, key: int, left: Point | None = None) -> None:
        """Log a change, to be seen by every process once this unit is committed.

        ``left`` is where everybody saw a space that has moved.
        """
        row: dict[str, object] = {"noun": noun, "key": key}
        if left is not None:
            row |= {"left_lat": left.lat, "left_lng": left.lng}
        await self.unit.connection.execute(_APPEND, row)
        self.unit.touch(TOPIC)

    async def newest(self) -> int:
        """The id of the last change: what a reader who reads everything now has seen."""
        return int((await self.unit.connection.execute(_NEWEST)).scalar_one())

    async def after(self, seen: int) -> Sequence[Change]:
        """The next changes, oldest first, at most ``BATCH`` of them."""
        rows = await self.unit.connection.execute(_AFTER, {"seen": seen})
        return [_change(*row) for row in rows]

    async def forget(self, keep: int) -> None:
        """Drop all but the newest ``keep``: more than a process can lag behind and still follow."""
        await self.unit.connection.execute(_FORGET, {"until": await self.newest() - keep})


def _change(id_: int, noun: str, key: int, lat: float | None, lng: float | None) -> Change:
    left = None if lat is None or lng is None else Point(lat, lng)
    return Change(id_, Noun(noun), key, left)


class _Reader(Protocol):
    @property
    def changes(self) -> ChangeStore: ...


_R_co = TypeVar("_R_co", bound=_Reader, covariant=True)


class _Store(Protocol[_R_co]):
    def glance(self) -> AbstractAsyncContextManager[_R_co]: ...

    def listen(self, topic: str, callback: Callable[[], None]) -> None: ...


async def follow(
    store: _Store[_R_co],
    seen: int,
    apply: Callable[[_R_co, Sequence[Change]], Awaitable[None]],
    *,
    every: float = 1.0,
) -> NoReturn:
    """Hand on every change after ``seen``, in order, together with a way to read what it became.

    Our own process's changes come right after their commit, others' within ``every`` seconds.
    """
    bell = asyncio.Event()
    store.listen(TOPIC, bell.set)
    while True:
        bell.clear()
        async with store.glance() as work:
            while found := await work.changes.after(seen):
                await apply(work, found)
                seen = found[-1].id
                await asyncio.sleep(0)  # a glance never yields to others by itself
        with suppress(TimeoutError):
            async with asyncio.timeout(every):
                await bell.wait()
