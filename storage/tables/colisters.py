"""Who else looks after a space, and the links that invite to it."""

from sqlalchemy import Column, ForeignKey, Index, Table

from storage.tables.base import Id, UtcTime, metadata

colisters = Table(
    "colisters",
    metadata,
    Column("space", ForeignKey("spaces.id"), primary_key=True),
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("since", UtcTime, nullable=False),
    Index("ix_colisters_person", "person"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("space", ForeignKey("spaces.id"), nullable=False, index=True),
    Column("expires_at", UtcTime, nullable=False),
)
"""Gone once somebody has followed them."""
