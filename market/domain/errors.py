"""Everything that can be refused, as types. Errors carry facts; the edges choose the words.

ParkError
├── NotFound              the thing is gone, was never there, or is not yours
├── Invalid               a value that cannot be: a title too long, a price with three decimals
├── NotSignedIn           who asks is not known: a wrong password, a token that ran out
├── TooOften              tried too many times; waiting helps
├── Refused               the rules say no
│   ├── NotBookable       this window of this space cannot be booked
│   │   ├── OwnSpace
│   │   ├── WindowTaken
│   │   ├── WindowPast
│   │   ├── OutsideHours
│   │   ├── DatesBlocked
│   │   ├── StayTooShort
│   │   ├── StayTooLong
│   │   ├── TooSoon       the lister asks for more notice
│   │   ├── TooFarAhead
│   │   ├── VehicleTooBig
│   │   └── SpaceClosed   paused, hidden or deleted
│   ├── QuoteExpired
│   ├── PlateNeeded
│   ├── TooMany           as many of something as anybody may keep
│   ├── TooManyAhead
│   ├── TooManyRequests
│   ├── BookingOver       what was asked of a booking cannot be done in its state
│   ├── NotYet            it can be done later
│   ├── StayRunning       a stay is in progress and must end first
│   ├── ReviewGiven
│   ├── TooManyReports
│   ├── MessagesBlocked   the other side takes no messages
│   ├── Banned            the operator has shut this person out
│   ├── BookingsAhead     a space with bookings ahead cannot be deleted or moved
│   ├── ListerOnly        a co-lister may answer, block, pause and see, and nothing else
│   ├── OwnInvitation     an invitation to look after one's own space
│   ├── Outdated          somebody has changed the space since it was read
│   ├── EmailTaken
│   └── CannotLink        two accounts that must stay apart
└── Busy                  somebody else got in the way; trying again may help
    └── GeocoderDown      nobody can say at present where an address is
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from market.domain.ids import BookingId, QuoteId, SpaceId

if TYPE_CHECKING:
    from market.domain.window import Window


class ParkError(Exception):
    """Base of every error that is meant to reach a person in words."""


@dataclass
class NotFound(ParkError):
    what: str
    """The noun: "space", "booking", "quote", "vehicle", "photo", "person"."""


@dataclass
class Invalid(ParkError):
    """A value that a person gave and that cannot be; ``limit`` is what would have been allowed."""

    field: str
    reason: str
    limit: int | str | None = None


class NotSignedIn(ParkError):
    pass


@dataclass
class TooOften(ParkError):
    retry_after: timedelta


class Refused(ParkError):
    pass


@dataclass
class NotBookable(Refused):
    space: SpaceId
    window: "Window"


class OwnSpace(NotBookable):
    pass


class WindowTaken(NotBookable):
    pass


class WindowPast(NotBookable):
    pass


class OutsideHours(NotBookable):
    pass


class DatesBlocked(NotBookable):
    pass


class SpaceClosed(NotBookable):
    pass


@dataclass
class _Limited(NotBookable):
    limit: timedelta


class StayTooShort(_Limited):
    pass


class StayTooLong(_Limited):
    pass


class TooSoon(_Limited):
    pass


class TooFarAhead(_Limited):
    pass


class VehicleTooBig(NotBookable):
    pass


@dataclass
class QuoteExpired(Refused):
    quote: QuoteId
    space: SpaceId
    window: "Window"


@dataclass
class PlateNeeded(Refused):
    quote: QuoteId
    space: SpaceId


@dataclass
class TooMany(Refused):
    what: str
    """The plural noun: "places", "favourites", "alerts"."""
    limit: int


@dataclass
class TooManyAhead(Refused):
    limit: int


@dataclass
class TooManyRequests(Refused):
    limit: int


@dataclass
class BookingOver(Refused):
    state: str


@dataclass
class NotYet(Refused):
    at: datetime
    """From when on it can be done."""


@dataclass
class StayRunning(Refused):
    until: datetime


@dataclass
class ReviewGiven(Refused):
    booking: BookingId


@dataclass
class TooManyReports(Refused):
    limit: int


class MessagesBlocked(Refused):
    pass


class Banned(Refused):
    pass


@dataclass
class BookingsAhead(Refused):
    count: int
    until: datetime


class ListerOnly(Refused):
    pass


class OwnInvitation(Refused):
    pass


@dataclass
class Outdated(Refused):
    version: int


class EmailTaken(Refused):
    pass


@dataclass
class CannotLink(Refused):
    reason: str
    """"linked already", "another account", "not verified" (the address), or "dealings": they rent
    from each other right now."""


class Busy(ParkError):
    pass


class GeocoderDown(Busy):
    pass
