from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from market.domain.booking import SETTLED, Booking
from market.domain.digest import (
    Digest,
    digest_notice,
    in_time,
    morning,
    owed_day,
    today,
    yesterday,
)
from market.domain.money import Money
from market.domain.notice import Notice
from market.domain.person import Person
from market.domain.space import Space
from market.domain.window import Window
from market.ports.work import Work


@dataclass(frozen=True, slots=True)
class DigestService:
    """What listers hear in the morning."""

    work: Work
    now: datetime

    async def owed(self, limit: int) -> Sequence[Notice]:
        """To be planned by now, for whoever looks after a space; at most so many."""
        found: list[Notice] = []
        for name in await self.work.digests.zones():
            zone = ZoneInfo(name)
            if (day := owed_day(self.now, zone)) is None:
                continue
            left = limit - len(found)
            people = await self.work.digests.owed(name, day, morning(day, zone), left)
            found += [digest_notice(person, day, zone) for person in people]
        return found

    async def of(self, person: Person, day: date) -> Digest | None:
        """None where it is not that morning any more, or there is nothing to say."""
        zone = ZoneInfo(person.zone)
        if not in_time(day, self.now, zone):
            return None
        own = await self.work.spaces.of_lister(person.id)
        others = await self.work.spaces.many(await self.work.colisters.spaces_of(person.id))
        spaces = [*own, *others.values()]
        earned, stays = await self._earned(own, yesterday(day, zone))
        digest = Digest(
            coming=await self._coming(spaces, today(day, zone)),
            earned=earned,
            stays=stays,
            requests=await self._requests(spaces),
        )
        return None if digest.empty else digest

    async def _coming(
        self, spaces: Sequence[Space], window: Window
    ) -> Sequence[tuple[Booking, Space]]:
        found = [
            (booking, space)
            for space in spaces
            for booking in await self.work.bookings.of_space(space.id, window)
            if booking.state in SETTLED and window.holds(booking.window.start)
        ]
        return sorted(found, key=lambda each: each[0].window.start)

    async def _earned(self, own: Sequence[Space], window: Window) -> tuple[Sequence[Money], int]:
        """Somebody with spaces in two countries earns in two currencies."""
        sums: defaultdict[str, int] = defaultdict(int)
        stays = 0
        for space in own:
            earned, count = await self.work.ledger.earned(space.id, window, self.now)
            if count:
                sums[space.tariff.hour.currency] += earned
                stays += count
        return [Money(minor, currency) for currency, minor in sorted(sums.items())], stays

    async def _requests(self, spaces: Sequence[Space]) -> Sequence[Booking]:
        return await self.work.bookings.requests_to([space.id for space in spaces], self.now)
