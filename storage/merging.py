"""Two people who turn out to be one: everything that names the first comes to name the second."""

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.ids import PersonId
from storage.changes import ChangeStore, Noun
from storage.naming import naming_people
from storage.tables.market import people, spaces

_SPACES = select(spaces.c.id).where(spaces.c.lister == bindparam("person"))
_FORGET = delete(people).where(people.c.id == bindparam("person"))


async def merge(
    connection: AsyncConnection, changes: ChangeStore, person: PersonId, into: PersonId
) -> None:
    """Where both have what one can have only once, such as a plate, the second's stays."""
    moved = (await connection.execute(_SPACES, {"person": person})).scalars().all()
    for column in naming_people():
        # SQLite only; on PostgreSQL the rows that would be there twice must go first.
        move = update(column.table).prefix_with("OR IGNORE").where(column == bindparam("gone"))
        await connection.execute(move, {"gone": person, column.name: into})
        await connection.execute(
            delete(column.table).where(column == bindparam("gone")), {"gone": person}
        )
    await connection.execute(_FORGET, {"person": person})
    for space in moved:
        await changes.append(Noun.SPACE, space)
