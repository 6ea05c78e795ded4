"""Tells people who wait for a space that they can have one now."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from chat.ports import Clock
from jobs.units import Units
from market.domain.alert import Alert
from market.domain.ids import AlertId, SpaceId
from market.domain.space import Space
from market.ports.nearby import NearbyIndex
from market.services.alerts import PAGE, AlertService

BATCH = 20
"""Changed spaces that are looked at in one go."""
FIRST = AlertId(0)


@dataclass
class Changed:
    """The spaces that the nearby index has lately learned something of: it calls ``note``."""

    spaces: set[int] = field(default_factory=set)

    def note(self, spaces: Collection[int]) -> None:
        self.spaces.update(spaces)

    def some(self) -> list[SpaceId]:
        """Up to ``BATCH`` of them, which are forgotten here."""
        taken = [self.spaces.pop() for _ in range(min(BATCH, len(self.spaces)))]
        return [SpaceId(space) for space in taken]


@dataclass
class Watching:
    """Safe to run twice or late: of two who find an answer, one marks the alert as told.

    Whoever waits near a space that has changed is looked at again. So is everybody after a start,
    since nobody followed the changes before it, and now and then, since time alone lets some
    spaces be booked; ``everybody`` begins that.
    """

    units: Units
    clock: Clock
    index: NearbyIndex
    changed: Changed
    after: AlertId | None = FIRST
    """How far the look at everybody has come; None when it is done."""

    async def __call__(self) -> bool:
        spaces, after = self.changed.some(), self.after
        try:
            async with self.units.begin() as work:
                alerts = AlertService(work, self.clock())
                touched = await alerts.touched_by(spaces)
                waiting = [] if after is None else await alerts.waiting(after)
            await self._tell(await self._answers(touched, waiting))
        except Exception:
            self.changed.note(spaces)
            raise
        self.after = waiting[-1].id if len(waiting) == PAGE else None
        return bool(self.changed.spaces) or self.after is not None

    async def everybody(self) -> bool:
        self.after = FIRST
        return False

    async def _answers(
        self, touched: Sequence[tuple[Alert, Space]], waiting: Sequence[Alert]
    ) -> Sequence[tuple[Alert, SpaceId]]:
        """By the index, outside of any unit, and letting others in between."""
        now, answers = self.clock(), []
        for alert, space in touched:
            found = self.index.near(alert.search_at(space, now)).found
            if any(each.space == space.id for each in found):
                answers.append((alert, space.id))
            await asyncio.sleep(0)
        for alert in waiting:
            if alert.space is not None:
                answers.append((alert, alert.space))
            elif not alert.over(now) and (found := self.index.near(alert.search(now)).found):
                answers.append((alert, found[0].space))
            await asyncio.sleep(0)
        return answers

    async def _tell(self, answers: Sequence[tuple[Alert, SpaceId]]) -> None:
        for alert, space in answers:
            async with self.units.begin() as work:
                await AlertService(work, self.clock()).tell(alert, space)


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Deletes the alerts whose window has passed."""

    units: Units
    clock: Clock

    async def __call__(self) -> bool:
        async with self.units.begin() as work:
            await AlertService(work, self.clock()).forget()
        return False
