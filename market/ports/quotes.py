from typing import Protocol

from market.domain.ids import PersonId, QuoteId
from market.domain.quote import Quote


class Quotes(Protocol):
    async def get(self, quote: QuoteId, renter: PersonId) -> Quote:
        """Raises NotFound, also for somebody else's."""

    async def add(self, quote: Quote) -> None: ...
