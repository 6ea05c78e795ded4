"""One line of the log of what changed."""

from dataclasses import dataclass
from enum import StrEnum


class Noun(StrEnum):
    SPACE = "space"
    BOOKING = "booking"


@dataclass(frozen=True, slots=True)
class Change:
    """Says what to read again, not what it became: reading the newest state twice does no harm."""

    id: int
    noun: Noun
    key: int
