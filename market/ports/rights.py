from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from market.domain.ids import PersonId
from market.domain.person import Person


@dataclass(frozen=True, slots=True)
class Everything:
    """All that is kept of a person, as plain JSON, and the keys of their photos by name."""

    tables: Mapping[str, Sequence[Mapping[str, Any]]]
    photos: Mapping[str, str]


class Exports(Protocol):
    """Who waits for a copy of their data."""

    async def ask(self, person: PersonId, at: datetime) -> bool:
        """False if they wait already."""

    async def due(self, now: datetime, limit: int) -> Sequence[PersonId]:
        """Longest waiting first."""

    async def put_off(self, person: PersonId, until: datetime) -> int:
        """Try again then; returns how often it was tried."""

    async def done(self, person: PersonId) -> None: ...

    async def everything(self, person: PersonId) -> Everything: ...


class Erasure(Protocol):
    async def erase(self, person: Person, ghost: PersonId, at: datetime) -> None:
        """Delete what is kept of a person.

        What others need, such as their own bookings, stays under the number of the ghost, without
        words, plate or place. Photos are left to be discarded, and the last traces in the chat's
        own tables to ``sweep``.
        """

    async def sweep(self) -> bool:
        """Remove the last traces of people whose goodbye is out; whether any still wait."""
