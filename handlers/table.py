"""The table of all conversations; who comes first is asked first."""

from collections.abc import Callable

from chat.conversation import Conversation
from handlers import (
    admin,
    bookings,
    hosting,
    linking,
    messages,
    reach,
    reports,
    requests,
    rescue,
    reviews,
    rights,
    settings,
    start,
    stays,
)
from handlers.context import ParkContext
from handlers.finding import conversation as finding
from handlers.listing import conversation as listing
from handlers.spaces.conversation import conversation as spaces


def conversations(operator: str, bot: Callable[[], str]) -> tuple[Conversation[ParkContext], ...]:
    """``operator`` says who runs the marketplace, and how to reach them; ``bot`` its user name."""
    return (
        bookings.CONVERSATION,
        requests.CONVERSATION,
        stays.CONVERSATION,
        rescue.CONVERSATION,
        hosting.CONVERSATION,
        listing.CONVERSATION,
        spaces(bot),
        settings.CONVERSATION,
        linking.CONVERSATION,
        reviews.CONVERSATION,
        messages.CONVERSATION,
        reports.CONVERSATION,
        rights.CONVERSATION,
        admin.CONVERSATION,
        reach.CONVERSATION,
        start.conversation(operator),
        # Last, because it takes any text for an address.
        finding.CONVERSATION,
    )
