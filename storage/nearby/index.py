"""The nearby index itself."""

from collections.abc import Iterable, Iterator
from operator import sub

import numpy as np

from market.domain.place import Point, chord, metres_to
from market.domain.search import Nearby, Search
from market.domain.survey import MOST, Survey
from storage.nearby.facts import FACT, FACTS, Catalogue, Fact, Facts
from storage.nearby.gathering import Gathering
from storage.nearby.globe import TIE, Globe, Ground
from storage.nearby.reading import Reading
from storage.nearby.survey import Known, surveyed
from storage.nearby.taken import Taken
from storage.nearby.tree import Floats, Numbers
from storage.nearby.verdicts import Verdicts

AT_A_TIME = 1024
"""Spaces looked at together: few enough not to look at many in vain."""


class SpaceIndex:
    """Answers searches on the thread that made it, and on no other."""

    def __init__(self, catalogue: Catalogue, reading: Reading, ground: Ground) -> None:
        self.fill(catalogue, reading, ground)

    def fill(self, catalogue: Catalogue, reading: Reading, ground: Ground) -> None:
        """Know these spaces and no others: ``reading`` and the ``ground`` are of a whole store."""
        self.catalogue = catalogue
        self._keep(reading.facts[ground.order])
        self.globe = Globe(ground)
        self._numbers = {space: number for number, space in enumerate(self._facts["id"].tolist())}
        numbers, spans = reading.settled_by(ground.order)
        self._taken = Taken(len(self._facts), numbers, spans)
        self._claim(reading)

    def near(self, search: Search) -> Nearby:
        """Exact: distances as ``market.domain.place.metres`` has them, equal ones by space id.

        ``obstacles`` counts the spaces up to the last one that had to be looked at, each under the
        first of: own, filtered, taken, the lister's rule that refuses it.
        """
        gathering = Gathering(search, Verdicts(search, self.catalogue, self._taken))
        point, facts = search.point, self._facts
        centre, limit = point.unit_vector(), chord(search.reach)
        shell, more = self.globe.few(centre, limit)
        few = self._in_order(point, shell)
        if not gathering.enough_of(few, self._fact) and more:
            for numbers in self._beyond(point, limit, shell[-1][0] if shell else -1.0):
                few = few or numbers[:1].tolist()
                if gathering.enough(numbers, facts.take(numbers)):
                    break
        nearest = few[0] if few else self.globe.nearest(centre)
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
        self._claim(reading)

    def _put(self, fact: Fact) -> int:
        """The number of a space that is new or has changed. It gets another when it moves."""
        space, _, lat, lng, *_ = fact
        number = self._numbers.get(space)
        if number is None or self._fact(number)[2:4] != (lat, lng):
            if number is not None:
                self.globe.remove(number)
            self._numbers[space] = number = self.globe.add(np.array(Point(lat, lng).unit_vector()))
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

    def _claim(self, reading: Reading) -> None:
        for space, claim in reading.claims:
            if (number := self._numbers.get(space)) is not None:
                self._taken.claim(number, claim)

    def _in_order(self, point: Point, shell: list[tuple[float, int]]) -> list[int]:
        """The numbers of a few spaces; those that rounding could have swapped in true order."""
        chords, numbers = [it[0] for it in shell], [it[1] for it in shell]
        if min(map(sub, chords[1:], chords), default=1.0) <= TIE:
            numbers = self._untied(point, np.array(numbers), np.array(chords)).tolist()
        return numbers

    def _beyond(self, point: Point, limit: float, inner: float) -> Iterator[Numbers]:
        """The numbers of all other spaces within reach, and perhaps of one a hair beyond it."""
        for numbers, chords in self.globe.around(np.array(point.unit_vector()), limit, inner):
            ordered = self._untied(point, numbers, chords)
            for first in range(0, len(ordered), AT_A_TIME):
                yield ordered[first : first + AT_A_TIME]

    def _untied(self, point: Point, numbers: Numbers, chords: Floats) -> Numbers:
        """The same, with those that rounding could have swapped in their true order."""
        apart = chords[1:] - chords[:-1] > TIE
        if apart.all():
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
