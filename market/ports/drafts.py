from datetime import datetime
from typing import Protocol

from market.domain.ids import PersonId
from market.domain.space import Draft


class Drafts(Protocol):
    """One half-made listing a person."""

    async def of(self, person: PersonId) -> Draft | None: ...

    async def save(self, person: PersonId, draft: Draft, at: datetime) -> None: ...

    async def drop(self, person: PersonId) -> None: ...
