"""Create preferences, saved places, favourites and alerts."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.BigInteger()
"""Microseconds since 1970, UTC."""

WAITING = sa.text("told_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "preferences",
        sa.Column("person", ID, nullable=False),
        sa.Column("sort", sa.String(10), nullable=False),
        sa.Column("tags", sa.JSON, nullable=False),
        sa.Column("instant_only", sa.Boolean, nullable=False),
        sa.Column("max_price", sa.BigInteger),
        sa.Column("currency", sa.String(3)),
        sa.Column("fitting", sa.Boolean, nullable=False),
        sa.Column("height", sa.Integer),
        sa.Column("length", sa.Integer),
        sa.PrimaryKeyConstraint("person", name="pk_preferences"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_preferences_person"),
    )
    op.create_table(
        "places",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("owner", ID, nullable=False),
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("lat", sa.Float, nullable=False),
        sa.Column("lng", sa.Float, nullable=False),
        sa.Column("saved_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_places"),
        sa.ForeignKeyConstraint(["owner"], ["people.id"], name="fk_places_owner"),
        sa.UniqueConstraint("owner", "name", name="uq_places_owner_name"),
    )
    op.create_table(
        "favourites",
        sa.Column("person", ID, nullable=False),
        sa.Column("space", ID, nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.PrimaryKeyConstraint("person", "space", name="pk_favourites"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_favourites_person"),
        sa.ForeignKeyConstraint(["space"], ["spaces.id"], name="fk_favourites_space"),
    )
    op.create_index("ix_favourites_space", "favourites", ["space"])
    _create_alerts()


def downgrade() -> None:
    for table in ("alerts", "favourites", "places", "preferences"):
        op.drop_table(table)


def _create_alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("lat", sa.Float, nullable=False),
        sa.Column("lng", sa.Float, nullable=False),
        sa.Column("x", sa.Float, nullable=False),
        sa.Column("y", sa.Float, nullable=False),
        sa.Column("z", sa.Float, nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("place", sa.String(60), nullable=False),
        sa.Column("starts_at", TIME, nullable=False),
        sa.Column("ends_at", TIME, nullable=False),
        sa.Column("tags", sa.JSON, nullable=False),
        sa.Column("height", sa.Integer),
        sa.Column("length", sa.Integer),
        sa.Column("max_price", sa.BigInteger),
        sa.Column("currency", sa.String(3)),
        sa.Column("instant_only", sa.Boolean, nullable=False),
        sa.Column("space", ID),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("told_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_alerts_person"),
        sa.ForeignKeyConstraint(["space"], ["spaces.id"], name="fk_alerts_space"),
    )
    op.create_index("ix_alerts_person", "alerts", ["person"])
    op.create_index("ix_alerts_starts_at", "alerts", ["starts_at"])
    op.create_index("ix_alerts_space", "alerts", ["space"])
    op.create_index(
        "ix_alerts_waiting",
        "alerts",
        ["x"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
