"""Rows about half-made listings, one a person."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import bindparam, delete, select

# SQLite's spelling of the upsert; PostgreSQL's dialect has an insert() of the same shape.
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.ids import PersonId
from market.domain.space import Draft
from storage.tables.market import drafts

_JSON = TypeAdapter(Draft)
"""A field that a later version adds takes its default in an older draft."""

_OF = select(drafts.c.content).where(drafts.c.person == bindparam("of_person"))
_INSERT = insert(drafts)
_SAVE = _INSERT.on_conflict_do_update(
    index_elements=[drafts.c.person],
    set_={"content": _INSERT.excluded.content, "saved_at": _INSERT.excluded.saved_at},
)
_DROP = delete(drafts).where(drafts.c.person == bindparam("of_person"))


@dataclass(frozen=True, slots=True)
class DraftStore:
    connection: AsyncConnection

    async def of(self, person: PersonId) -> Draft | None:
        content = await self.connection.scalar(_OF, {"of_person": person})
        return None if content is None else _JSON.validate_python(content)

    async def save(self, person: PersonId, draft: Draft, at: datetime) -> None:
        content = _JSON.dump_python(draft, mode="json")
        row = {"person": person, "content": content, "saved_at": at}
        await self.connection.execute(_SAVE, row)

    async def drop(self, person: PersonId) -> None:
        await self.connection.execute(_DROP, {"of_person": person})
