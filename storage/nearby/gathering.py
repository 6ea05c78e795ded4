"""What one search has found so far."""

from collections.abc import Callable, Sequence

from market.domain.ids import SpaceId
from market.domain.place import metres_to
from market.domain.search import Found, Nearby, Search
from storage.nearby.facts import Fact, Facts
from storage.nearby.tree import Numbers
from storage.nearby.verdicts import CODES, ELSEWHERE, NONE, Verdicts


class Gathering:
    """Is shown the spaces in order of distance until it has enough."""

    def __init__(self, search: Search, verdicts: Verdicts) -> None:
        self._search = search
        self._verdicts = verdicts
        self._wanted = search.skip + search.k + 1
        self._fitting: list[tuple[int, float, int]] = []
        self._counts = [0] * (len(CODES) - ELSEWHERE)
        """By code; those below zero count from the end."""

    def enough_of(self, numbers: Sequence[int], fact_of: Callable[[int], Fact]) -> bool:
        """Look at the next spaces one by one. Returns whether no further ones are needed."""
        code_of = self._verdicts.of
        for number in numbers:
            code = code_of(number, fact := fact_of(number))
            if code == NONE and self._is_last(fact):
                return True
            self._counts[code] += 1
        return False

    def enough(self, numbers: Numbers, facts: Facts) -> bool:
        """The same for many, together."""
        codes = self._verdicts.at_a_glance(numbers, facts)
        for place in (codes == NONE).nonzero()[0].tolist():
            fact = facts[place].item()
            codes[place] = code = self._verdicts.by_rule(fact[4], fact[5])
            if code == NONE and self._is_last(fact):
                self._count(codes[:place].tolist())
                return True
        self._count(codes.tolist())
        return False

    def _is_last(self, fact: Fact) -> bool:
        """Takes a space that fits, unless it lies out of reach. Nothing after it is wanted."""
        distance = metres_to(self._search.point, fact[2], fact[3])
        if distance > self._search.reach:
            return True
        self._fitting.append((fact[0], distance, fact[7]))
        return len(self._fitting) == self._wanted

    def _count(self, codes: list[int]) -> None:
        for code in codes:
            self._counts[code] += 1

    def answer(self, nearest: float | None) -> Nearby:
        search = self._search
        found = tuple(
            Found(SpaceId(space), distance, self._verdicts.price(tariff))
            for space, distance, tariff in self._fitting[search.skip : self._wanted - 1]
        )
        obstacles = {
            obstacle: count for count, obstacle in zip(self._counts, CODES, strict=False) if count
        }
        return Nearby(found, len(self._fitting) == self._wanted, obstacles, nearest)
