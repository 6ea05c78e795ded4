"""A lister's record: how often they answer, and how often they let people down."""

from dataclasses import dataclass
from datetime import timedelta

SPAN = timedelta(days=90)
"""What lies further back does not count any more."""
MAX_STRIKES = 3
"""So many cancellations within the span hide the space until the operator looks."""


@dataclass(frozen=True, slots=True)
class Record:
    """Of the last ninety days: requests that came, those that were answered, and cancellations."""

    asked: int = 0
    answered: int = 0
    strikes: int = 0

    @property
    def answer_rate(self) -> float | None:
        """Between 0 and 1; None before the first request."""
        return self.answered / self.asked if self.asked else None

    @property
    def too_many_strikes(self) -> bool:
        return self.strikes >= MAX_STRIKES
