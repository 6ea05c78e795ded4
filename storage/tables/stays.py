"""What is owed for stays, and what went wrong with them."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, text

from storage.tables.base import Id, UtcTime, metadata

ledger = Table(
    "ledger",
    metadata,
    Column("id", Id, primary_key=True),
    Column("booking", ForeignKey("bookings.id"), nullable=False, index=True),
    Column("at", UtcTime, nullable=False),
    Column("reason", String(9), nullable=False),
    Column("debit", String(6), nullable=False),
    Column("credit", String(6), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
)
"""Double entries; a row is never changed and never deleted."""

WITH_PHOTO = text("photo IS NOT NULL")

overstays = Table(
    "overstays",
    metadata,
    Column("booking", ForeignKey("bookings.id"), primary_key=True, autoincrement=False),
    Column("reporter", ForeignKey("people.id"), nullable=False, index=True),
    Column("photo", BigInteger, comment="Of the photos; empty once it was deleted."),
    Column("seen_at", UtcTime, nullable=False),
    Column("charge", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("contested_at", UtcTime),
    Column("settled_at", UtcTime),
    Index("ix_overstays_seen_at", "seen_at", sqlite_where=WITH_PHOTO, postgresql_where=WITH_PHOTO),
)

rescues = Table(
    "rescues",
    metadata,
    Column("booking", ForeignKey("bookings.id"), primary_key=True, autoincrement=False),
    Column("reported_at", UtcTime, nullable=False),
    Column("held", ForeignKey("bookings.id"), index=True),
)
"""Bookings whose space somebody else stood in, and the booking that is held instead."""
