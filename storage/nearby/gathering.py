"""What one search has found so far."""

import numpy as np

from market.domain.ids import SpaceId
from market.domain.place import Point, metres
from market.domain.search import Found, Nearby, Obstacle, Search
from storage.nearby.facts import Facts
from storage.nearby.globe import Numbers
from storage.nearby.verdicts import CODES, NONE, Codes, Verdicts


class Gathering:
    """Is shown the spaces in order of distance until it has enough."""

    def __init__(self, search: Search, verdicts: Verdicts) -> None:
        self._search = search
        self._verdicts = verdicts
        self._wanted = search.skip + search.k + 1
        self._fitting: list[tuple[int, float, int]] = []
        self._counts = np.zeros(len(CODES), np.int64)

    def enough(self, numbers: Numbers, facts: Facts) -> bool:
        """Look at the next spaces. Returns whether no further ones are needed."""
        codes = self._verdicts.at_a_glance(numbers, facts)
        for place in (codes == NONE).nonzero()[0].tolist():
            space, _, lat, lng, hours, terms, _, tariff, _ = facts[place].item()
            obstacle = self._verdicts.by_rule(hours, terms)
            if obstacle is not None:
                codes[place] = CODES[obstacle]
                continue
            distance = metres(self._search.point, Point(lat, lng))
            if distance <= self._search.reach:
                self._fitting.append((space, distance, tariff))
            if distance > self._search.reach or len(self._fitting) == self._wanted:
                self._count(codes[:place])
                return True
        self._count(codes)
        return False

    def answer(self, nearest: float | None) -> Nearby:
        search = self._search
        found = tuple(
            Found(SpaceId(space), distance, self._verdicts.price(tariff))
            for space, distance, tariff in self._fitting[search.skip : self._wanted - 1]
        )
        counts = zip(Obstacle, self._counts.tolist(), strict=True)
        obstacles = {obstacle: count for obstacle, count in counts if count}
        return Nearby(found, len(self._fitting) == self._wanted, obstacles, nearest)

    def _count(self, codes: Codes) -> None:
        self._counts += np.bincount(codes[codes >= 0], minlength=len(CODES))
