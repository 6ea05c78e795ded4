"""What people report to the operator."""

from sqlalchemy import Column, Float, ForeignKey, Index, String, Table, Text, text

from storage.tables.base import Id, UtcTime, metadata

OPEN = text("settled_at IS NULL")

reports = Table(
    "reports",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("matter", String(10), nullable=False),
    Column("reporter", ForeignKey("people.id")),
    Column("about", ForeignKey("people.id"), index=True),
    Column("space", ForeignKey("spaces.id")),
    Column("booking", ForeignKey("bookings.id")),
    Column("message", ForeignKey("messages.id"), index=True),
    Column("plate", String(12)),
    Column("lat", Float),
    Column("lng", Float),
    Column("photo", ForeignKey("photos.id")),
    Column("reason", String(10)),
    Column("words", Text, nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
    Column("settled_at", UtcTime),
    Index("ix_reports_reporter", "reporter", "at"),
    Index("ix_reports_open", "at", sqlite_where=OPEN, postgresql_where=OPEN),
)
