from typing import Protocol

from market.domain.ids import BookingId
from market.domain.rescue import Rescue


class Rescues(Protocol):
    async def of(self, booking: BookingId) -> Rescue | None: ...

    async def save(self, rescue: Rescue) -> None: ...
