from dataclasses import dataclass, replace

from market.domain.ids import PersonId
from market.domain.preferences import Preferences, Size
from market.ports.work import Work


@dataclass(frozen=True, slots=True)
class PreferenceService:
    """How people want spaces found."""

    work: Work

    async def of(self, person: PersonId) -> Preferences:
        return await self.work.preferences.of(person)

    async def keep(self, person: PersonId, preferences: Preferences) -> None:
        await self.work.preferences.save(person, preferences)

    async def measured(self, person: PersonId, size: Size) -> Preferences:
        """Remember what the vehicle needs, as that of the vehicle used last if there is one."""
        preferences = replace(await self.of(person), fitting=True)
        vehicles = await self.work.vehicles.of(person)
        if vehicles:
            await self.work.vehicles.measure(vehicles[0].id, person, size.height, size.length)
            preferences = replace(preferences, size=Size(), vehicle=size)
        else:
            preferences = replace(preferences, size=size)
        await self.keep(person, preferences)
        return preferences
