from typing import Protocol

from market.domain.ids import PersonId
from market.domain.preferences import Preferences


class PreferencesOfPeople(Protocol):
    async def of(self, person: PersonId) -> Preferences:
        """With the size of the vehicle used last; the usual ones for whoever has none."""

    async def save(self, person: PersonId, preferences: Preferences) -> None: ...
