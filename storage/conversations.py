"""Where each person stands in each conversation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.chat import conversations

WAKES = "wakes"
"""Touched when somebody is to be woken, so that the alarm is set anew."""

_OF = select(
    conversations.c.flow,
    conversations.c.step,
    conversations.c.version,
    conversations.c.draft,
    conversations.c.active,
    conversations.c.expires_at,
    conversations.c.wake_at,
).where(conversations.c.person == bindparam("who"))
_SAVE = insert(conversations)
_SAVE = _SAVE.on_conflict_do_update(
    index_elements=[conversations.c.person, conversations.c.flow],
    set_={
        name: _SAVE.excluded[name]
        for name in ("step", "version", "draft", "active", "expires_at", "wake_at")
    },
)
_REST = (
    update(conversations)
    .where(conversations.c.person == bindparam("who"), conversations.c.flow == bindparam("which"))
    .values(active=False)
)
_WAKE = (
    update(conversations)
    .where(conversations.c.wake_at <= bindparam("now"))
    .values(wake_at=None)
    .returning(conversations.c.person, conversations.c.flow)
)
_NEXT_WAKE = select(func.min(conversations.c.wake_at))


class ThreadRow(NamedTuple):
    flow: str
    step: str | None
    version: int
    draft: str | None
    active: bool
    expires_at: datetime | None
    wake_at: datetime | None


class _Unit(Protocol):
    connection: AsyncConnection

    def touch(self, topic: str) -> None: ...


@dataclass(frozen=True, slots=True)
class ConversationStore:
    unit: _Unit

    async def of(self, person: int) -> Sequence[ThreadRow]:
        rows = await self.unit.connection.execute(_OF, {"who": person})
        return [ThreadRow(*row) for row in rows]

    async def save(
        self,
        person: int,
        flow: str,
        *,
        step: str | None,
        version: int,
        draft: str | None,
        active: bool,
        expires_at: datetime | None,
        wake_at: datetime | None,
    ) -> None:
        values = {
            "person": person,
            "flow": flow,
            "step": step,
            "version": version,
            "draft": draft,
            "active": active,
            "expires_at": expires_at,
            "wake_at": wake_at,
        }
        await self.unit.connection.execute(_SAVE, values)
        if wake_at is not None:
            self.unit.touch(WAKES)

    async def rest(self, person: int, flow: str) -> None:
        """The flow keeps its draft, and no longer gets what the person writes."""
        await self.unit.connection.execute(_REST, {"who": person, "which": flow})

    async def wake(self, now: datetime) -> Sequence[tuple[int, str]]:
        """Claim everybody who is to be woken by now: (person, flow)."""
        rows = await self.unit.connection.execute(_WAKE, {"now": now})
        return [(person, flow) for person, flow in rows]

    async def next_wake(self) -> datetime | None:
        soonest: datetime | None = (await self.unit.connection.execute(_NEXT_WAKE)).scalar_one()
        return soonest

    async def forget(self, person: int) -> None:
        await self.unit.connection.execute(
            delete(conversations).where(conversations.c.person == person)
        )
