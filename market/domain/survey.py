"""What a map shows of an area: every space in it, and whether it can be had for the stay."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from market.domain.ids import SpaceId
from market.domain.money import Money
from market.domain.place import Point
from market.domain.space import Rating

MOST = 5_000
"""Spaces that are shown one by one."""
STEP = timedelta(minutes=30)
LATER = tuple(STEP * n for n in range(1, 7))
"""How much later a stay of the same length may begin for a space to be free soon."""


class Standing(StrEnum):
    FREE = "free"
    """For the whole window."""
    SOON = "soon"
    """For a window as long that begins a little later."""
    TAKEN = "taken"
    """Not for this stay: booked, closed, or not let for so short or long a time."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A space at its public point, with the price of the stay, whenever that begins."""

    space: SpaceId
    point: Point
    price: Money
    standing: Standing
    since: datetime | None = None
    """When the stay could begin, where the standing is SOON."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many spaces around one point, whatever they offer."""

    point: Point
    count: int


@dataclass(frozen=True, slots=True)
class Survey:
    """Spots, or crowds alone where there are more than ``MOST`` spaces."""

    spots: tuple[Spot, ...] = ()
    crowds: tuple[Crowd, ...] = ()


@dataclass(frozen=True, slots=True)
class Caption:
    """What is said of a space beside its price."""

    title: str
    rating: Rating
