"""Create what people sign in with over HTTP."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.BigInteger()
"""Microseconds since 1970, UTC."""


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("person", ID, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("user_type", sa.String(6), nullable=False),
        sa.Column("email", sa.String(254)),
        sa.Column("email_key", sa.String(254), comment="The same in any spelling."),
        sa.Column("password", sa.Text),
        sa.Column("email_verified", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_accounts"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_accounts_person"),
        sa.UniqueConstraint("email_key", name="uq_accounts_email_key"),
    )
    _create_sessions()
    op.create_table(
        "codes",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("purpose", sa.String(6), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_codes"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_codes_person"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_codes_person", "codes", ["person"])
    op.create_index("ix_codes_expires_at", "codes", ["expires_at"])
    op.create_table(
        "replies",
        sa.Column("person", ID, nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False, comment="Of what was asked."),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("person", "key", name="pk_replies"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_replies_person"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_replies_made_at", "replies", ["made_at"])


def downgrade() -> None:
    for table in ("replies", "codes", "refresh_tokens", "sessions", "accounts"):
        op.drop_table(table)


def _create_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("ended_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_sessions_person"),
    )
    op.create_index("ix_sessions_person", "sessions", ["person"])
    op.create_table(
        "refresh_tokens",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("session", ID, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("used_at", TIME, comment="Whoever shows it again after that has a copy."),
        sa.PrimaryKeyConstraint("digest", name="pk_refresh_tokens"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_refresh_tokens_session"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_refresh_tokens_session", "refresh_tokens", ["session"])
    op.create_index("ix_refresh_tokens_expires_at", "refresh_tokens", ["expires_at"])
