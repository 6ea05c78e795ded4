from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from market.domain.ban import mark_of
from market.domain.ids import PersonId, SpaceId, VehicleId, new_id
from market.domain.notice import Kind
from market.domain.person import NAME, Person, checked_name
from market.domain.preferences import Size
from market.domain.space import SpaceState
from market.domain.vehicle import Vehicle, plate_of
from market.ports.work import Work
from market.services.expiry import expire_all


@dataclass(frozen=True, slots=True)
class PeopleService:
    """Who people are, and what they drive."""

    work: Work
    now: datetime
    language: str
    ban_key: bytes = b""

    async def meet(self, telegram: int, name: str, language: str) -> Person:
        """The person behind a Telegram id; a stranger is added, one who had left is back."""
        known = await self.work.people.of_telegram(telegram)
        if known is not None and known.reachable:
            return known
        if known is not None:
            return await self._back(known)
        person = Person(
            id=PersonId(new_id()),
            telegram=telegram,
            name=" ".join(name.split())[: NAME.stop - 1],
            language=language or self.language,
            zone="UTC",
            met_at=self.now,
        )
        await self.work.people.add(person)
        if await self.work.bans.has_mark(mark_of(telegram, self.ban_key)):
            await self.work.bans.add(person.id, self.now)
            return replace(person, banned=True)
        return person

    async def get(self, person: PersonId) -> Person:
        """Raises NotFound."""
        return await self.work.people.get(person)

    async def unreachable(self, person: PersonId) -> None:
        """The person has blocked the bot: their spaces are out of sight, requests to them end."""
        await self._saved(replace(await self.work.people.get(person), reachable=False))
        spaces = await self._switch(person, SpaceState.LIVE, SpaceState.SILENT)
        waiting = await self.work.bookings.requests_to(spaces, self.now)
        await expire_all(self.work, waiting, self.now)

    async def _back(self, person: Person) -> Person:
        """Reachable again, and their spaces in sight."""
        await self._switch(person.id, SpaceState.SILENT, SpaceState.LIVE)
        return await self._saved(replace(person, reachable=True))

    async def _switch(
        self, lister: PersonId, source: SpaceState, target: SpaceState
    ) -> Sequence[SpaceId]:
        """Every space of a lister from one state to another; all of the lister's spaces."""
        spaces = await self.work.spaces.of_lister(lister)
        for space in spaces:
            if space.state is source:
                await self.work.spaces.save(replace(space, state=target))
        return [space.id for space in spaces]

    async def rename(self, person: Person, name: str) -> Person:
        """Raises Invalid for an empty or overlong name."""
        return await self._saved(replace(person, name=checked_name(name)))

    async def speak(self, person: Person, language: str) -> Person:
        return await self._saved(replace(person, language=language))

    async def seen_in(self, person: Person, zone: str) -> Person:
        """Remember the zone of the last search, booking or space: notices keep its nights quiet.

        What was planned for a morning elsewhere is planned anew.
        """
        if person.zone == zone:
            return person
        await self.work.notices.drop_for(person.id, (Kind.DIGEST,))
        return await self._saved(replace(person, zone=zone))

    async def vehicles(self, person: PersonId) -> Sequence[Vehicle]:
        return await self.work.vehicles.of(person)

    async def vehicle(self, person: PersonId, vehicle: VehicleId) -> Vehicle:
        """Raises NotFound, also for somebody else's."""
        return await self.work.vehicles.get(vehicle, person)

    async def add_vehicle(
        self, person: PersonId, plate: str, height: int | None = None, length: int | None = None
    ) -> Vehicle:
        """Raises Invalid for what is not a plate. A plate that is there already counts as used."""
        number, written = VehicleId(new_id()), plate_of(plate)
        return await self.work.vehicles.add(
            Vehicle(number, person, written, self.now, height, length)
        )

    async def measure_vehicle(self, person: PersonId, vehicle: VehicleId, size: Size) -> None:
        """Raises NotFound, also for somebody else's."""
        await self.work.vehicles.measure(vehicle, person, size.height, size.length)

    async def remove_vehicle(self, person: PersonId, vehicle: VehicleId) -> None:
        """Raises NotFound."""
        await self.work.vehicles.remove(vehicle, person)

    async def _saved(self, person: Person) -> Person:
        await self.work.people.save(person)
        return person
