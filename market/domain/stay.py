"""The stay itself: arriving, leaving, extending, being given back, staying too long."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from market.domain.availability import free_windows
from market.domain.booking import SETTLED, Booking, Side, State, moved
from market.domain.errors import BookingOver, NotYet, SpaceClosed, StayTooLong
from market.domain.ids import PersonId, PhotoId
from market.domain.money import Money
from market.domain.quote import refuse_taken
from market.domain.space import Space, SpaceState, off_hours
from market.domain.window import Window

ARRIVAL_LEAD = timedelta(minutes=15)
"""From here on before the start one may arrive."""
ARRIVAL_RADIUS = 100.0
"""Metres within which one's own live location means arrived."""
SILENCE = timedelta(minutes=30)
"""So long after the start the renter is asked; after as long again the lister may take it back."""
OVERSTAY_GRACE = timedelta(minutes=10)
OVERSTAY_SEEN = timedelta(hours=24)
"""So long after the end an overstay can be reported; a car seen later is somebody's new story."""
HOUR = timedelta(hours=1)


def arrive(booking: Booking, now: datetime) -> Booking:
    """The renter is there. Saying it twice is saying it once.

    Raises NotYet more than fifteen minutes before the start, BookingOver after the end.
    """
    if booking.state is State.ARRIVED:
        return booking
    if not booking.stands(now):
        raise BookingOver(booking.state)
    if now < booking.window.start - ARRIVAL_LEAD:
        raise NotYet(booking.window.start - ARRIVAL_LEAD)
    return moved(booking, State.ARRIVED, Side.RENTER, now)


def leave(booking: Booking, now: datetime) -> Booking:
    """The renter has left: the rest of the stay is free for others, and not paid back.

    Raises NotYet before the start (that would be a cancellation), BookingOver when it is over.
    """
    if booking.state not in SETTLED:
        raise BookingOver(booking.state)
    if now < booking.window.start:
        raise NotYet(booking.window.start)
    return moved(booking, State.COMPLETED, Side.RENTER, now)


def extend(
    booking: Booking, until: datetime, space: Space, taken: Iterable[Window], now: datetime
) -> Booking:
    """The same stay with a later end; asking again for an end it already has changes nothing.

    ``taken`` must list what other live bookings keep. What was promised stands: only by how much
    the longer stay costs more is asked of the tariff as it is now. Raises BookingOver,
    StayTooLong, SpaceClosed, WindowTaken and the schedule's refusals.
    """
    if not booking.stands(now):
        raise BookingOver(booking.state)
    if until <= booking.window.end:
        return booking
    longer = Window(booking.window.start, until)
    if space.state in (SpaceState.HIDDEN, SpaceState.DELETED):
        raise SpaceClosed(space.id, longer)
    if longer.length > space.rules.max_stay:
        raise StayTooLong(space.id, longer, space.rules.max_stay)
    added = Window(booking.window.end, until)
    if (refusal := off_hours(space, added)) is not None:
        raise refusal
    buffer = booking.blocked_until - booking.window.end
    refuse_taken(space.id, added, buffer, taken)
    more = space.tariff.price(longer.length) - space.tariff.price(booking.window.length)
    return replace(
        booking,
        window=longer,
        blocked_until=until + buffer,
        total=booking.total + more,
    )


def furthest_end(
    booking: Booking, until: datetime, space: Space, taken: Iterable[Window]
) -> datetime:
    """The latest end, up to ``until`` and to the minute, that neither others nor the schedule nor
    the longest stay forbid; at least the present one. ``taken`` is as in ``extend``.
    """
    buffer = booking.blocked_until - booking.window.end
    kept = [Window(other.start - buffer, other.end) for other in taken]
    end = booking.window.end
    free = free_windows(space.schedule, space.zone_info, kept, Window(end, until))
    if not free or free[0].start > end:
        return end
    furthest = min(free[0].end, booking.window.start + space.rules.max_stay)
    return max(end, furthest.replace(second=0, microsecond=0))


def can_release(booking: Booking, now: datetime) -> bool:
    """Whether its lister may take the space back: an hour has begun and nobody said a word."""
    return booking.state is State.BOOKED and (
        booking.window.start + 2 * SILENCE <= now < booking.window.end
    )


def beyond_first_hour(booking: Booking) -> Money:
    """What is not owed of a stay that nobody came to."""
    return booking.total - min(booking.total, booking.hour_price)


def release(booking: Booking, now: datetime, *, prepaid: bool) -> Booking:
    """The lister takes back a space that nobody came to; at most the first hour is owed.

    Raises NotYet before an hour of silence has passed, BookingOver when the renter arrived, and
    for what was paid ahead: only its renter may give that back.
    """
    if prepaid or booking.state is not State.BOOKED or now >= booking.window.end:
        raise BookingOver(booking.state)
    if not can_release(booking, now):
        raise NotYet(booking.window.start + 2 * SILENCE)
    given_back = replace(booking, refunded=beyond_first_hour(booking))
    return moved(given_back, State.RELEASED, Side.LISTER, now)


def complete(booking: Booking, now: datetime) -> Booking:
    """A stay that nobody reported is over at its end and some grace. Raises NotYet before."""
    if booking.state not in SETTLED:
        raise BookingOver(booking.state)
    if now < booking.window.end + OVERSTAY_GRACE:
        raise NotYet(booking.window.end + OVERSTAY_GRACE)
    return moved(booking, State.COMPLETED, Side.CLOCK, now)


@dataclass(frozen=True, slots=True)
class Overstay:
    """A car seen on the space after its stay; ``photo`` is None once it was deleted."""

    reporter: PersonId
    photo: PhotoId | None
    seen_at: datetime
    charge: Money
    contested_at: datetime | None = None
    settled_at: datetime | None = None
    """When an operator judged it."""


def overstay(booking: Booking, reporter: PersonId, photo: PhotoId, now: datetime) -> Overstay:
    """What an overstay seen now costs: every started hour since the end, at the hour price.

    Raises NotYet within the ten minutes of grace, BookingOver for a stay that never was or ended
    more than a day ago.
    """
    over = now - booking.window.end
    if booking.state not in (*SETTLED, State.COMPLETED) or over > OVERSTAY_SEEN:
        raise BookingOver(booking.state)
    if over < OVERSTAY_GRACE:
        raise NotYet(booking.window.end + OVERSTAY_GRACE)
    hours = -(-over // HOUR)
    charge = Money(hours * booking.hour_price.minor, booking.hour_price.currency)
    return Overstay(reporter, photo, now, charge)


def contest(found: Overstay, now: datetime) -> Overstay:
    """The renter says it was not so. Raises BookingOver for what is contested or judged already."""
    if found.contested_at is not None or found.settled_at is not None:
        raise BookingOver(State.COMPLETED)
    return replace(found, contested_at=now)
