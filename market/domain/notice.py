"""A notice: a message that the marketplace owes someone, due at a time, sent once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from market.domain.booking import SETTLED, Booking, Side
from market.domain.ids import BookingId, PersonId, ReportId, SpaceId, written
from market.domain.message import Message
from market.domain.review import reviewable

REMINDER_LEAD = timedelta(minutes=30)
REVIEW_DELAY = timedelta(minutes=10)
"""After the end of a stay, before one is asked how it was."""


class Kind(StrEnum):
    BOOKED = "booked"
    """To the lister: somebody booked."""
    CANCELLED = "cancelled"
    """To the other side of a cancellation."""
    STARTS_SOON = "starts_soon"
    """To the renter, before the start."""
    REVIEW_STAY = "review_stay"
    """To the renter, after the stay; the next one goes to the lister."""
    REVIEW_RENTER = "review_renter"
    MESSAGE = "message"
    """From the other side of a booking."""
    OVERSTAYED = "overstayed"
    """To the renter: the car was seen after the stay."""
    CALLED_OFF = "called_off"
    """To a side of a booking that the marketplace ended."""
    CAR_REPORTED = "car_reported"
    """To the lister of the space; this and the following are about no booking."""
    SPACE_HIDDEN = "space_hidden"
    SPACE_SHOWN = "space_shown"
    REPORT_OPENED = "report_opened"
    """To operators."""
    REPORT_SETTLED = "report_settled"
    BANNED = "banned"
    UNBANNED = "unbanned"
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


def review_prompts(booking: Booking) -> tuple[Notice, Notice]:
    """To both sides, once the stay is over. Due again when its end moves."""
    due = booking.window.end + REVIEW_DELAY
    return (
        _notice(booking, Kind.REVIEW_STAY, booking.renter, due),
        _notice(booking, Kind.REVIEW_RENTER, booking.lister, due),
    )


def called_off_notice(booking: Booking, told: PersonId, now: datetime) -> Notice:
    return _notice(booking, Kind.CALLED_OFF, told, now)


def message_notice(message: Message, to: PersonId) -> Notice:
    """What it says stays in one place: the notice names it."""
    key = f"{Kind.MESSAGE}:{written(message.id)}"
    facts = {"message": message.id}
    return Notice(key, Kind.MESSAGE, to, message.at, message.booking, facts)


def overstay_notice(booking: Booking, report: ReportId, by: timedelta, now: datetime) -> Notice:
    minutes = by // timedelta(minutes=1)
    key = f"{Kind.OVERSTAYED}:{written(report)}"
    return Notice(key, Kind.OVERSTAYED, booking.renter, now, booking.id, {"minutes": minutes})


def bulletin(
    kind: Kind,
    to: PersonId,
    now: datetime,
    *,
    space: SpaceId | None = None,
    report: ReportId | None = None,
) -> Notice:
    """A notice about no booking, perhaps about a space or a report."""
    about = {"space": space, "report": report}
    facts = {name: number for name, number in about.items() if number is not None}
    named = next(iter(facts.values()), to)
    # The same can happen to somebody again: the moment tells the times apart.
    key = f"{kind}:{written(named)}:{written(to)}:{int(now.timestamp())}"
    return Notice(key, kind, to, now, facts=facts)


def still_true(notice: Notice, booking: Booking, now: datetime) -> bool:
    """Whether a notice, about to be sent, still says something right."""
    if notice.kind is Kind.STARTS_SOON:
        return booking.state in SETTLED and now < booking.window.start
    if notice.kind in (Kind.REVIEW_STAY, Kind.REVIEW_RENTER):
        return reviewable(booking, now)
    if notice.kind is Kind.BOOKED:
        return booking.state in SETTLED and now < booking.window.end
    return True


def _notice(booking: Booking, kind: Kind, person: PersonId, due: datetime) -> Notice:
    return Notice(f"{kind}:{written(booking.id)}", kind, person, due, booking.id)
