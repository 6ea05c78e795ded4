"""Plans what listers hear in the morning."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from chat.ports import Clock
from market.ports.work import Work
from market.services.digests import DigestService

BATCH = 200


class Units(Protocol):
    def begin(self) -> AbstractAsyncContextManager[Work]: ...
    def read(self) -> AbstractAsyncContextManager[Work]: ...


@dataclass(frozen=True, slots=True)
class Digesting:
    """Looks for them beside the writer; two who find the same plan it once."""

    units: Units
    clock: Clock

    async def __call__(self) -> bool:
        async with self.units.read() as work:
            owed = await DigestService(work, self.clock()).owed(BATCH)
        if owed:
            async with self.units.begin() as work:
                await work.notices.plan(owed)
        return len(owed) == BATCH
