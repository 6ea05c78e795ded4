"""Shows reviews that have waited long enough for the other side."""

from dataclasses import dataclass

from chat.ports import Clock
from jobs.units import Units
from market.services.reviews import ReviewService

BATCH = 20


@dataclass(frozen=True, slots=True)
class Showing:
    units: Units
    clock: Clock

    async def __call__(self) -> bool:
        async with self.units.begin() as work:
            return await ReviewService(work, self.clock()).show_overdue(BATCH) == BATCH
