"""A search, what it finds, and why it finds nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from market.domain.ids import PersonId, SpaceId
from market.domain.money import Money
from market.domain.place import Box, Point
from market.domain.space import Tag
from market.domain.window import Window, rounded_up

DEFAULT_STAY = timedelta(hours=2)
REACH = 20_000.0
"""Metres beyond which nothing counts as nearby."""
RADII = (500.0, 1_000.0, 2_000.0, 5_000.0, REACH)
"""Metres: where it is looked first, and how far that widens as long as nothing is found."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a renter asks of a space; centimetres for the vehicle, minor units for the price.

    ``max_price`` is for the whole stay and only compares with spaces of ``currency``.
    """

    tags: frozenset[Tag] = frozenset()
    height: int | None = None
    length: int | None = None
    max_price: int | None = None
    currency: str | None = None
    instant_only: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """The nearest spaces to a point that this person could book for the whole window, now."""

    point: Point
    window: Window
    now: datetime
    k: int = 5
    skip: int = 0
    reach: float = REACH
    filters: Filters = Filters()
    person: PersonId | None = None
    """Whose own spaces are left out."""
    box: Box | None = None
    """Only what a map shows; ``reach`` must hold all of it."""


class Sort(StrEnum):
    NEAREST = "nearest"
    CHEAPEST = "cheapest"
    BEST_RATED = "best_rated"


@dataclass(frozen=True, slots=True)
class Found:
    """A space that can be booked, with its distance (metres, from the public point) and price."""

    space: SpaceId
    metres: float
    price: Money


class Obstacle(StrEnum):
    """Why a space near the place is not an answer."""

    TAKEN = "taken"
    OUTSIDE_HOURS = "outside hours"
    DATES_BLOCKED = "dates blocked"
    STAY_LENGTH = "stay length"
    TOO_SOON = "too soon"
    TOO_FAR_AHEAD = "too far ahead"
    CLOSED = "closed"
    OWN = "own"
    FILTERED = "filtered"


@dataclass(frozen=True, slots=True)
class Nearby:
    """Spaces in order of distance; ``obstacles`` counts the nearest ones that did not fit."""

    found: tuple[Found, ...]
    more: bool = False
    """Whether further spaces fit beyond these."""
    obstacles: Mapping[Obstacle, int] = field(default_factory=dict)
    nearest: float | None = None
    """Metres to the nearest space of all, bookable or not; None if there is none at all."""


def radius_of(metres: float) -> float:
    """The radius in which something at this distance is found first."""
    return next((radius for radius in RADII if metres <= radius), REACH)


def radius_before(radius: float) -> float | None:
    """The widest one that was tried in vain before this one."""
    return max((smaller for smaller in RADII if smaller < radius), default=None)


def default_window(now: datetime) -> Window:
    """From the next quarter of an hour, for two hours."""
    return Window.lasting(rounded_up(now), DEFAULT_STAY)
