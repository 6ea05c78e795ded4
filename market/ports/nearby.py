from typing import Protocol

from market.domain.search import Nearby, Search
from market.domain.survey import MOST, Survey


class NearbyIndex(Protocol):
    """The spaces around a point, from memory; perhaps a moment stale, so booking re-checks."""

    def near(self, search: Search) -> Nearby:
        """The nearest ``k`` after ``skip`` that can be booked, exactly, in order of distance."""

    def survey(self, search: Search, most: int = MOST) -> Survey:
        """All of a search's box, in crowds where those are more than ``most`` spaces.

        The search's reach, and how many it asks for, do not matter.
        """
