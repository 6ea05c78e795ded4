"""One unit of work: a store for each noun, all over the unit's one connection."""

from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.changes import ChangeStore


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
