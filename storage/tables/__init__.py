"""Every table of the store, in one metadata."""

from storage.tables import accounts, changes, chat, market, outbox
from storage.tables.base import metadata

__all__ = ["accounts", "changes", "chat", "market", "metadata", "outbox"]
