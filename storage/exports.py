"""Who waits for their data, and that data, as plain JSON."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, RowMapping, Select, bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.booking import Side
from market.domain.ids import PersonId, written
from market.ports.rights import Everything
from storage.naming import naming_people
from storage.tables.accounts import accounts, codes
from storage.tables.chat import conversations, inbox
from storage.tables.market import bookings, people
from storage.tables.messages import blocks, messages
from storage.tables.reports import reports
from storage.tables.reviews import reviews
from storage.tables.rights import exports
from storage.tables.stays import ledger, overstays

TOPIC = "exports"
"""Touched when somebody asks, so that they need not wait for the clock."""

_ASK = insert(exports).on_conflict_do_nothing()
_DUE = (
    select(exports.c.person)
    .where(exports.c.due_at <= bindparam("now"))
    .order_by(exports.c.due_at)
    .limit(bindparam("limit"))
)
_PUT_OFF = (
    update(exports)
    .where(exports.c.person == bindparam("whose"))
    .values(due_at=bindparam("until"), attempts=exports.c.attempts + 1)
    .returning(exports.c.attempts)
)
_DONE = delete(exports).where(exports.c.person == bindparam("whose"))

_OTHERS_BUSINESS = (reports.c.about, blocks.c.other, codes.c.person, exports.c.person)
"""Columns that name a person in what is not for their eyes, or of no use to them."""
_SECRET = frozenset({accounts.c.password, accounts.c.email_key})


@dataclass(frozen=True, slots=True)
class ExportStore:
    connection: AsyncConnection
    touch: Callable[[str], None]

    async def ask(self, person: PersonId, at: datetime) -> bool:
        """False if they wait already."""
        row = {"person": person, "due_at": at, "attempts": 0}
        added = (await self.connection.execute(_ASK, row)).rowcount == 1
        self.touch(TOPIC)
        return added

    async def due(self, now: datetime, limit: int) -> Sequence[PersonId]:
        """Longest waiting first."""
        rows = await self.connection.execute(_DUE, {"now": now, "limit": limit})
        return [PersonId(person) for (person,) in rows]

    async def put_off(self, person: PersonId, until: datetime) -> int:
        """Try again then; returns how often it was tried."""
        values = {"whose": person, "until": until}
        return int((await self.connection.execute(_PUT_OFF, values)).scalar_one_or_none() or 0)

    async def done(self, person: PersonId) -> None:
        await self.connection.execute(_DONE, {"whose": person})

    async def everything(self, person: PersonId) -> Everything:
        found = {}
        naming = {column.name for column in naming_people()}
        for name, query in _queries(person).items():
            rows = (await self.connection.execute(query)).mappings()
            found[name] = [_plain(row, person, naming) for row in rows]
        telegram = found["you"][0]["telegram"] if found["you"] else None
        found["chat"] = [
            {"flow": flow, "step": step, "draft": draft and json.loads(draft)}
            for flow, step, draft in await self.connection.execute(
                select(conversations.c.flow, conversations.c.step, conversations.c.draft).where(
                    conversations.c.person == telegram
                )
            )
        ]
        sent = select(inbox.c.raw).where(inbox.c.person == telegram, inbox.c.raw != "")
        found["sent_lately"] = [
            {"update": json.loads(raw)} for (raw,) in await self.connection.execute(sent)
        ]
        return Everything(
            {name: rows for name, rows in found.items() if rows},
            {
                f"photos/{written(row['id'])}.jpg": row["key"]
                for row in found.get("photos", [])
                if row["key"]
            },
        )


def _queries(person: PersonId) -> dict[str, Select[Any]]:
    """What to read, by the name under which it is handed over."""
    queries: dict[str, Select[Any]] = {"you": select(people).where(people.c.id == person)}
    for column in naming_people():
        if column not in _OTHERS_BUSINESS:
            shown = [it for it in column.table.c if it not in _SECRET]
            queries[_name(column)] = select(*shown).where(column == person)
    mine = (bookings.c.renter == person) | (bookings.c.lister == person)
    queries["messages_to_you"] = (
        select(messages.c.booking, messages.c.text, messages.c.at)
        .join(bookings, bookings.c.id == messages.c.booking)
        .where(mine, messages.c.author != person)
    )
    queries["ledger"] = (
        select(*(it for it in ledger.c if it is not ledger.c.id))
        .join(bookings, bookings.c.id == ledger.c.booking)
        .where(mine)
        .order_by(ledger.c.id)
    )
    queries["overstays_of_yours"] = (
        select(overstays.c.booking, overstays.c.seen_at, overstays.c.charge, overstays.c.currency)
        .join(bookings, bookings.c.id == overstays.c.booking)
        .where(bookings.c.renter == person)
    )
    for side, other in ((Side.LISTER, bookings.c.renter), (Side.RENTER, bookings.c.lister)):
        queries[f"reviews_by_{side}s_of_you"] = (
            select(reviews.c.booking, reviews.c.stars, reviews.c.comment, reviews.c.written_at)
            .join(bookings, bookings.c.id == reviews.c.booking)
            .where(other == person, reviews.c.side == side, reviews.c.shown_at.is_not(None))
        )
    return queries


def _name(column: Column[Any]) -> str:
    """The table's, unless it names people in two ways."""
    if column is bookings.c.lister:
        return "bookings_of_your_spaces"
    return str(column.table.name)


def _plain(row: RowMapping, person: PersonId, naming: Collection[str]) -> Mapping[str, Any]:
    """Without who else is named in it, and the plates of others."""
    plain = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row.items()
        if name not in naming or value == person
    }
    if row.get("lister") == person and row.get("renter") not in (None, person):
        plain.pop("plate", None)
    return plain
