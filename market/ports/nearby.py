from typing import Protocol

from market.domain.search import Nearby, Search
from market.domain.survey import Survey


class NearbyIndex(Protocol):
    """The spaces around a point, from memory; perhaps a moment stale, so booking re-checks."""

    def near(self, search: Search) -> Nearby:
        """The nearest ``k`` after ``skip`` that can be booked, exactly, in order of distance."""

    def survey(self, search: Search) -> Survey:
        """All of a search's box. Its reach, and how many are asked for, do not matter."""
