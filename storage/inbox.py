"""Updates that have arrived: taken in once, ended once, and kept until their answer is out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.chat import UNFINISHED, inbox, polls

_ADD = insert(inbox).on_conflict_do_nothing().returning(inbox.c.id)
_END = (
    update(inbox)
    .where(inbox.c.id == bindparam("update"), inbox.c.state == "new")
    .values(state=bindparam("next"), answer=bindparam("shown"), ended_at=bindparam("at"))
)
_BURY = (
    update(inbox)
    .where(inbox.c.id == bindparam("update"), inbox.c.state == "new")
    .values(
        state=bindparam("next"),
        error=bindparam("traceback"),
        answer=bindparam("shown"),
        ended_at=bindparam("at"),
    )
)
_SENT = (
    update(inbox)
    .where(inbox.c.id.in_(bindparam("updates", expanding=True)), inbox.c.state == "sending")
    .values(state=case((inbox.c.error.is_(None), "done"), else_="dead"))
)
_ATTEMPT = (
    update(inbox).where(inbox.c.id == bindparam("update")).values(attempts=inbox.c.attempts + 1)
)
_UNFINISHED = (
    select(
        inbox.c.id,
        inbox.c.raw,
        inbox.c.sent_at,
        inbox.c.received_at,
        inbox.c.state,
        inbox.c.answer,
        inbox.c.attempts,
    )
    .where(UNFINISHED)
    .order_by(inbox.c.received_at, inbox.c.id)
)
_POLLED = insert(polls)
_POLLED = _POLLED.on_conflict_do_update(
    index_elements=[polls.c.bot], set_={"polled_at": _POLLED.excluded.polled_at}
)


class Unfinished(NamedTuple):
    """A row that a restart finds: not yet handled, or its answer perhaps not sent."""

    id: int
    raw: str
    sent_at: datetime
    received_at: datetime
    state: str
    answer: str | None
    attempts: int


@dataclass(frozen=True, slots=True)
class InboxStore:
    connection: AsyncConnection

    async def add(self, rows: Sequence[Mapping[str, Any]]) -> set[int]:
        """Take in updates; returns the ids that were not there before."""
        result = await self.connection.execute(_ADD, list(rows))
        return set(result.scalars())

    async def end(self, update: int, at: datetime, answer: str | None = None) -> bool:
        """The fence: whoever gets True is the only one whose effects of this update are kept.

        With them the answer is kept, until it is marked as sent.
        """
        state = "sending" if answer else "done"
        values = {"update": update, "at": at, "next": state, "shown": answer}
        return (await self.connection.execute(_END, values)).rowcount == 1

    async def bury(self, update: int, at: datetime, traceback: str, answer: str | None) -> bool:
        """Give an update up for dead, with the reason and perhaps words for the person."""
        values = {
            "update": update,
            "at": at,
            "traceback": traceback,
            "shown": answer,
            "next": "sending" if answer else "dead",
        }
        return (await self.connection.execute(_BURY, values)).rowcount == 1

    async def sent(self, updates: Sequence[int]) -> None:
        await self.connection.execute(_SENT, {"updates": list(updates)})

    async def attempt(self, update: int) -> None:
        """Count a copy that may be seen, before it is sent once more."""
        await self.connection.execute(_ATTEMPT, {"update": update})

    async def unfinished(self) -> Sequence[Unfinished]:
        """In the order of arrival."""
        return [Unfinished(*row) for row in await self.connection.execute(_UNFINISHED)]

    async def polled(self, bot: int, at: datetime) -> None:
        await self.connection.execute(_POLLED, {"bot": bot, "polled_at": at})

    async def polled_at(self, bot: int) -> datetime | None:
        """When this bot's updates were last asked for with success."""
        query = select(polls.c.polled_at).where(polls.c.bot == bot)
        return (await self.connection.execute(query)).scalar_one_or_none()

    async def empty(self, done_before: datetime, dead_before: datetime) -> int:
        """Drop the contents of old rows; their ids stay as the fence against redelivery."""
        old = ((inbox.c.state == "done") & (inbox.c.ended_at < done_before)) | (
            (inbox.c.state == "dead") & (inbox.c.ended_at < dead_before)
        )
        result = await self.connection.execute(
            update(inbox)
            .where(old, inbox.c.raw != "")
            .values(raw="", answer=None, error=None, person=None)
        )
        return result.rowcount

    async def drop(self, before: datetime) -> int:
        """Forget emptied rows for good, long after Telegram can deliver them again."""
        result = await self.connection.execute(
            delete(inbox).where(inbox.c.ended_at < before, inbox.c.raw == "")
        )
        return result.rowcount

    async def forget(self, person: int) -> None:
        """Empty whatever a person's updates said, at once; what is unfinished ends unsent."""
        await self.connection.execute(
            update(inbox)
            .where(inbox.c.person == person)
            .values(state="done", raw="", answer=None, error=None, person=None)
        )
