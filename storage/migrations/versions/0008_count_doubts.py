"""Count how often nobody knew whether a notice had arrived, and find people by their zone."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("doubts", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_people_zone", "people", ["zone"])


def downgrade() -> None:
    op.drop_index("ix_people_zone", "people")
    op.drop_column("outbox", "doubts")
