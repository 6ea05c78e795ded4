"""An alert: somebody wants to be told, once, when a space for them can be had."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from market.domain.ids import AlertId, PersonId, SpaceId
from market.domain.place import Point
from market.domain.quote import START_GRACE
from market.domain.search import Filters, Search
from market.domain.space import Space
from market.domain.window import Window

MOST_ALERTS = 5
"""That one person may have at a time."""
NEXT_TO_IT = 1.0
"""Metres around a space within which it is found itself."""
NEIGHBOURS = 50
"""Bays of one place share a point."""


@dataclass(frozen=True, slots=True)
class Alert:
    id: AlertId
    person: PersonId
    point: Point
    zone: str
    window: Window
    filters: Filters
    made_at: datetime
    space: SpaceId | None = None
    """The only one that will do; else any within reach that passes the filters."""
    place: str = ""
    """What the place is called, where it has a name."""
    told_at: datetime | None = None

    def over(self, now: datetime) -> bool:
        """The window has passed: nobody could book it any more."""
        return self.window.start < now - START_GRACE

    def search(self, now: datetime) -> Search:
        """What would satisfy it now, if it waits for any space."""
        return Search(self.point, self.window, now, k=1, filters=self.filters, person=self.person)

    def search_at(self, space: Space, now: datetime) -> Search:
        """Whether this space would satisfy it now; its neighbours on the same spot come along."""
        at_it = replace(self.search(now), point=space.public_point, reach=NEXT_TO_IT, k=NEIGHBOURS)
        # Whoever waits for one space asks for nothing more than that space.
        return at_it if self.space is None else replace(at_it, filters=Filters())


def same(alert: Alert, others: Iterable[Alert]) -> Alert | None:
    """The one that asks for the same already."""
    return next(
        (
            other
            for other in others
            if (other.point, other.window, other.filters, other.space)
            == (alert.point, alert.window, alert.filters, alert.space)
        ),
        None,
    )
