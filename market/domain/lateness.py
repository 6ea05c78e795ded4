"""What becomes of a notice that comes late: it says so, or is not sent any more."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from market.domain.booking import SETTLED, Booking, State
from market.domain.notice import END_LEAD, Kind, Notice, drop_ahead
from market.domain.review import reviewable

LATE = timedelta(minutes=5)
"""So long after it was due a notice says that it is late."""

Rule = Callable[[Booking, datetime], bool]


def _not_begun(booking: Booking, now: datetime) -> bool:
    return booking.state in SETTLED and now < booking.window.start


def _unheard_of(booking: Booking, now: datetime) -> bool:
    return booking.state is State.BOOKED and now < booking.window.end


def _there(booking: Booking, now: datetime) -> bool:
    return booking.state is State.ARRIVED and now < booking.window.end


def _about_to_end(booking: Booking, now: datetime) -> bool:
    # Of an end that has moved since, another notice will tell.
    return booking.stands(now) and now >= booking.window.end - END_LEAD


def _not_left(booking: Booking, now: datetime) -> bool:
    return booking.state in SETTLED and now >= booking.window.end


def _about_to_drop(booking: Booking, now: datetime) -> bool:
    return booking.state in SETTLED and drop_ahead(booking, now) is not None


TRUE_WHILE: Mapping[Kind, Rule] = {
    Kind.REQUESTED: Booking.pending,
    Kind.BOOKED: Booking.stands,
    Kind.APPROVED: Booking.stands,
    Kind.CHANGED: Booking.stands,
    Kind.REFUND_DROPS: _about_to_drop,
    Kind.STARTS_SOON: _not_begun,
    Kind.ASK_ARRIVAL: _unheard_of,
    Kind.ARRIVED: _there,
    Kind.ENDS_SOON: _about_to_end,
    Kind.ENDED: _not_left,
    Kind.REVIEW_STAY: reviewable,
    Kind.REVIEW_RENTER: reviewable,
}
"""Until when a notice about a booking is still worth sending. Whatever is not named here tells of
something that has happened: that stays true, and is told however late."""


def still_true(notice: Notice, booking: Booking, now: datetime) -> bool:
    """Whether a notice, about to be sent, still says something right."""
    rule = TRUE_WHILE.get(notice.kind)
    return rule is None or rule(booking, now)


def late(notice: Notice, now: datetime) -> bool:
    return now - notice.due_at > LATE
