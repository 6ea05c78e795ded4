"""A log of what changed, which every process follows to keep its memory true."""

from sqlalchemy import BigInteger, Column, Float, Integer, Table, Text

from storage.tables.base import metadata

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("noun", Text, nullable=False),
    Column("key", BigInteger, nullable=False),
    Column("left_lat", Float, comment="The public point that a moved space has left."),
    Column("left_lng", Float),
    sqlite_autoincrement=True,
)
"""``id`` rises in the order of commits, because SQLite has one writer at a time, and is never used
again (AUTOINCREMENT), even when the newest rows have been forgotten."""
