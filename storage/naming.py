"""Which columns name people: found by their foreign keys, so that no later table is forgotten."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Table

from storage.tables import metadata
from storage.tables.market import people
from storage.tables.outbox import outbox


def naming_people() -> Iterator[Column[Any]]:
    """Every column of the store that holds the id of a person."""
    yield outbox.c.person
    yield from referring_to(people)


def referring_to(table: Table) -> Iterator[Column[Any]]:
    """Every column that refers to the id of a table."""
    for other in metadata.sorted_tables:
        yield from (column for column in other.columns if column.references(table.c.id))
