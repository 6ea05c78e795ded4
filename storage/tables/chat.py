"""What the chat must not forget: updates on their way, where people stand, where cards hang."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text, text

from storage.tables.base import Id, UtcTime, metadata

UNFINISHED = text("state IN ('new', 'sending')")
"""The few rows that a restart has to find among the many that are done."""

inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("person", BigInteger),
    Column("raw", Text, nullable=False),
    Column("sent_at", UtcTime, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("state", Text, nullable=False, server_default="new"),
    Column("answer", Text),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("error", Text),
    Column("ended_at", UtcTime),
    Index(
        "ix_inbox_unfinished",
        "received_at",
        "id",
        sqlite_where=UNFINISHED,
        postgresql_where=UNFINISHED,
    ),
    Index("ix_inbox_person", "person"),
    Index("ix_inbox_ended_at", "ended_at"),
)
"""One row an update, under Telegram's id; wake-ups are below zero. ``new`` until its effects are
committed, ``sending`` until its answer is out, then ``done``, or ``dead`` with the traceback."""

conversations = Table(
    "conversations",
    metadata,
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("flow", Text, primary_key=True),
    Column("step", Text),
    Column("version", Integer, nullable=False),
    Column("draft", Text),
    Column("active", Boolean, nullable=False),
    Column("expires_at", UtcTime),
    Column("wake_at", UtcTime),
    Index(
        "ix_conversations_wake_at",
        "wake_at",
        sqlite_where=text("wake_at IS NOT NULL"),
        postgresql_where=text("wake_at IS NOT NULL"),
    ),
    sqlite_with_rowid=False,
)
"""Where a person stands in each flow. An ended one keeps its row, because its version must go on
rising: buttons of the last time may still hang on a wall."""

cards = Table(
    "cards",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, primary_key=True),
    Column("message", BigInteger, nullable=False),
    Column("media", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
"""The message that shows a card now, and whether it is a picture with a caption."""

polls = Table(
    "polls",
    metadata,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("polled_at", UtcTime, nullable=False),
)
"""When Telegram last answered: a tap that arrives after an outage was made after that."""
