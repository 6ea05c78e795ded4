"""Requests that may be sent again: the same key is answered the same, and done once."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Header, HTTPException
from pydantic import BaseModel

from api.context import House, OpenWork
from api.models.common import Left
from api.security import Current

R = TypeVar("R", bound=BaseModel)

Key = Annotated[
    str | Left,
    Header(
        alias="Idempotency-Key",
        description="Yours to choose, such as a UUID. Kept for a day.",
        pattern=r"^[A-Za-z0-9_-]{8,64}$",
        examples=["2f1d8a54-6d0f-4e0e-9f2b-6b1c4a7d9e10"],
    ),
]


@dataclass(frozen=True, slots=True)
class Repeats:
    key: str | None
    user: Current
    work: OpenWork
    backend: House

    async def once(self, asked: BaseModel, make: Callable[[], Awaitable[R]], kind: type[R]) -> R:
        """What was answered to this key before, or what ``make`` answers now.

        Looking and keeping happen in the unit of what is made: of two requests at the same time
        the second waits, and then finds the first one's answer. Refusals are not kept.
        """
        if self.key is None:
            return await make()
        fingerprint = hashlib.sha256(asked.model_dump_json().encode()).hexdigest()
        kept = await self.work.replies.get(self.user.id, self.key)
        if kept is None:
            reply = await make()
            body, now = reply.model_dump_json(), self.backend.clock()
            await self.work.replies.keep(self.user.id, self.key, fingerprint, body, now)
            return reply
        if kept[0] != fingerprint:
            raise HTTPException(422, "This Idempotency-Key was used for something else.")
        return kind.model_validate_json(kept[1])


async def get_repeats(user: Current, work: OpenWork, backend: House, key: Key = None) -> Repeats:
    return Repeats(key, user, work, backend)


Repeated = Annotated[Repeats, Depends(get_repeats, scope="function")]
