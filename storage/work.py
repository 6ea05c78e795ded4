"""One unit of work: a store for each noun, all over the unit's one connection."""

from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.cards import CardStore
from storage.changes import ChangeStore
from storage.conversations import ConversationStore
from storage.inbox import InboxStore


class Work:
    """What a service joins. Only who opened the unit commits it, by leaving its block."""

    def __init__(self, connection: AsyncConnection, touched: set[str]) -> None:
        self.connection = connection
        self._touched = touched

    def touch(self, topic: str) -> None:
        """Tell the topic's listeners in this process, once this unit is committed."""
        self._touched.add(topic)

    @cached_property
    def changes(self) -> ChangeStore:
        return ChangeStore(self)

    @cached_property
    def inbox(self) -> InboxStore:
        return InboxStore(self.connection)

    @cached_property
    def conversations(self) -> ConversationStore:
        return ConversationStore(self)

    @cached_property
    def cards(self) -> CardStore:
        return CardStore(self.connection)
