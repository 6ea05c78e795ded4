"""One line of the log of what changed."""

from dataclasses import dataclass
from enum import StrEnum

from market.domain.place import Point


class Noun(StrEnum):
    SPACE = "space"
    BOOKING = "booking"


@dataclass(frozen=True, slots=True)
class Change:
    """Says what to read again, not what it became: reading the newest state twice does no harm."""

    id: int
    noun: Noun
    key: int
    left: Point | None = None
    """Where everybody saw a space until then, if it has moved."""
