"""Reviews: by both sides after a stay, blind until both wrote or the time is over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from market.domain.booking import Booking, Side, State
from market.domain.errors import BookingOver, Invalid, NotYet, ReviewGiven
from market.domain.ids import BookingId, PersonId

STARS = range(1, 6)
MAX_COMMENT = 500
OPEN_FOR = timedelta(days=7)
"""After the end of the stay; then all are shown and none can be added."""

STAYED = (State.BOOKED, State.ARRIVED, State.COMPLETED)


@dataclass(frozen=True, slots=True)
class Review:
    """What one side says: a renter of the space, a lister of the renter."""

    booking: BookingId
    side: Side
    author: PersonId
    stars: int
    comment: str
    at: datetime


def closes_at(booking: Booking) -> datetime:
    """Until when, inclusive, it may be reviewed."""
    return booking.window.end + OPEN_FOR


def reviewable(booking: Booking, now: datetime) -> bool:
    """Whether the stay took place, is over, and not for too long."""
    over = booking.state is State.COMPLETED or now >= booking.window.end
    return booking.state in STAYED and over and now <= closes_at(booking)


def write(
    booking: Booking,
    author: PersonId,
    stars: int,
    comment: str,
    earlier: Iterable[Review],
    now: datetime,
) -> Review:
    """A review of a stay that is over.

    Raises NotFound for strangers, NotYet before the stay is over, BookingOver for one that never
    took place or is more than seven days past, ReviewGiven, and Invalid.
    """
    side = booking.side_of(author)
    if stars not in STARS:
        raise Invalid("stars", "not a rating", STARS.stop - 1)
    comment = comment.strip()
    if len(comment) > MAX_COMMENT:
        raise Invalid("comment", "too long", MAX_COMMENT)
    if not reviewable(booking, now):
        if booking.state in STAYED and now < booking.window.end:
            raise NotYet(booking.window.end)
        raise BookingOver(booking.state)
    if any(review.side is side for review in earlier):
        raise ReviewGiven(booking.id)
    return Review(booking.id, side, author, stars, comment, now)


def shown(booking: Booking, reviews: Iterable[Review], now: datetime) -> bool:
    """Whether the reviews of a booking are shown: both are written, or the time is over."""
    return now > closes_at(booking) or len({review.side for review in reviews}) == 2
