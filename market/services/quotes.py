from dataclasses import dataclass
from datetime import datetime

from market.domain.errors import NotBookable
from market.domain.ids import PersonId, QuoteId, SpaceId, new_id
from market.domain.quote import Quote, make_quote
from market.domain.space import Space
from market.domain.window import Window
from market.ports.work import Work
from market.services.expiry import expire_around


@dataclass(frozen=True, slots=True)
class QuoteService:
    """Prices that are promised for ten minutes."""

    work: Work
    now: datetime

    async def open(
        self, renter: PersonId, space_id: SpaceId, window: Window
    ) -> tuple[Space, Quote]:
        """The space and a fresh quote for it. Raises NotFound or the NotBookable that refuses."""
        space = await self.work.spaces.get(space_id)
        await expire_around(self.work, space.id, renter, self.now)
        blocked = Window(window.start, window.end + space.rules.buffer)
        taken = await self.work.bookings.taken(space.id, blocked)
        quote = make_quote(QuoteId(new_id()), space, renter, window, taken, self.now)
        await self.work.quotes.add(quote)
        return space, quote

    async def refusal(self, renter: PersonId, space: Space, window: Window) -> NotBookable | None:
        """Why a quote would be refused at this moment; nothing is written, nothing expires."""
        blocked = Window(window.start, window.end + space.rules.buffer)
        taken = await self.work.bookings.taken(space.id, blocked)
        try:
            make_quote(QuoteId(0), space, renter, window, taken, self.now)
        except NotBookable as why:
            return why
        return None

    async def get(self, renter: PersonId, quote: QuoteId) -> Quote:
        """Raises NotFound, also for somebody else's."""
        return await self.work.quotes.get(quote, renter)
