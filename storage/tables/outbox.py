"""Notices that the marketplace owes someone, written by the unit of work that causes them."""

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, Table, Text

from storage.tables.base import UtcTime, metadata

outbox = Table(
    "outbox",
    metadata,
    Column("key", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("person", BigInteger, nullable=False),
    Column("booking", BigInteger),
    Column("facts", JSON(none_as_null=True)),
    Column("due_at", UtcTime, nullable=False),
    Column("owner", Text),
    Column("leased_until", UtcTime),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("doubts", Integer, nullable=False, server_default="0"),
    Column("sent_at", UtcTime),
)
"""One row a notice; ``key`` makes planning it twice planning it once. While ``owner`` holds it
until ``leased_until`` nobody else sends it; without an owner, nobody does until then."""

UNSENT = outbox.c.sent_at.is_(None)

Index("ix_outbox_due", outbox.c.due_at, sqlite_where=UNSENT, postgresql_where=UNSENT)
Index("ix_outbox_booking", outbox.c.booking)
Index("ix_outbox_person", outbox.c.person)
