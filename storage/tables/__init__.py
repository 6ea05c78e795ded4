"""Every table of the store, in one metadata."""

from storage.tables import (
    accounts,
    changes,
    chat,
    colisters,
    finding,
    market,
    messages,
    operators,
    outbox,
    reports,
    reviews,
    rights,
    stays,
)
from storage.tables.base import metadata

__all__ = [
    "accounts",
    "changes",
    "chat",
    "colisters",
    "finding",
    "market",
    "messages",
    "metadata",
    "operators",
    "outbox",
    "reports",
    "reviews",
    "rights",
    "stays",
]
