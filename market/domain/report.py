"""Reports: what people tell the operator, and who learns something by telling it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from market.domain.booking import SETTLED, Booking, State
from market.domain.errors import Invalid
from market.domain.ids import BookingId, MessageId, PersonId, PhotoId, ReportId, SpaceId
from market.domain.place import Point

DAILY = 5
"""Reports of one person within 24 hours."""
NEAR = 100.0
"""Metres within which a place is taken to be one's own space: phones are not more exact."""
LOOK_BACK = timedelta(hours=24)
"""How long after its stay a car is still recognised as overstaying."""
GRACE = timedelta(minutes=10)
"""After its end, before a stay counts as overstayed."""
KEPT = timedelta(days=30)
"""Then a report and its photo are deleted; one about something else than a car, once settled."""
MAX_WORDS = 500


class Matter(StrEnum):
    PLATE = "plate"
    """A car that should not stand where it stands."""
    SPACE = "space"
    PERSON = "person"
    MESSAGE = "message"
    STRIKES = "strikes"
    """The marketplace's own: a lister cancelled too often."""
    OVERSTAY = "overstay"
    """A charge for overstaying that the renter contests."""


class Reason(StrEnum):
    ABSENT = "absent"
    MISLEADING = "misleading"
    OFFENSIVE = "offensive"
    UNSAFE = "unsafe"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Report:
    """One case in the operator's queue, with whatever evidence there is."""

    id: ReportId
    matter: Matter
    at: datetime
    reporter: PersonId | None = None
    """None when the marketplace itself noticed it."""
    about: PersonId | None = None
    space: SpaceId | None = None
    booking: BookingId | None = None
    message: MessageId | None = None
    plate: str | None = None
    place: Point | None = None
    photo: PhotoId | None = None
    reason: Reason | None = None
    words: str = ""
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BookedUntil:
    """The car may stand there."""

    end: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Overstayed:
    """The car was booked in, and should be gone."""

    booking: Booking
    by: timedelta


@dataclass(frozen=True, slots=True)
class Unknown:
    """No stay of now or of late has this plate."""


Verdict = BookedUntil | Overstayed | Unknown


def verdict(plate: str, stays: Iterable[Booking], zone: str, now: datetime) -> Verdict:
    """What the stays at a space, those of the last day included, say about a plate seen there."""
    known = [stay for stay in stays if stay.plate == plate and stay.window.start <= now]
    for stay in known:
        if stay.state in SETTLED and now < stay.window.end + GRACE:
            return BookedUntil(stay.window.end, zone)
    over = [stay for stay in known if stay.state in (*SETTLED, State.COMPLETED)]
    if not over:
        return Unknown()
    last = max(over, key=lambda stay: stay.window.end)
    return Overstayed(last, max(now - last.window.end, timedelta()))


def checked_words(text: str) -> str:
    """What somebody reports in their own words. Raises Invalid when empty or overlong."""
    text = text.strip()
    if not text or len(text) > MAX_WORDS:
        raise Invalid("words", "too long" if text else "too short", MAX_WORDS)
    return text
