"""What operators do, and whom they have shut out."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table

from storage.tables.base import UtcTime, metadata

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("operator", ForeignKey("people.id"), nullable=False, index=True),
    Column("act", String(8), nullable=False),
    Column("subject", String(8), nullable=False),
    Column("number", BigInteger, nullable=False, comment="The id of the subject."),
    Column("ended", Integer, nullable=False),
    sqlite_autoincrement=True,
)
"""Never changed, but that an erased person gets a random number in it."""

bans = Table(
    "bans",
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
)

marks = Table(
    "marks",
    metadata,
    Column("mark", String(64), primary_key=True),
    sqlite_with_rowid=False,
)
"""Keyed hashes of the Telegram ids of banned people who had themselves erased."""
