"""Rows about people."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.errors import NotFound
from market.domain.ids import PersonId
from market.domain.person import Person
from storage.changes import ChangeStore
from storage.merging import merge
from storage.tables.market import people
from storage.tables.operators import bans

_BANNED = select(bans.c.person).where(bans.c.person == people.c.id).exists().label("banned")
_PERSON = select(people, _BANNED)
_GET = _PERSON.where(people.c.id == bindparam("person"))
_OF_TELEGRAM = _PERSON.where(people.c.telegram == bindparam("account"))
_ADD = insert(people)
_SAVE = update(people).where(people.c.id == bindparam("person"))


@dataclass(frozen=True, slots=True)
class PersonStore:
    connection: AsyncConnection
    changes: ChangeStore

    async def get(self, person: PersonId) -> Person:
        """Raises NotFound."""
        row = (await self.connection.execute(_GET, {"person": person})).one_or_none()
        if row is None:
            raise NotFound("person")
        return _person(row)

    async def of_telegram(self, telegram: int) -> Person | None:
        row = (await self.connection.execute(_OF_TELEGRAM, {"account": telegram})).one_or_none()
        return None if row is None else _person(row)

    async def add(self, person: Person) -> None:
        await self.connection.execute(_ADD, {"id": person.id, **_facts(person)})

    async def save(self, person: Person) -> None:
        await self.connection.execute(_SAVE, {"person": person.id, **_facts(person)})

    async def merge(self, person: PersonId, into: PersonId) -> None:
        """Give everything of one person to another, and forget the first."""
        await merge(self.connection, self.changes, person, into)


def _facts(person: Person) -> dict[str, object]:
    return {
        "telegram": person.telegram,
        "name": person.name,
        "language": person.language,
        "zone": person.zone,
        "met_at": person.met_at,
        "reachable": person.reachable,
    }


def _person(row: Row[Any]) -> Person:
    return Person(
        id=PersonId(row.id),
        telegram=row.telegram,
        name=row.name,
        language=row.language,
        zone=row.zone,
        met_at=row.met_at,
        reachable=row.reachable,
        banned=row.banned,
    )
