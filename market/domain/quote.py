"""A quote: a price that is honoured for ten minutes. It holds nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from market.domain.errors import OwnSpace, WindowPast, WindowTaken
from market.domain.ids import PersonId, QuoteId, SpaceId
from market.domain.money import Money
from market.domain.refund import Policy
from market.domain.space import Space, obstacle
from market.domain.tariff import Line
from market.domain.window import Window

LIFETIME = timedelta(minutes=10)
START_GRACE = timedelta(minutes=15)
"""A stay may still be quoted this long after its start: the renter is on the way."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What one renter was promised, once. Everything that a booking takes over stands here."""

    id: QuoteId
    space: SpaceId
    renter: PersonId
    window: Window
    lines: tuple[Line, ...]
    total: Money
    hour_price: Money
    policy: Policy
    buffer: timedelta
    by_request: bool
    plate_needed: bool
    made_at: datetime
    expires_at: datetime

    def alive(self, now: datetime) -> bool:
        return now <= self.expires_at


def make_quote(
    quote_id: QuoteId,
    space: Space,
    renter: PersonId,
    window: Window,
    taken: Iterable[Window],
    now: datetime,
) -> Quote:
    """The price and policy of a stay for one renter, if it can be booked.

    ``taken`` must list every live booking of the space that could touch the window, buffers
    included. Raises the NotBookable that names the rule.
    """
    if renter == space.lister:
        raise OwnSpace(space.id, window)
    if window.start < now - START_GRACE:
        raise WindowPast(space.id, window)
    refusal = obstacle(space, window, now)
    if refusal is not None:
        raise refusal
    refuse_taken(space.id, window, space.rules.buffer, taken)
    return Quote(
        id=quote_id,
        space=space.id,
        renter=renter,
        window=window,
        lines=space.tariff.lines(window.length),
        total=space.tariff.price(window.length),
        hour_price=space.tariff.hour,
        policy=space.policy,
        buffer=space.rules.buffer,
        by_request=space.by_request,
        plate_needed=space.plate_needed,
        made_at=now,
        expires_at=now + LIFETIME,
    )


def refuse_taken(
    space: SpaceId, window: Window, buffer: timedelta, taken: Iterable[Window]
) -> None:
    """Raise WindowTaken if the window, with its buffer, touches one that is taken."""
    blocked = Window(window.start, window.end + buffer)
    if any(blocked.overlaps(other) for other in taken):
        raise WindowTaken(space, window)
