"""What an operator did, for ever."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from market.domain.ids import PersonId


class Act(StrEnum):
    HIDE = "hide"
    SHOW = "show"
    BAN = "ban"
    UNBAN = "unban"
    SETTLE = "settle"
    UPHOLD = "uphold"
    """A contested charge stands."""
    WAIVE = "waive"


class Subject(StrEnum):
    SPACE = "space"
    PERSON = "person"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log; ``ended`` counts the bookings that were called off by it."""

    at: datetime
    operator: PersonId
    act: Act
    subject: Subject
    number: int
    ended: int = 0
