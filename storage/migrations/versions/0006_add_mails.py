"""Let people say whether they want notices by mail."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("accounts", sa.Column("mails", sa.Boolean()))


def downgrade() -> None:
    op.drop_column("accounts", "mails")
