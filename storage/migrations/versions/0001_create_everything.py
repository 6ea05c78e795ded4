"""Create everything that the first release keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.BigInteger()
"""Microseconds since 1970, UTC."""

INSERT_GUARD = """\
CREATE TRIGGER bookings_apart_on_insert
BEFORE INSERT ON bookings
WHEN NEW.state IN ('held', 'requested', 'booked', 'arrived')
BEGIN
    SELECT RAISE(ABORT, 'window taken') WHERE NEW.starts_at < (
        SELECT blocked_until FROM bookings
        WHERE space = NEW.space AND state IN ('held', 'requested', 'booked', 'arrived')
        AND starts_at < NEW.blocked_until
        ORDER BY starts_at DESC LIMIT 1
    );
END"""
UPDATE_GUARD = """\
CREATE TRIGGER bookings_apart_on_update
BEFORE UPDATE OF space, starts_at, blocked_until, state ON bookings
WHEN NEW.state IN ('held', 'requested', 'booked', 'arrived')
BEGIN
    SELECT RAISE(ABORT, 'window taken') WHERE NEW.starts_at < (
        SELECT blocked_until FROM bookings
        WHERE space = NEW.space AND state IN ('held', 'requested', 'booked', 'arrived')
        AND starts_at < NEW.blocked_until AND id <> OLD.id
        ORDER BY starts_at DESC LIMIT 1
    );
