"""Which message shows a card now, so that the next change edits it instead of sending another."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.chat import cards

_OF = select(cards.c.name, cards.c.message, cards.c.media).where(
    cards.c.chat == bindparam("where"), cards.c.name.in_(bindparam("names", expanding=True))
)
_KEEP = insert(cards)
_KEEP = _KEEP.on_conflict_do_update(
    index_elements=[cards.c.chat, cards.c.name],
    set_={"message": _KEEP.excluded.message, "media": _KEEP.excluded.media},
)
_PICTURED = (
    update(cards)
    .where(cards.c.chat == bindparam("where"), cards.c.message == bindparam("which"))
    .values(media=True)
)


@dataclass(frozen=True, slots=True)
class CardStore:
    connection: AsyncConnection

    async def of(self, chat: int, names: Collection[str]) -> Mapping[str, tuple[int, bool]]:
        """Of each known card its message, and whether that is a picture with a caption."""
        rows = await self.connection.execute(_OF, {"where": chat, "names": list(names)})
        return {name: (message, media) for name, message, media in rows}

    async def keep(self, shown: Sequence[tuple[int, str, int, bool]]) -> None:
        """Remember (chat, card, message, whether it is a picture); the last one of a card wins."""
        rows = [
            {"chat": chat, "name": name, "message": message, "media": media}
            for chat, name, message, media in shown
        ]
        await self.connection.execute(_KEEP, rows)

    async def pictured(self, chat: int, message: int) -> None:
        """The message has become a picture with a caption, if it still shows a card."""
        await self.connection.execute(_PICTURED, {"where": chat, "which": message})

    async def forget(self, chat: int) -> None:
        await self.connection.execute(delete(cards).where(cards.c.chat == chat))
