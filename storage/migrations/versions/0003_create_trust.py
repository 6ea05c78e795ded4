"""Create reviews, messages, reports, and what operators and erasure need."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.BigInteger()
"""Microseconds since 1970, UTC."""


def upgrade() -> None:
    op.create_index("ix_bookings_booked_at", "bookings", ["booked_at"])
    _create_reviews()
    _create_messages()
    _create_reports()
    _create_operators()
    _create_rights()


def downgrade() -> None:
    for table in (
        *("discarded", "farewells", "exports", "marks", "bans", "audit"),
        *("reports", "blocks", "messages", "strikes", "reviews"),
    ):
        op.drop_table(table)
    op.drop_index("ix_bookings_booked_at", "bookings")


def _create_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("booking", ID, nullable=False),
        sa.Column("side", sa.String(8), nullable=False),
        sa.Column("author", ID, nullable=False),
        sa.Column("stars", sa.Integer, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("written_at", TIME, nullable=False),
        sa.Column("closes_at", TIME, nullable=False, comment="It is shown then at the latest."),
        sa.Column("shown_at", TIME),
        sa.PrimaryKeyConstraint("booking", "side", name="pk_reviews"),
        sa.ForeignKeyConstraint(["booking"], ["bookings.id"], name="fk_reviews_booking"),
        sa.ForeignKeyConstraint(["author"], ["people.id"], name="fk_reviews_author"),
    )
    op.create_index("ix_reviews_author", "reviews", ["author"])
    op.create_index(
        "ix_reviews_hidden",
        "reviews",
        ["closes_at"],
        sqlite_where=sa.text("shown_at IS NULL"),
        postgresql_where=sa.text("shown_at IS NULL"),
    )
    op.create_table(
        "strikes",
        sa.Column("lister", ID, nullable=False),
        sa.Column("booking", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("lister", "booking", name="pk_strikes"),
        sa.ForeignKeyConstraint(["lister"], ["people.id"], name="fk_strikes_lister"),
        sa.ForeignKeyConstraint(["booking"], ["bookings.id"], name="fk_strikes_booking"),
    )


def _create_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("booking", ID, nullable=False),
        sa.Column("author", ID, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("photo", ID),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.ForeignKeyConstraint(["booking"], ["bookings.id"], name="fk_messages_booking"),
        sa.ForeignKeyConstraint(["author"], ["people.id"], name="fk_messages_author"),
        sa.ForeignKeyConstraint(["photo"], ["photos.id"], name="fk_messages_photo"),
    )
    op.create_index("ix_messages_booking", "messages", ["booking"])
    op.create_index("ix_messages_author", "messages", ["author"])
    op.create_table(
        "blocks",
        sa.Column("person", ID, nullable=False),
        sa.Column("other", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("person", "other", name="pk_blocks"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_blocks_person"),
        sa.ForeignKeyConstraint(["other"], ["people.id"], name="fk_blocks_other"),
    )
    op.create_index("ix_blocks_other", "blocks", ["other"])


def _create_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("matter", sa.String(10), nullable=False),
        sa.Column("reporter", ID),
        sa.Column("about", ID),
        sa.Column("space", ID),
        sa.Column("booking", ID),
        sa.Column("message", ID),
        sa.Column("plate", sa.String(12)),
        sa.Column("lat", sa.Float),
        sa.Column("lng", sa.Float),
        sa.Column("photo", ID),
        sa.Column("reason", sa.String(10)),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("settled_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
        sa.ForeignKeyConstraint(["reporter"], ["people.id"], name="fk_reports_reporter"),
        sa.ForeignKeyConstraint(["about"], ["people.id"], name="fk_reports_about"),
        sa.ForeignKeyConstraint(["space"], ["spaces.id"], name="fk_reports_space"),
        sa.ForeignKeyConstraint(["booking"], ["bookings.id"], name="fk_reports_booking"),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name="fk_reports_message"),
        sa.ForeignKeyConstraint(["photo"], ["photos.id"], name="fk_reports_photo"),
    )
    op.create_index("ix_reports_about", "reports", ["about"])
    op.create_index("ix_reports_message", "reports", ["message"])
    op.create_index("ix_reports_at", "reports", ["at"])
    op.create_index("ix_reports_reporter", "reports", ["reporter", "at"])
    op.create_index(
        "ix_reports_open",
        "reports",
        ["at"],
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )


def _create_operators() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("operator", ID, nullable=False),
        sa.Column("act", sa.String(8), nullable=False),
        sa.Column("subject", sa.String(8), nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False, comment="The id of the subject."),
        sa.Column("ended", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sa.ForeignKeyConstraint(["operator"], ["people.id"], name="fk_audit_operator"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_operator", "audit", ["operator"])
    op.create_table(
        "bans",
        sa.Column("person", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_bans"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_bans_person"),
    )
    op.create_table(
        "marks",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_marks"),
        sqlite_with_rowid=False,
    )


def _create_rights() -> None:
    op.create_table(
        "exports",
        sa.Column("person", ID, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_exports"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_exports_person"),
    )
    op.create_index("ix_exports_due_at", "exports", ["due_at"])
    op.create_table(
        "farewells",
        sa.Column("telegram", sa.BigInteger, nullable=False),
        sa.Column("erased_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("telegram", name="pk_farewells"),
    )
    op.create_table(
        "discarded",
        sa.Column("key", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_discarded"),
        sqlite_with_rowid=False,
    )
