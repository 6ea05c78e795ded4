"""The nearby index itself."""

from collections.abc import Iterable, Iterator, Sequence
from operator import sub

import numpy as np

from market.domain.place import Point, chord, metres_to
from market.domain.search import Nearby, Search
from market.domain.survey import MOST, Survey
from storage.nearby.blocks import TIE
from storage.nearby.facts import FACT, FACTS, Catalogue, Fact, Facts
from storage.nearby.gathering import Gathering
from storage.nearby.globe import Globe
from storage.nearby.loading import Everything
from storage.nearby.reading import Reading
from storage.nearby.survey import Known, surveyed
from storage.nearby.taken import Claim, Taken
from storage.nearby.tree import Floats, Numbers
from storage.nearby.verdicts import Verdicts

FEW = 32
"""Spaces that are sooner gone through one by one than together (measured)."""
MANY, AT_ONCE, AT_MOST = 64, 256, 1024
"""Spaces looked at together: fewer wait for further ones; at first; and later, when it takes many.

Of more, some would be looked at in vain."""
_NONE = np.zeros(0, np.int64)


class SpaceIndex:
    """Answers searches on the thread that made it, and on no other."""

    def __init__(self, catalogue: Catalogue, everything: Everything) -> None:
        self.fill(catalogue, everything)

    def fill(self, catalogue: Catalogue, everything: Everything) -> None:
        """Know what is in a store, and nothing else."""
        self.catalogue = catalogue
        self._keep(everything.facts)
        self.globe = Globe(everything.ground)
        self._numbers = dict(zip(self._facts["id"].tolist(), range(len(self._facts)), strict=True))
        self._taken = Taken(everything.counts, everything.spans)
        self._claim(everything.claims)

    def near(self, search: Search) -> Nearby:
        """Exact: distances as ``market.domain.place.metres`` has them, equal ones by space id.

        ``obstacles`` counts the spaces up to the last one that had to be looked at, each under the
        first of: own, filtered, taken, the lister's rule that refuses it.
        """
        gathering = Gathering(search, Verdicts(search, self.catalogue, self._taken))
        point, facts = search.point, self._facts
        few, further = self._in_order(point, chord(search.reach))
        if not gathering.enough_of(few, self._fact):
            for numbers in further:
                if gathering.enough(numbers, facts.take(numbers)):
                    break
        nearest = few[0] if few else self.globe.nearest(point.unit_vector())
        return gathering.answer(None if nearest is None else self._metres(point, nearest))

    def survey(self, search: Search, most: int = MOST) -> Survey:
        known = Known(self._facts, self.globe, self.catalogue, self._taken)
        return surveyed(search, known, most)

    def update(self, spaces: Iterable[int], reading: Reading) -> None:
        """What has now been read of these spaces; those that were not found are gone."""
        found = {fact[0]: fact for fact in reading.facts.tolist()}
        for space in spaces:
            if fact := found.get(space):
                self._taken.replace(self._put(fact), reading.line(space))
            elif (number := self._numbers.pop(space, None)) is not None:
                self.globe.remove(number)
        self._claim(reading.claims)

    def _put(self, fact: Fact) -> int:
        """The number of a space that is new or has changed. It gets another when it moves."""
        space, _, lat, lng, *_ = fact
        number = self._numbers.get(space)
        if number is None or self._fact(number)[2:4] != (lat, lng):
            if number is not None:
                self.globe.remove(number)
            self._numbers[space] = number = self.globe.add(Point(lat, lng).unit_vector())
            if number >= len(self._facts):
                room = np.zeros(max(1024, number // 8), dtype=FACTS)
                self._keep(np.concatenate([self._facts, room]))
        self._facts[number] = fact
        return number

    def _keep(self, facts: Facts) -> None:
        self._facts = facts
        self._bytes = facts.data

    def _fact(self, number: int) -> Fact:
        return FACT.unpack_from(self._bytes, FACT.size * number)

    def _claim(self, claims: Sequence[tuple[int, Claim]]) -> None:
        for space, claim in claims:
            if (number := self._numbers.get(space)) is not None:
                self._taken.claim(number, claim)

    def _in_order(self, point: Point, limit: float) -> tuple[Sequence[int], Iterator[Numbers]]:
        """The numbers of all within reach, and perhaps of one a hair beyond it.

        The nearest few to go through, then all the others to look at MANY to AT_MOST together.
        """
        town = self.globe.town(point.unit_vector(), limit)
        if town is None:
            pieces = self._pieces(point, limit)
            return next(pieces, _NONE).tolist(), pieces
        chords, numbers = [it[0] for it in town], [it[1] for it in town]
        if _some_tied(chords):
            numbers = self._untied(point, np.array(numbers), np.array(chords)).tolist()
        return numbers, iter(())

    def _pieces(self, point: Point, limit: float) -> Iterator[Numbers]:
        waiting, at_once = _NONE, AT_ONCE
        for nearer, (numbers, chords) in enumerate(self.globe.around(point.unit_vector(), limit)):
            ordered = self._untied(point, numbers, chords)
            if not nearer:
                yield ordered[:FEW]
            waiting = np.concatenate([waiting, ordered]) if nearer else ordered[FEW:]
            while len(waiting) >= MANY:
                yield waiting[:at_once]
                waiting, at_once = waiting[at_once:], AT_MOST
        if len(waiting):
            yield waiting

    def _untied(self, point: Point, numbers: Numbers, chords: Floats) -> Numbers:
        """The same, with those that rounding could have swapped in their true order."""
        if len(numbers) < MANY and not _some_tied(chords.tolist()):
            return numbers
        apart = chords[1:] - chords[:-1] > TIE
        if np.count_nonzero(apart) == len(apart):
            return numbers
        firsts = np.concatenate([[0], apart.nonzero()[0] + 1, [len(numbers)]])
        for run in np.flatnonzero(np.diff(firsts) > 1).tolist():
            tied = slice(firsts[run], firsts[run + 1])
            numbers[tied] = sorted(numbers[tied].tolist(), key=lambda n: self._rank(point, n))
        return numbers

    def _rank(self, point: Point, number: int) -> tuple[float, int]:
        return self._metres(point, number), int(self._facts[number]["id"])

    def _metres(self, point: Point, number: int) -> float:
        return metres_to(point, *self._fact(number)[2:4])


def _some_tied(chords: Sequence[float]) -> bool:
    return min(map(sub, chords[1:], chords), default=1.0) <= TIE
