"""Notices that the marketplace owes someone, written by the unit of work that causes them."""

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, Table, Text, UniqueConstraint

from storage.tables.base import UtcTime, metadata

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dedupe_key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("person", BigInteger, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("owner", Text),
    Column("leased_until", UtcTime),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("finished_at", UtcTime),
    Column("outcome", Text),
    UniqueConstraint("dedupe_key"),
)
"""One row a notice. While ``owner`` holds it until ``leased_until`` nobody else sends it; a row
with ``finished_at`` is done, and ``outcome`` says how: sent, dropped, unreachable."""

Index("ix_outbox_due", outbox.c.due_at, sqlite_where=outbox.c.finished_at.is_(None))
Index("ix_outbox_person", outbox.c.person)
