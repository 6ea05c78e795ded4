"""Every table of the store, in one metadata."""

from storage.tables import changes, chat, outbox
from storage.tables.base import metadata

__all__ = ["changes", "chat", "metadata", "outbox"]
