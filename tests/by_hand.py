"""Answers a search by looking at every space, with the market's own functions and nothing else."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from market.domain import errors
from market.domain.booking import LIVE, State
from market.domain.ids import SpaceId
from market.domain.place import EARTH_RADIUS, Point, metres
from market.domain.search import Filters, Found, Nearby, Obstacle, Search
from market.domain.space import Space, SpaceState, obstacle
from market.domain.window import Window
from storage.database import Store
from storage.tables.market import bookings, spaces

ROUGHLY = 1.0
"""Metres by which the quick look over all distances may be wrong, with a wide margin."""

NAMES = {
    errors.SpaceClosed: Obstacle.CLOSED,
    errors.StayTooShort: Obstacle.STAY_LENGTH,
    errors.StayTooLong: Obstacle.STAY_LENGTH,
    errors.TooSoon: Obstacle.TOO_SOON,
    errors.TooFarAhead: Obstacle.TOO_FAR_AHEAD,
    errors.DatesBlocked: Obstacle.DATES_BLOCKED,
    errors.OutsideHours: Obstacle.OUTSIDE_HOURS,
}

_STAYS = select(
    *(bookings.c.space, bookings.c.starts_at, bookings.c.blocked_until),
    *(bookings.c.state, bookings.c.expires_at),
)


@dataclass(frozen=True)
class Stay:
    blocks: Window
    state: State
    expires_at: datetime | None

    def stands(self, now: datetime) -> bool:
        if self.state in (State.HELD, State.REQUESTED) and self.expires_at is not None:
            return now < self.expires_at
        return self.state in LIVE


class ByHand:
    """Every space and every booking that there is."""

    def __init__(self, known: Iterable[Space], stays: dict[SpaceId, list[Stay]]) -> None:
        self.spaces = [space for space in known if space.state is not SpaceState.DELETED]
        self.points = [space.public_point for space in self.spaces]
        self.stays = stays
        self._lat, self._lng = np.radians([(p.lat, p.lng) for p in self.points]).T

    @classmethod
    async def of(cls, store: Store) -> "ByHand":
        async with store.read() as work:
            ids = (await work.connection.execute(select(spaces.c.id))).scalars().all()
            known: list[Space] = []
            for first in range(0, len(ids), 500):
                known += (await work.spaces.many(ids[first : first + 500])).values()
            stays = defaultdict(list)
            for space, start, end, state, expires_at in await work.connection.execute(_STAYS):
                stays[space].append(Stay(Window(start, end), State(state), expires_at))
        return cls(known, stays)

    def near(self, search: Search) -> Nearby:
        found: list[Found] = []
        obstacles: Counter[Obstacle] = Counter()
        wanted = search.skip + search.k + 1
        rough = self._rough(search.point)
        for distance, _, n in self._within(search.point, search.reach, rough):
            space = self.spaces[n]
            reason = self.obstacle(space, search)
            if reason is not None:
                obstacles[reason] += 1
                continue
            found.append(Found(space.id, distance, space.tariff.price(search.window.length)))
            if len(found) == wanted:
                break
        return Nearby(
            tuple(found[search.skip : wanted - 1]),
            len(found) == wanted,
            obstacles,
            self._nearest(search.point, rough),
        )

    def obstacle(self, space: Space, search: Search) -> Obstacle | None:
        if space.lister == search.person:
            return Obstacle.OWN
        if not passes(space, search.filters, search.window):
            return Obstacle.FILTERED
        needed = Window(search.window.start, search.window.end + space.rules.buffer)
        if any(s.stands(search.now) and s.blocks.overlaps(needed) for s in self.stays[space.id]):
            return Obstacle.TAKEN
        refusal = obstacle(space, search.window, search.now)
        return None if refusal is None else NAMES[type(refusal)]

    def _within(
        self, point: Point, reach: float, rough: NDArray[np.float64]
    ) -> Iterator[tuple[float, SpaceId, int]]:
        close = np.flatnonzero(rough <= reach + ROUGHLY)
        close = close[np.argsort(rough[close])]
        waiting: list[tuple[float, SpaceId, int]] = []
        for n, about in zip(close.tolist(), rough[close].tolist(), strict=True):
            while waiting and waiting[0][0] < about - ROUGHLY:
                yield heappop(waiting)
            if (distance := metres(point, self.points[n])) <= reach:
                heappush(waiting, (distance, self.spaces[n].id, n))
        yield from sorted(waiting)

    def _nearest(self, point: Point, rough: NDArray[np.float64]) -> float | None:
        if not self.spaces:
            return None
        close = np.flatnonzero(rough <= rough.min() + ROUGHLY).tolist()
        return min(metres(point, self.points[n]) for n in close)

    def _rough(self, point: Point) -> NDArray[np.float64]:
        """The haversine formula over all spaces at once."""
        lat, lng = np.radians([point.lat, point.lng])
        h = np.sin((self._lat - lat) / 2) ** 2
        h += np.cos(lat) * np.cos(self._lat) * np.sin((self._lng - lng) / 2) ** 2
        return 2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.minimum(1, h)))


def passes(space: Space, filters: Filters, window: Window) -> bool:
    if not filters.tags <= space.tags or (filters.instant_only and space.by_request):
        return False
    if not space.limits.fit(filters.height, filters.length):
        return False
    if filters.max_price is None:
        return True
    price = space.tariff.price(window.length)
    return price.minor <= filters.max_price and filters.currency in (None, price.currency)


def differences(ours: Nearby, by_hand: Nearby) -> list[str]:
    """In words what is not the same; distances may differ by a micrometre."""
    same = {
        "spaces": ([f.space for f in ours.found], [f.space for f in by_hand.found]),
        "prices": ([f.price for f in ours.found], [f.price for f in by_hand.found]),
        "more": (ours.more, by_hand.more),
        "obstacles": (dict(ours.obstacles), dict(by_hand.obstacles)),
        "none": (ours.nearest is None, by_hand.nearest is None),
    }
    found = [f"{what}: {a} is not {b}" for what, (a, b) in same.items() if a != b]
    pairs = [(a.metres, b.metres) for a, b in zip(ours.found, by_hand.found, strict=False)]
    pairs += [(ours.nearest or 0, by_hand.nearest or 0)]
    return found + [f"metres: {a} is not {b}" for a, b in pairs if abs(a - b) > 1e-6]
