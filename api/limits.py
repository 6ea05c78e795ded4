"""How often somebody may try: every address, and every account whoever tries it."""

from dataclasses import dataclass, field
from datetime import timedelta
from math import ceil
from time import time

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, Storage
from limits.aio.strategies import MovingWindowRateLimiter

from market.domain.account import email_key
from market.domain.errors import TooOften


@dataclass(frozen=True, slots=True)
class Rates:
    """Of each route that signs somebody in, in the spelling of the ``limits`` library."""

    per_address: str = "30 per minute"
    per_account: str = "10 per 15 minutes"


@dataclass(frozen=True, slots=True)
class Doors:
    """Counts in the memory of this process, unless it is given a storage that is shared."""

    rates: Rates = Rates()
    storage: Storage = field(default_factory=MemoryStorage)

    async def by_address(self, route: str, address: str) -> None:
        """Count one try from there. Raises TooOften."""
        await self._count(self.rates.per_address, route, address)

    async def by_account(self, route: str, email: str) -> None:
        """Count one try at an account, whether it exists or not. Raises TooOften."""
        await self._count(self.rates.per_account, route, email_key(email))

    async def _count(self, rate: str, route: str, who: str) -> None:
        limiter, limit = MovingWindowRateLimiter(self.storage), parse(rate)
        if not await limiter.hit(limit, route, who):
            raise TooOften(await self._until_next(limiter, limit, route, who))

    async def _until_next(
        self, limiter: MovingWindowRateLimiter, limit: RateLimitItem, route: str, who: str
    ) -> timedelta:
        window = await limiter.get_window_stats(limit, route, who)
        return timedelta(seconds=max(1, ceil(window.reset_time - time())))
