"""From the query of a search to the search, and to the cursor of its next page."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from api.models.common import window_of
from api.models.searches import SpaceQuery, Wishes
from api.paging import Cursors
from market.domain.ids import PersonId, VehicleId
from market.domain.place import metres
from market.domain.search import DEFAULT_STAY, Filters, Search
from market.domain.window import Window, rounded_up
from market.services import Services

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Listing:
    """One search of one visitor; its cursors are good for no other.

    They carry the window too: the default one moves on while somebody turns the pages.
    """

    query: SpaceQuery
    visitor: PersonId | None
    cursors: Cursors

    async def search(self, services: Services) -> Search:
        """Raises Invalid, and NotFound for a vehicle of somebody else's."""
        query, box = self.query, self.query.box()
        point = query.point(box)
        window, skip = self._place(services.now)
        return Search(
            point=point,
            window=window,
            now=services.now,
            k=query.limit,
            skip=skip,
            reach=box.reach + metres(point, box.centre) if box else float(query.radius),
            filters=await filters_of(query, self.visitor, services),
            person=self.visitor,
            box=box,
        )

    def next(self, search: Search, *, more: bool) -> str | None:
        if not more:
            return None
        start, end = (
            (at - _EPOCH) // _MICROSECOND for at in (search.window.start, search.window.end)
        )
        return self.cursors.write(self._name, (search.skip + search.k, start, end))

    @property
    def _name(self) -> str:
        return f"{self.visitor} {self.query.model_dump_json(exclude={'cursor'})}"

    def _place(self, now: datetime) -> tuple[Window, int]:
        """The window, and how many were seen already."""
        query = self.query
        if query.cursor is None:
            return stay_of(query, now), 0
        skip, *ends = map(int, self.cursors.read(self._name, query.cursor))
        return Window(*(_EPOCH + at * _MICROSECOND for at in ends)), skip


def stay_of(wishes: Wishes, now: datetime) -> Window:
    """Raises Invalid."""
    return window_of(wishes.start or rounded_up(now), wishes.end, DEFAULT_STAY)


async def filters_of(wishes: Wishes, visitor: PersonId | None, services: Services) -> Filters:
    """Raises NotFound for a vehicle of somebody else's."""
    height, length = wishes.height, wishes.length
    if wishes.vehicle is not None:
        owner = visitor or PersonId(0)
        vehicle = await services.people.vehicle(owner, VehicleId(wishes.vehicle))
        height, length = height or vehicle.height, length or vehicle.length
    return Filters(
        tags=frozenset(wishes.tags),
        height=height,
        length=length,
        max_price=wishes.price,
        currency=wishes.currency,
        instant_only=wishes.instant is not None,
    )
