"""What is owed to people who ask for their data, or that it be erased."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table

from storage.tables.base import UtcTime, metadata

exports = Table(
    "exports",
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("due_at", UtcTime, nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
)
"""Who waits for a copy of their data."""

farewells = Table(
    "farewells",
    metadata,
    Column("telegram", BigInteger, primary_key=True, autoincrement=False),
    Column("erased_at", UtcTime, nullable=False),
)
"""Who is erased but for the goodbye itself, which the inbox keeps until it is sent."""

discarded = Table(
    "discarded",
    metadata,
    Column("key", String(64), primary_key=True),
    sqlite_with_rowid=False,
)
"""Photos that no row names any more, and whose bytes are still to be deleted."""
