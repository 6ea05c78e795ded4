"""The marketplace's tables. Times are UTC, money is in minor units, lengths are in seconds."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.tables.base import Id, UtcTime, metadata

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("telegram", BigInteger, unique=True),
    Column("name", String(64), nullable=False),
    Column("language", String(35), nullable=False),
    Column("zone", String(64), nullable=False, index=True),
    Column("met_at", UtcTime, nullable=False),
    Column("reachable", Boolean, nullable=False),
)

vehicles = Table(
    "vehicles",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", ForeignKey("people.id"), nullable=False),
    Column("plate", String(12), nullable=False),
    Column("used_at", UtcTime, nullable=False),
    Column("height", Integer),
    Column("length", Integer),
    UniqueConstraint("owner", "plate"),
)

spaces = Table(
    "spaces",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("lister", ForeignKey("people.id"), nullable=False, index=True),
    Column("title", String(60), nullable=False),
    Column("description", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("lat", Float, nullable=False),
    Column("lng", Float, nullable=False),
    Column("offset_bearing", Float, nullable=False),
    Column("offset_metres", Float, nullable=False),
    Column("promised", JSON, nullable=False, server_default="[]"),
    Column("shows_place", Boolean, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("country", String(2), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("hour_price", BigInteger, nullable=False),
    Column("day_price", BigInteger),
    Column("week_price", BigInteger),
    Column("month_price", BigInteger),
    Column("openings", JSON, nullable=False),
    Column("blocked", JSON, nullable=False),
    Column("free_from", UtcTime),
    Column("free_until", UtcTime),
    Column("away_from", UtcTime),
    Column("away_until", UtcTime, comment="Empty where the lister is away for good."),
    Column("min_stay", Integer, nullable=False),
    Column("max_stay", Integer, nullable=False),
    Column("notice", Integer, nullable=False),
    Column("horizon", Integer, nullable=False),
    Column("buffer", Integer, nullable=False),
    Column("approval", String(12), nullable=False),
    Column("approved", Integer, nullable=False),
    Column("policy", String(12), nullable=False),
    Column("plate_needed", Boolean, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("max_height", Integer),
    Column("max_length", Integer),
    Column("rating_total", Integer, nullable=False),
    Column("rating_count", Integer, nullable=False),
    Column("state", String(8), nullable=False),
    Column("version", Integer, nullable=False),
    Column("listed_at", UtcTime, nullable=False),
)

UNFETCHED = text("key IS NULL")

photos = Table(
    "photos",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", ForeignKey("people.id"), nullable=False),
    Column("space", ForeignKey("spaces.id")),
    Column("place", Integer, nullable=False, comment="Order within the space."),
    Column("entrance", Boolean, nullable=False, comment="For the booked renter alone."),
    Column("file_id", Text, comment="Telegram's, until and after the bytes are fetched."),
    Column("file_unique_id", Text),
    Column("key", Text, comment="Of the photo store; empty until the bytes are fetched."),
    Column("added_at", UtcTime, nullable=False),
    Index("ix_photos_space_place", "space", "place"),
    Index("ix_photos_unfetched", "added_at", sqlite_where=UNFETCHED, postgresql_where=UNFETCHED),
)

drafts = Table(
    "drafts",
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("content", JSON, nullable=False),
    Column("saved_at", UtcTime, nullable=False),
)

quotes = Table(
    "quotes",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("space", ForeignKey("spaces.id"), nullable=False),
    Column("renter", ForeignKey("people.id"), nullable=False),
    Column("starts_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Column("lines", JSON, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("hour_price", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("policy", String(12), nullable=False),
    Column("buffer", Integer, nullable=False),
    Column("by_request", Boolean, nullable=False),
    Column("plate_needed", Boolean, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False, index=True),
)

LIVE_STATES = text("state IN ('held', 'requested', 'booked', 'arrived')")
"""Must say the same as market.domain.booking.LIVE; a test compares them."""
LAPSING_STATES = text("state IN ('held', 'requested')")
SETTLED_STATES = text("state IN ('booked', 'arrived')")

bookings = Table(
    "bookings",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("quote", BigInteger, nullable=False, unique=True),
    Column("space", ForeignKey("spaces.id"), nullable=False),
    Column("lister", ForeignKey("people.id"), nullable=False),
    Column("renter", ForeignKey("people.id"), nullable=False),
    Column("starts_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Column("blocked_until", UtcTime, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("hour_price", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("policy", String(12), nullable=False),
    Column("state", String(10), nullable=False),
    Column("booked_at", UtcTime, nullable=False),
    Column("plate", String(12)),
    Column("expires_at", UtcTime),
    Column("refunded", BigInteger),
    Column("wanted", JSON(none_as_null=True), comment="Tags that the renter had searched for."),
    CheckConstraint("starts_at < blocked_until", name="in_order"),
    Index(
        "ix_bookings_live",
        "space",
        "starts_at",
        "blocked_until",
        "state",
        sqlite_where=LIVE_STATES,
        postgresql_where=LIVE_STATES,
    ),
    # By the end, not by the start: SQLite would prefer it to the index of live ones, and walk past
    # every cancelled booking whenever somebody books.
    Index("ix_bookings_space", "space", "ends_at"),
    Index("ix_bookings_renter", "renter", "starts_at"),
    Index("ix_bookings_booked_at", "booked_at"),
    Index(
        "ix_bookings_lapsing",
        "expires_at",
        sqlite_where=LAPSING_STATES,
        postgresql_where=LAPSING_STATES,
    ),
    Index(
        "ix_bookings_settled",
        "ends_at",
        sqlite_where=SETTLED_STATES,
        postgresql_where=SETTLED_STATES,
    ),
)

booking_events = Table(
    "booking_events",
    metadata,
    Column("booking", ForeignKey("bookings.id"), primary_key=True),
    Column("step", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("state", String(10), nullable=False),
    Column("by", String(8), nullable=False),
)