END"""


def upgrade() -> None:
    _create_people()
    _create_spaces()
    _create_bookings()
    _create_notices()
    _create_chat()
    op.execute(INSERT_GUARD)
    op.execute(UPDATE_GUARD)


def downgrade() -> None:
    op.drop_table("polls")
    op.drop_table("cards")
    op.drop_table("conversations")
    op.drop_table("inbox")
    op.drop_table("changes")
    op.drop_table("outbox")
    op.drop_table("booking_events")
    op.drop_table("bookings")
    op.drop_table("quotes")
    op.drop_table("drafts")
    op.drop_table("photos")
    op.drop_table("spaces")
    op.drop_table("vehicles")
    op.drop_table("people")


def _create_people() -> None:
    op.create_table(
        "people",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("telegram", sa.BigInteger()),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("met_at", TIME, nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("telegram", name="uq_people_telegram"),
    )
    op.create_table(
        "vehicles",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("owner", ID, nullable=False),
        sa.Column("plate", sa.String(length=12), nullable=False),
        sa.Column("used_at", TIME, nullable=False),
        sa.Column("height", sa.Integer()),
        sa.Column("length", sa.Integer()),
        sa.ForeignKeyConstraint(["owner"], ["people.id"], name="fk_vehicles_owner"),
        sa.PrimaryKeyConstraint("id", name="pk_vehicles"),
        sa.UniqueConstraint("owner", "plate", name="uq_vehicles_owner_plate"),
    )


def _create_spaces() -> None:
    op.create_table(
        "spaces",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("lister", ID, nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lng", sa.Float(), nullable=False),
        sa.Column("offset_bearing", sa.Float(), nullable=False),
        sa.Column("offset_metres", sa.Float(), nullable=False),
        sa.Column("shows_place", sa.Boolean(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("hour_price", sa.BigInteger(), nullable=False),
        sa.Column("day_price", sa.BigInteger()),
        sa.Column("week_price", sa.BigInteger()),
        sa.Column("month_price", sa.BigInteger()),
        sa.Column("openings", sa.JSON(), nullable=False),
        sa.Column("blocked", sa.JSON(), nullable=False),
        sa.Column("min_stay", sa.Integer(), nullable=False),
        sa.Column("max_stay", sa.Integer(), nullable=False),
        sa.Column("notice", sa.Integer(), nullable=False),
        sa.Column("horizon", sa.Integer(), nullable=False),
        sa.Column("buffer", sa.Integer(), nullable=False),
        sa.Column("approval", sa.String(length=12), nullable=False),
        sa.Column("approved", sa.Integer(), nullable=False),
        sa.Column("policy", sa.String(length=12), nullable=False),
        sa.Column("plate_needed", sa.Boolean(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("max_height", sa.Integer()),
        sa.Column("max_length", sa.Integer()),
        sa.Column("rating_total", sa.Integer(), nullable=False),
        sa.Column("rating_count", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("listed_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["lister"], ["people.id"], name="fk_spaces_lister"),
        sa.PrimaryKeyConstraint("id", name="pk_spaces"),
    )
    op.create_index("ix_spaces_lister", "spaces", ["lister"])
    op.create_table(
        "photos",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("owner", ID, nullable=False),
        sa.Column("space", ID),
        sa.Column("place", sa.Integer(), nullable=False, comment="Order within the space."),
        sa.Column("entrance", sa.Boolean(), nullable=False, comment="For the booked renter alone."),
        sa.Column(
            "file_id", sa.Text(), comment="Telegram's, until and after the bytes are fetched."
        ),
        sa.Column("file_unique_id", sa.Text()),
        sa.Column(
            "key", sa.Text(), comment="Of the photo store; empty until the bytes are fetched."
        ),
        sa.Column("added_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["owner"], ["people.id"], name="fk_photos_owner"),
        sa.ForeignKeyConstraint(["space"], ["spaces.id"], name="fk_photos_space"),
        sa.PrimaryKeyConstraint("id", name="pk_photos"),
    )
    op.create_index("ix_photos_space_place", "photos", ["space", "place"])
    op.create_index(
        "ix_photos_unfetched", "photos", ["added_at"], sqlite_where=sa.text("key IS NULL")
    )
    op.create_table(
        "drafts",
        sa.Column("person", ID, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_drafts_person"),
        sa.PrimaryKeyConstraint("person", name="pk_drafts"),
    )


def _create_bookings() -> None:
    op.create_table(
        "quotes",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("space", ID, nullable=False),
        sa.Column("renter", ID, nullable=False),
        sa.Column("starts_at", TIME, nullable=False),
        sa.Column("ends_at", TIME, nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("hour_price", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("policy", sa.String(length=12), nullable=False),
        sa.Column("buffer", sa.Integer(), nullable=False),
        sa.Column("by_request", sa.Boolean(), nullable=False),
        sa.Column("plate_needed", sa.Boolean(), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["renter"], ["people.id"], name="fk_quotes_renter"),
        sa.ForeignKeyConstraint(["space"], ["spaces.id"], name="fk_quotes_space"),
        sa.PrimaryKeyConstraint("id", name="pk_quotes"),
    )
    op.create_index("ix_quotes_expires_at", "quotes", ["expires_at"])
    op.create_table(
        "bookings",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("quote", sa.BigInteger(), nullable=False),
        sa.Column("space", ID, nullable=False),
        sa.Column("lister", ID, nullable=False),
        sa.Column("renter", ID, nullable=False),
        sa.Column("starts_at", TIME, nullable=False),
        sa.Column("ends_at", TIME, nullable=False),
        sa.Column("blocked_until", TIME, nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("hour_price", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("policy", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("booked_at", TIME, nullable=False),
        sa.Column("plate", sa.String(length=12)),
        sa.Column("expires_at", TIME),
        sa.Column("refunded", sa.BigInteger()),
        sa.CheckConstraint("starts_at < blocked_until", name=op.f("ck_bookings_in_order")),
        sa.ForeignKeyConstraint(["lister"], ["people.id"], name="fk_bookings_lister"),
        sa.ForeignKeyConstraint(["renter"], ["people.id"], name="fk_bookings_renter"),
        sa.ForeignKeyConstraint(["space"], ["spaces.id"], name="fk_bookings_space"),
        sa.PrimaryKeyConstraint("id", name="pk_bookings"),
        sa.UniqueConstraint("quote", name="uq_bookings_quote"),
    )
    op.create_index(
        "ix_bookings_live",
        "bookings",
        ["space", "starts_at", "blocked_until", "state"],
        sqlite_where=sa.text("state IN ('held', 'requested', 'booked', 'arrived')"),
        postgresql_where=sa.text("state IN ('held', 'requested', 'booked', 'arrived')"),
    )
    op.create_index("ix_bookings_renter", "bookings", ["renter", "starts_at"])
    op.create_index("ix_bookings_space", "bookings", ["space", "ends_at"])
    op.create_table(
        "booking_events",
        sa.Column("booking", ID, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("by", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["booking"], ["bookings.id"], name="fk_booking_events_booking"),
        sa.PrimaryKeyConstraint("booking", "step", name="pk_booking_events"),
    )


def _create_notices() -> None:
    op.create_table(
        "outbox",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("booking", sa.BigInteger()),
        sa.Column("facts", sa.JSON(none_as_null=True)),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("owner", sa.Text()),
        sa.Column("leased_until", TIME),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sent_at", TIME),
        sa.PrimaryKeyConstraint("key", name="pk_outbox"),
    )
    op.create_index("ix_outbox_booking", "outbox", ["booking"])
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["due_at"],
        sqlite_where=sa.text("sent_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL"),
    )
    op.create_index("ix_outbox_person", "outbox", ["person"])
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("noun", sa.Text(), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
        sqlite_autoincrement=True,
    )


def _create_chat() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger()),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("sent_at", TIME, nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("state", sa.Text(), server_default="new", nullable=False),
        sa.Column("answer", sa.Text()),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("ended_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
    )
    op.create_index("ix_inbox_ended_at", "inbox", ["ended_at"])
    op.create_index("ix_inbox_person", "inbox", ["person"])
    op.create_index(
        "ix_inbox_unfinished",
        "inbox",
        ["received_at", "id"],
        sqlite_where=sa.text("state IN ('new', 'sending')"),
        postgresql_where=sa.text("state IN ('new', 'sending')"),
    )
    op.create_table(
        "conversations",
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("flow", sa.Text(), nullable=False),
        sa.Column("step", sa.Text()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("draft", sa.Text()),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("expires_at", TIME),
        sa.Column("wake_at", TIME),
        sa.PrimaryKeyConstraint("person", "flow", name="pk_conversations"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_conversations_wake_at",
        "conversations",
        ["wake_at"],
        sqlite_where=sa.text("wake_at IS NOT NULL"),
        postgresql_where=sa.text("wake_at IS NOT NULL"),
    )
    op.create_table(
        "cards",
        sa.Column("chat", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=False),
        sa.Column("media", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("chat", "name", name="pk_cards"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "polls",
        sa.Column("bot", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("polled_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("bot", name="pk_polls"),
    )
