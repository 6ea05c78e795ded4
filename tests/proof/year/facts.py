"""What happened to each booking, written down by whoever did it, and what somebody was then told.

Nothing here knows how the marketplace plans: what is owed is reckoned from these facts alone.
"""

from dataclasses import dataclass, field
from datetime import datetime

from market.domain.ids import BookingId, PersonId
from market.domain.refund import Policy


@dataclass
class Stay:
    """One booking, from the first word to the last."""

    id: BookingId
    renter: PersonId
    lister: PersonId
    keepers: frozenset[PersonId]
    """The lister and the co-listers of the space."""
    start: datetime
    end: datetime
    policy: Policy
    asked_at: datetime | None = None
    booked_at: datetime | None = None
    """Confirmed: by the renter, or by the lister's yes."""
    answered_by: PersonId | None = None
    ended_at: datetime | None = None
    how: str = ""
    """cancelled, refused, declined, withdrawn, expired, left, released or completed."""
    by: PersonId | None = None
    arrived_at: datetime | None = None
    ends: list[tuple[datetime, datetime]] = field(default_factory=list)
    """From when on it had which end."""
    plates: list[datetime] = field(default_factory=list)
    reviewed: dict[PersonId, datetime] = field(default_factory=dict)
    owed: int = 0
    """What the lister keeps of it in the end, in minor units."""

    @property
    def given_up(self) -> bool:
        return self.how in ("cancelled", "declined", "withdrawn", "expired")

    def settled(self, at: datetime) -> bool:
        """Confirmed by then, and neither over nor given up."""
        confirmed = self.booked_at is not None and self.booked_at <= at
        return confirmed and (self.ended_at is None or self.ended_at > at)

    def pending(self, at: datetime) -> bool:
        asked = self.asked_at is not None and self.asked_at <= at
        answered = self.booked_at or self.ended_at
        return asked and (answered is None or answered > at)


@dataclass(frozen=True)
class Told:
    """What one person got."""

    kind: str
    person: PersonId
    booking: BookingId | None
    at: datetime
    silent: bool
    text: str
