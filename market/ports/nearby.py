from typing import Protocol

from market.domain.search import Nearby, Search


class NearbyIndex(Protocol):
    """The spaces around a point, answered from memory. It may be a moment stale; booking re-checks."""

    def near(self, search: Search) -> Nearby:
        """The nearest ``k`` after ``skip`` that can be booked, exactly, in order of distance."""
