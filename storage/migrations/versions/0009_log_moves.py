"""Log where a space that moves was seen until then."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    left = "The public point that a moved space has left."
    op.add_column("changes", sa.Column("left_lat", sa.Float(), comment=left))
    op.add_column("changes", sa.Column("left_lng", sa.Float()))


def downgrade() -> None:
    op.drop_column("changes", "left_lng")
    op.drop_column("changes", "left_lat")
