"""A booking that waits for its lister's answer, and what only waits for its renter's."""

from dataclasses import replace
from datetime import datetime

from market.domain.booking import Booking, Side, State, moved
from market.domain.errors import BookingOver

LAPSING = (State.HELD, State.REQUESTED)
"""States that end by themselves, at ``expires_at``."""


def answer(booking: Booking, now: datetime, *, accept: bool) -> Booking:
    """The lister's word; the renter's ten minutes to think again begin with a yes.

    Raises BookingOver when it was answered or withdrawn already, or comes too late.
    """
    _refuse_ended(booking, now)
    if not accept:
        return moved(booking, State.DECLINED, Side.LISTER, now)
    return moved(replace(booking, booked_at=now, expires_at=None), State.BOOKED, Side.LISTER, now)


def withdraw(booking: Booking, now: datetime) -> Booking:
    """The renter does not want it any more. Raises BookingOver as ``answer`` does."""
    _refuse_ended(booking, now)
    return moved(booking, State.WITHDRAWN, Side.RENTER, now)


def lapsed(booking: Booking, now: datetime) -> bool:
    """Whether its time is over although nobody has written that down yet."""
    if booking.state not in LAPSING or booking.expires_at is None:
        return False
    return booking.expires_at <= now


def expire(booking: Booking, now: datetime) -> Booking:
    """A hold or request that nobody took up in time."""
    return moved(booking, State.EXPIRED, Side.CLOCK, now)


def _refuse_ended(booking: Booking, now: datetime) -> None:
    if not booking.pending(now):
        raise BookingOver(State.EXPIRED if lapsed(booking, now) else booking.state)
