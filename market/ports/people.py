from typing import Protocol

from market.domain.ids import PersonId
from market.domain.person import Person


class People(Protocol):
    async def get(self, person: PersonId) -> Person:
        """Raises NotFound."""

    async def of_telegram(self, telegram: int) -> Person | None: ...

    async def add(self, person: Person) -> None: ...

    async def save(self, person: Person) -> None: ...

    async def merge(self, person: PersonId, into: PersonId) -> None:
        """Give everything of one person to another, and forget the first.

        Where both have what one can have only once, the other's stays.
        """
