"""Quotes: a price that is honoured for ten minutes."""

from fastapi import APIRouter

from api.context import Unit
from api.links import BOOK_QUOTE
from api.models.bookings import QuoteReply, WantedQuote
from api.models.common import window_of
from api.problems import for_users
from api.security import Current
from market.domain.ids import SpaceId

router = APIRouter(prefix="/quotes", tags=["quotes"])


@router.post("", status_code=201, responses=for_users(404, 409, 422) | BOOK_QUOTE)
async def create_quote(wanted: WantedQuote, user: Current, services: Unit) -> QuoteReply:
    """What a stay costs, and by which policy, if you confirm it within ten minutes."""
    window = window_of(wanted.start, wanted.end)
    _, quote = await services.quotes.open(user.id, SpaceId(wanted.space_id), window)
    return QuoteReply.of(quote)
