"""Somebody else stands in a booked space: another one, held for a moment at the lower price."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from market.domain.booking import Booking, Event, Side, State, moved
from market.domain.errors import BookingOver, NotYet
from market.domain.ids import BookingId
from market.domain.space import Rules
from market.domain.stay import ARRIVAL_LEAD
from market.domain.window import Window

HOLD = timedelta(minutes=5)
REACH = 2_000.0
"""Metres within which another space is near enough."""
CANDIDATES = 10


@dataclass(frozen=True, slots=True)
class Rescue:
    """One booking whose space is occupied, and what is held instead, if anything is."""

    booking: BookingId
    reported_at: datetime
    held: BookingId | None = None


def rest_of(booking: Booking, now: datetime) -> Window:
    """The part of the stay that is still ahead, from this minute on, but as long as stays usually
    have to be: with less, nothing would be found.

    Raises NotYet more than fifteen minutes before the start, BookingOver when it is over.
    """
    if not booking.stands(now):
        raise BookingOver(booking.state)
    if now < booking.window.start - ARRIVAL_LEAD:
        raise NotYet(booking.window.start - ARRIVAL_LEAD)
    this_minute = now.replace(second=0, microsecond=0)
    start = max(booking.window.start, this_minute)
    return Window(start, max(booking.window.end, start + Rules().min_stay))


def hold(offered: Booking, instead_of: Booking, now: datetime) -> Booking:
    """Keep a booking for five minutes, at the lower of the two prices; nobody owes it yet."""
    total = offered.total
    if total.currency == instead_of.total.currency:
        total = min(total, instead_of.total)
    return replace(
        offered,
        state=State.HELD,
        total=total,
        expires_at=now + HOLD,
        history=(Event(now, State.HELD, Side.RENTER),),
    )


def take(held: Booking, now: datetime) -> Booking:
    """The renter wants it. Raises BookingOver once the five minutes are over."""
    if held.state is not State.HELD or held.expires_at is None or held.expires_at <= now:
        raise BookingOver(held.state)
    return moved(replace(held, expires_at=None, booked_at=now), State.BOOKED, Side.RENTER, now)


def give_up(booking: Booking, now: datetime) -> Booking:
    """The occupied booking, called off: all of it is given back. Raises BookingOver."""
    if not booking.stands(now):
        raise BookingOver(booking.state)
    return moved(replace(booking, refunded=booking.total), State.CANCELLED, Side.CLOCK, now)
