"""What one search has found so far."""

from collections import Counter

from market.domain.ids import SpaceId
from market.domain.place import Point, metres
from market.domain.search import Found, Nearby, Search
from storage.nearby.facts import Facts
from storage.nearby.tree import Numbers
from storage.nearby.verdicts import CODES, NONE, Verdicts


class Gathering:
    """Is shown the spaces in order of distance until it has enough."""

    def __init__(self, search: Search, verdicts: Verdicts) -> None:
        self._search = search
        self._verdicts = verdicts
        self._wanted = search.skip + search.k + 1
        self._fitting: list[tuple[int, float, int]] = []
        self._counts = Counter[int]()

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
                self._counts.update(codes[:place].tolist())
                return True
        self._counts.update(codes.tolist())
        return False

    def answer(self, nearest: float | None) -> Nearby:
        search = self._search
        found = tuple(
            Found(SpaceId(space), distance, self._verdicts.price(tariff))
            for space, distance, tariff in self._fitting[search.skip : self._wanted - 1]
        )
        obstacles = {
            obstacle: self._counts[code] for obstacle, code in CODES.items() if code in self._counts
        }
        return Nearby(found, len(self._fitting) == self._wanted, obstacles, nearest)
