"""What goes out because time passes, in the handlers' tests: notices, exports, and forgetting."""

from dataclasses import dataclass, field

from chat.bot import Bot
from chat.buckets import Limits
from chat.courier import Courier
from jobs.exports import Exporting
from jobs.notices import BREATH, Delivery
from jobs.retention import Discarding, Farewells, Retention
from jobs.reviews import Showing
from storage.database import Store
from tests.telegram import Chat, Clock

AT_ONCE = Limits(10_000, 10_000, 10_000)
ROUNDS = 3
"""Of deliveries: nobody gets more than a few notices in one."""


@dataclass
class Post:
    """The sweeps, run when a test says so."""

    store: Store
    bot: Bot
    clock: Clock
    photos: dict[str, bytes] = field(default_factory=dict)
    """The photo store."""

    async def read(self, key: str) -> bytes:
        return self.photos[key]

    async def drop(self, key: str) -> None:
        self.photos.pop(key, None)

    async def deliver(self, chat: Chat) -> str:
        """What a person hears once all that is due has been sent."""
        for breaths in range(ROUNDS):
            at = self.clock() + breaths * BREATH
            await Delivery(self.store, self.courier, lambda at=at: at, "test")()
        return chat.heard()

    async def export(self) -> None:
        await Exporting(self.store, self.courier, self.clock, self.read)()

    async def forget(self) -> None:
        await Showing(self.store, self.clock)()
        await Retention(self.store, self.clock)()
        await Farewells(self.store)()
        await Discarding(self.store, self.drop)()

    @property
    def courier(self) -> Courier:
        return Courier(self.bot, self.read, AT_ONCE, clock=self.clock)
