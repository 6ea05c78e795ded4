"""What makes finding personal: preferences, places, favourites, and who waits for what."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.tables.base import Id, UtcTime, metadata

preferences = Table(
    "preferences",
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("sort", String(10), nullable=False),
    Column("tags", JSON, nullable=False),
    Column("instant_only", Boolean, nullable=False),
    Column("max_price", BigInteger),
    Column("currency", String(3)),
    Column("fitting", Boolean, nullable=False),
    Column("height", Integer),
    Column("length", Integer),
)

places = Table(
    "places",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", ForeignKey("people.id"), nullable=False),
    Column("name", String(20), nullable=False),
    Column("lat", Float, nullable=False),
    Column("lng", Float, nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    UniqueConstraint("owner", "name"),
)

favourites = Table(
    "favourites",
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("space", ForeignKey("spaces.id"), primary_key=True),
    Column("since", UtcTime, nullable=False),
    Index("ix_favourites_space", "space"),
)

WAITING = text("told_at IS NULL")

alerts = Table(
    "alerts",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),
    Column("lat", Float, nullable=False),
    Column("lng", Float, nullable=False),
    Column("x", Float, nullable=False),
    Column("y", Float, nullable=False),
    Column("z", Float, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("place", String(60), nullable=False),
    Column("starts_at", UtcTime, nullable=False, index=True),
    Column("ends_at", UtcTime, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("height", Integer),
    Column("length", Integer),
    Column("max_price", BigInteger),
    Column("currency", String(3)),
    Column("instant_only", Boolean, nullable=False),
    Column("space", ForeignKey("spaces.id"), index=True),
    Column("made_at", UtcTime, nullable=False),
    Column("told_at", UtcTime),
    Index("ix_alerts_waiting", "x", sqlite_where=WAITING, postgresql_where=WAITING),
)
"""``x``, ``y`` and ``z`` are the place as a unit vector: a box around it is right everywhere."""
