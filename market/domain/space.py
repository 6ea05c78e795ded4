"""A space: where it is, what it offers, when and at which price."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from market.domain.errors import (
    DatesBlocked,
    Invalid,
    NotBookable,
    OutsideHours,
    SpaceClosed,
    StayTooLong,
    StayTooShort,
    TooFarAhead,
    TooSoon,
    VehicleTooBig,
)
from market.domain.ids import PersonId, PhotoId, SpaceId
from market.domain.place import Offset, Point, shifted
from market.domain.refund import Policy
from market.domain.schedule import ALWAYS, Schedule
from market.domain.tariff import Tariff
from market.domain.vehicle import Vehicle
from market.domain.window import Window

TITLE = range(3, 61)
MAX_DESCRIPTION = 600
MAX_NOTES = 500
MAX_PHOTOS = 10

REQUEST_LEAD = timedelta(hours=2)
"""A request leaves its lister at least this long to answer before the stay begins."""
PROBATION = 5
"""Bookings that a lister who chose Approval.FIRST_FIVE answers before they are instant."""


class Tag(StrEnum):
    COVERED = "covered"
    EV = "ev"
    GATED = "gated"
    CCTV = "cctv"
    LIT = "lit"
    ACCESSIBLE = "accessible"


class Approval(StrEnum):
    INSTANT = "instant"
    REQUEST = "request"
    FIRST_FIVE = "first_five"
    """By request until five bookings were approved, then instant."""


class SpaceState(StrEnum):
    LIVE = "live"
    PAUSED = "paused"
    HIDDEN = "hidden"
    """Taken out by the operator."""
    SILENT = "silent"
    """Live, but out of sight while its lister has blocked the bot."""
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Rules:
    """What the lister asks of a stay."""

    min_stay: timedelta = timedelta(minutes=30)
    max_stay: timedelta = timedelta(days=30)
    notice: timedelta = timedelta()
    horizon: timedelta = timedelta(days=90)
    buffer: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest vehicle that fits, in centimetres; None where it does not matter."""

    height: int | None = None
    length: int | None = None

    def fit(self, height: int | None, length: int | None) -> bool:
        """Whether a vehicle fits. What is not known of it is taken to fit."""
        return not (_beyond(height, self.height) or _beyond(length, self.length))


def _beyond(size: int | None, limit: int | None) -> bool:
    return size is not None and limit is not None and size > limit


@dataclass(frozen=True, slots=True)
class Rating:
    """Stars given so far; ``average`` is None before the first."""

    total: int = 0
    count: int = 0

    @property
    def average(self) -> float | None:
        return self.total / self.count if self.count else None


