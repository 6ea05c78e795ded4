"""How people sign in over HTTP. Of every secret only a digest is kept, of passwords a slow hash."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    String,
    Table,
    Text,
)

from storage.tables.base import Id, UtcTime, metadata

accounts = Table(
    "accounts",
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("made_at", UtcTime, nullable=False),
    Column("user_type", String(6), nullable=False),
    Column("email", String(254)),
    Column("email_key", String(254), unique=True, comment="The same in any spelling."),
    Column("password", Text),
    Column("email_verified", Boolean, nullable=False),
    Column("mails", Boolean, comment="Empty: only where there is no Telegram."),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),
    Column("opened_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
)

refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("session", ForeignKey("sessions.id"), nullable=False, index=True),
    Column("expires_at", UtcTime, nullable=False, index=True),
    Column("used_at", UtcTime, comment="Whoever shows it again after that has a copy."),
    sqlite_with_rowid=False,
)

codes = Table(
    "codes",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),
    Column("purpose", String(6), nullable=False),
    Column("expires_at", UtcTime, nullable=False, index=True),
    sqlite_with_rowid=False,
)

replies = Table(
    "replies",
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("fingerprint", String(64), nullable=False, comment="Of what was asked."),
    Column("body", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False, index=True),
    sqlite_with_rowid=False,
)
"""What was answered to a request that may be sent again (Idempotency-Key)."""
