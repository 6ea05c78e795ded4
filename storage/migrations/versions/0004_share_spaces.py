"""Let spaces have co-listers, and their listers be free or away at a word."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.BigInteger()
"""Microseconds since 1970, UTC."""

MOMENTS = ("free_from", "free_until", "away_from", "away_until")


def upgrade() -> None:
    for moment in MOMENTS:
        op.add_column("spaces", sa.Column(moment, TIME))
    op.create_table(
        "colisters",
        sa.Column("space", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.PrimaryKeyConstraint("space", "person", name="pk_colisters"),
        sa.ForeignKeyConstraint(["space"], ["spaces.id"], name="fk_colisters_space"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_colisters_person"),
    )
    op.create_index("ix_colisters_person", "colisters", ["person"])
    op.create_table(
        "invitations",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("space", ID, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.ForeignKeyConstraint(["space"], ["spaces.id"], name="fk_invitations_space"),
    )
    op.create_index("ix_invitations_space", "invitations", ["space"])


def downgrade() -> None:
    op.drop_table("invitations")
    op.drop_table("colisters")
    for moment in reversed(MOMENTS):
        op.drop_column("spaces", moment)
