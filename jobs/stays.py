"""Ends what ends by itself: requests nobody answered, holds nobody took, stays that are over."""

from dataclasses import dataclass

from chat.ports import Clock
from jobs.units import Units
from market.services.bookings import BookingService
from market.services.overstays import OverstayService
from market.services.stays import StayService

BATCH = 50


@dataclass(frozen=True, slots=True)
class Expiring:
    """Requests and holds; what is booked over them meanwhile is expired there and then."""

    units: Units
    clock: Clock

    async def __call__(self) -> bool:
        async with self.units.begin() as work:
            service = BookingService(work, self.clock(), max_ahead=0)
            return await service.expire_due(BATCH) == BATCH


@dataclass(frozen=True, slots=True)
class Completing:
    """Stays, some grace after their end; and the photos of those that were overstayed."""

    units: Units
    clock: Clock

    async def __call__(self) -> bool:
        # One short unit each: nobody's update waits for all of it.
        async with self.units.begin() as work:
            completed = await StayService(work, self.clock()).complete_due(BATCH)
        async with self.units.begin() as work:
            forgotten = await OverstayService(work, self.clock()).forget_photos(BATCH)
        return BATCH in (completed, forgotten)
