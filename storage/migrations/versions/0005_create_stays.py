"""Create the ledger, and what is kept of requests, overstays and rescues."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.BigInteger()
"""Microseconds since 1970, UTC."""

LAPSING = sa.text("state IN ('held', 'requested')")
SETTLED = sa.text("state IN ('booked', 'arrived')")
WITH_PHOTO = sa.text("photo IS NOT NULL")


def upgrade() -> None:
    op.add_column(
        "bookings",
        sa.Column("wanted", sa.JSON, comment="Tags that the renter had searched for."),
    )
    op.create_index(
        "ix_bookings_lapsing",
        "bookings",
        ["expires_at"],
        sqlite_where=LAPSING,
        postgresql_where=LAPSING,
    )
    op.create_index(
        "ix_bookings_settled",
        "bookings",
        ["ends_at"],
        sqlite_where=SETTLED,
        postgresql_where=SETTLED,
    )
    _create_ledger()
    _create_overstays()
    op.create_table(
        "rescues",
        sa.Column("booking", ID, nullable=False),
        sa.Column("reported_at", TIME, nullable=False),
        sa.Column("held", ID),
        sa.PrimaryKeyConstraint("booking", name="pk_rescues"),
        sa.ForeignKeyConstraint(["booking"], ["bookings.id"], name="fk_rescues_booking"),
        sa.ForeignKeyConstraint(["held"], ["bookings.id"], name="fk_rescues_held"),
    )
    op.create_index("ix_rescues_held", "rescues", ["held"])


def downgrade() -> None:
    for table in ("rescues", "overstays", "ledger"):
        op.drop_table(table)
    op.drop_index("ix_bookings_settled", "bookings")
    op.drop_index("ix_bookings_lapsing", "bookings")
    op.drop_column("bookings", "wanted")


def _create_ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("id", ID, nullable=False),
        sa.Column("booking", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("reason", sa.String(9), nullable=False),
        sa.Column("debit", sa.String(6), nullable=False),
        sa.Column("credit", sa.String(6), nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger"),
        sa.ForeignKeyConstraint(["booking"], ["bookings.id"], name="fk_ledger_booking"),
    )
    op.create_index("ix_ledger_booking", "ledger", ["booking"])


def _create_overstays() -> None:
    op.create_table(
        "overstays",
        sa.Column("booking", ID, nullable=False),
        sa.Column("reporter", ID, nullable=False),
        sa.Column("photo", sa.BigInteger, comment="Of the photos; empty once it was deleted."),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("charge", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("contested_at", TIME),
        sa.Column("settled_at", TIME),
        sa.PrimaryKeyConstraint("booking", name="pk_overstays"),
        sa.ForeignKeyConstraint(["booking"], ["bookings.id"], name="fk_overstays_booking"),
        sa.ForeignKeyConstraint(["reporter"], ["people.id"], name="fk_overstays_reporter"),
    )
    op.create_index("ix_overstays_reporter", "overstays", ["reporter"])
    op.create_index(
        "ix_overstays_seen_at",
        "overstays",
        ["seen_at"],
        sqlite_where=WITH_PHOTO,
        postgresql_where=WITH_PHOTO,
    )
