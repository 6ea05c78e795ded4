"""Every table of the store, in one metadata."""

from storage.tables import changes, chat, market, outbox
from storage.tables.base import metadata

__all__ = ["changes", "chat", "market", "metadata", "outbox"]
