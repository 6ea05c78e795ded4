"""What the two sides of a booking write to each other, and who wants to hear no more."""

from sqlalchemy import Column, ForeignKey, Table, Text

from storage.tables.base import Id, UtcTime, metadata

messages = Table(
    "messages",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("booking", ForeignKey("bookings.id"), nullable=False, index=True),
    Column("author", ForeignKey("people.id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("photo", ForeignKey("photos.id")),
    Column("at", UtcTime, nullable=False),
)

blocks = Table(
    "blocks",
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("other", ForeignKey("people.id"), primary_key=True, index=True),
    Column("at", UtcTime, nullable=False),
)
"""``person`` takes no messages of ``other``."""
