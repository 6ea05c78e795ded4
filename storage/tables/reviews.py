"""What people say of each other's stays, and how reliable listers are."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, text

from storage.tables.base import UtcTime, metadata

HIDDEN = text("shown_at IS NULL")

reviews = Table(
    "reviews",
    metadata,
    Column("booking", ForeignKey("bookings.id"), primary_key=True),
    Column("side", String(8), primary_key=True),
    Column("author", ForeignKey("people.id"), nullable=False, index=True),
    Column("stars", Integer, nullable=False),
    Column("comment", Text, nullable=False),
    Column("written_at", UtcTime, nullable=False),
    Column("closes_at", UtcTime, nullable=False, comment="It is shown then at the latest."),
    Column("shown_at", UtcTime),
    Index("ix_reviews_hidden", "closes_at", sqlite_where=HIDDEN, postgresql_where=HIDDEN),
)

strikes = Table(
    "strikes",
    metadata,
    Column("lister", ForeignKey("people.id"), primary_key=True),
    Column("booking", ForeignKey("bookings.id"), primary_key=True),
    Column("at", UtcTime, nullable=False),
)
"""One row a booking that its lister cancelled."""
