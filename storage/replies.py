"""Rows about what was answered to requests that may be sent again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.ids import PersonId
from storage.tables.accounts import replies

_GET = select(replies.c.fingerprint, replies.c.body).where(
    replies.c.person == bindparam("of_person"), replies.c.key == bindparam("this")
)
_ADD = insert(replies)
_FORGET = delete(replies).where(replies.c.made_at < bindparam("before"))


@dataclass(frozen=True, slots=True)
class ReplyStore:
    connection: AsyncConnection

    async def get(self, person: PersonId, key: str) -> tuple[str, str] | None:
        """The fingerprint of what was asked under a key, and the body that answered."""
        values = {"of_person": person, "this": key}
        row = (await self.connection.execute(_GET, values)).one_or_none()
        return None if row is None else (row.fingerprint, row.body)

    async def keep(
        self, person: PersonId, key: str, fingerprint: str, body: str, at: datetime
    ) -> None:
        row = {
            "person": person,
            "key": key,
            "fingerprint": fingerprint,
            "body": body,
            "made_at": at,
        }
        await self.connection.execute(_ADD, row)

    async def forget(self, before: datetime) -> None:
        """Drop those given before then."""
        await self.connection.execute(_FORGET, {"before": before})
