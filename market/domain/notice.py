"""A notice: a message that the marketplace owes someone, due at a time, sent once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from market.domain.booking import SETTLED, Booking, Side
from market.domain.ids import BookingId, PersonId, written

REMINDER_LEAD = timedelta(minutes=30)


class Kind(StrEnum):
    BOOKED = "booked"
    """To the lister: somebody booked."""
    CANCELLED = "cancelled"
    """To the other side of a cancellation."""
    STARTS_SOON = "starts_soon"
    """To the renter, before the start."""
    CONFIRM_EMAIL = "confirm_email"
    """By mail alone, with a ``code`` among its facts; as is the next one."""
    RESET_PASSWORD = "reset_password"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Notice:
    """``key`` is unique: planning the same notice twice is planning it once."""

    key: str
    kind: Kind
    person: PersonId
    due_at: datetime
    booking: BookingId | None = None
    facts: Mapping[str, str | int] | None = None
    attempts: int = field(default=0, compare=False)
    """How often it was claimed for sending."""


def notices_of(booking: Booking, now: datetime) -> tuple[Notice, ...]:
    """What is owed because of a new booking."""
    told = _notice(booking, Kind.BOOKED, booking.lister, now)
    start = booking.window.start - REMINDER_LEAD
    if start <= now:
        return (told,)
    return (told, _notice(booking, Kind.STARTS_SOON, booking.renter, start))


def cancellation_notice(booking: Booking, by: Side, now: datetime) -> Notice:
    """What is owed to the side that did not cancel."""
    other = booking.lister if by is Side.RENTER else booking.renter
    return _notice(booking, Kind.CANCELLED, other, now)


def still_true(notice: Notice, booking: Booking, now: datetime) -> bool:
    """Whether a notice, about to be sent, still says something right."""
    if notice.kind is Kind.STARTS_SOON:
        return booking.state in SETTLED and now < booking.window.start
    if notice.kind is Kind.BOOKED:
        return booking.state in SETTLED and now < booking.window.end
    return True


def _notice(booking: Booking, kind: Kind, person: PersonId, due: datetime) -> Notice:
    return Notice(f"{kind}:{written(booking.id)}", kind, person, due, booking.id)
