"""The table of all conversations; who comes first is asked first."""

from chat.conversation import Conversation
from handlers import (
    admin,
    bookings,
    listing,
    messages,
    reports,
    reviews,
    rights,
    settings,
    spaces,
    start,
)
from handlers.context import ParkContext
from handlers.finding import conversation as finding


def conversations(operator: str) -> tuple[Conversation[ParkContext], ...]:
    """``operator`` says who runs the marketplace, and how to reach them."""
    return (
        finding.CONVERSATION,
        bookings.CONVERSATION,
        listing.CONVERSATION,
        spaces.CONVERSATION,
        settings.CONVERSATION,
        reviews.CONVERSATION,
        messages.CONVERSATION,
        reports.CONVERSATION,
        rights.CONVERSATION,
        admin.CONVERSATION,
        start.conversation(operator),
    )
