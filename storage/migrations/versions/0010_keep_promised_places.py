"""Keep where a space stood when somebody who is still to come booked it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("spaces", sa.Column("promised", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("spaces", "promised")