@dataclass(frozen=True, slots=True)
class Space:
    """A listed space; ``place``, ``address``, ``notes``, ``entrance`` are for the booked renter."""

    id: SpaceId
    lister: PersonId
    title: str
    place: Point
    offset: Offset
    zone: str
    country: str
    tariff: Tariff
    listed_at: datetime
    photos: tuple[PhotoId, ...] = ()
    entrance: tuple[PhotoId, ...] = ()
    address: str = ""
    description: str = ""
    notes: str = ""
    shows_place: bool = False
    """The lister's choice to show the true point to everybody."""
    schedule: Schedule = ALWAYS
    rules: Rules = Rules()
    approval: Approval = Approval.INSTANT
    policy: Policy = Policy.MODERATE
    plate_needed: bool = False
    tags: frozenset[Tag] = frozenset()
    limits: Limits = Limits()
    state: SpaceState = SpaceState.LIVE
    approved: int = 0
    """Bookings that were approved so far, for Approval.FIRST_FIVE."""
    rating: Rating = Rating()
    promised: tuple[Point, ...] = ()
    """Where it stood before, when those who are still to come may have booked it."""
    version: int = 1

    @property
    def public_point(self) -> Point:
        """The only point that anybody but the booked renter sees."""
        return self.place if self.shows_place else shifted(self.place, self.offset)

    @property
    def zone_info(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def open_for_booking(self) -> bool:
        """Neither paused nor hidden nor deleted; schedule and bookings are another question."""
        return self.state is SpaceState.LIVE

    def paused(self, now: datetime) -> bool:
        """Paused, or its lister is away at this instant."""
        away = self.schedule.away
        return self.state is SpaceState.PAUSED or (away is not None and away.holds(now))

    @property
    def by_request(self) -> bool:
        return self.approval is Approval.REQUEST or (
            self.approval is Approval.FIRST_FIVE and self.approved < PROBATION
        )


def obstacle(space: Space, window: Window, now: datetime) -> NotBookable | None:
    """The first rule of the space, as it is now, that refuses this window; None if none does.

    Bookings are not looked at, nor who asks. ``now`` is when the quote is made.
    """
    return off_terms(space, window) or off_notice(space, window, now) or off_hours(space, window)


def closed(space: Space, window: Window) -> NotBookable | None:
    return None if space.open_for_booking else SpaceClosed(space.id, window)


def off_terms(space: Space, window: Window) -> NotBookable | None:
    """The refusal of this window by how the space takes bookings, whatever its hours, whenever."""
    rules, length = space.rules, window.length
    if (refusal := closed(space, window)) is not None:
        return refusal
    if length < rules.min_stay:
        return StayTooShort(space.id, window, rules.min_stay)
    if length > rules.max_stay:
        return StayTooLong(space.id, window, rules.max_stay)
    return None


def off_notice(space: Space, window: Window, now: datetime) -> NotBookable | None:
    """The refusal of a window that begins too soon or too far ahead."""
    soonest, latest = booked_ahead(space)
    ahead = window.start - now
    if ahead < soonest:
        return TooSoon(space.id, window, soonest)
    if ahead > latest:
        return TooFarAhead(space.id, window, latest)
    return None


def booked_ahead(space: Space) -> tuple[timedelta, timedelta]:
    """How long before its start a stay is booked: at the latest, and at the earliest.

    Without a lead time a stay may even have begun.
    """
    lead = lead_time(space.rules, by_request=space.by_request)
    return lead or timedelta.min, space.rules.horizon


def off_hours(space: Space, window: Window) -> NotBookable | None:
    """The schedule's refusal of this window, if it refuses it."""
    if space.schedule.interrupts(window):
        return SpaceClosed(space.id, window)
    if space.schedule.blocks(window, space.zone_info):
        return DatesBlocked(space.id, window)
    if not space.schedule.open_throughout(window, space.zone_info):
        return OutsideHours(space.id, window)
    return None


def refuse_vehicle(space: Space, window: Window, vehicles: Iterable[Vehicle]) -> None:
    """Raises VehicleTooBig if one of them is known not to fit."""
    if not all(space.limits.fit(it.height, it.length) for it in vehicles):
        raise VehicleTooBig(space.id, window)


def lead_time(rules: Rules, *, by_request: bool) -> timedelta:
    """How long before its start a stay must be asked for."""
    return max(rules.notice, REQUEST_LEAD) if by_request else rules.notice


@dataclass(frozen=True, slots=True)
class Draft:
    """A half-made listing; None where the lister has not said it yet."""

    photos: tuple[PhotoId, ...] = ()
    place: Point | None = None
    address: str = ""
    zone: str = "UTC"
    country: str = ""
    hour_price: int | None = None
    currency: str = ""
    title: str = ""
    description: str = ""
    copied_from: SpaceId | None = None


def checked_text(field_name: str, text: str) -> str:
    """A title (on one line), description or note, stripped. Raises Invalid with the broken limit.

    What nobody can see, such as a direction mark, does not make a title long enough.
    """
    text = " ".join(text.split()) if field_name == "title" else text.strip()
    limit = TEXT_LIMITS[field_name]
    if len(text) > limit.stop - 1:
        raise Invalid(field_name, "too long", limit.stop - 1)
    if sum(map(str.isprintable, text)) < limit.start:
        raise Invalid(field_name, "too short", limit.start)
    return text


TEXT_LIMITS: Mapping[str, range] = {
    "title": TITLE,
    "description": range(MAX_DESCRIPTION + 1),
    "notes": range(MAX_NOTES + 1),
}
