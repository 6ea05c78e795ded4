"""What the market's rules say of spaces in one search; spaces that are alike are judged once."""

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from market.domain import errors
from market.domain.money import Money
from market.domain.search import Filters, Obstacle, Search
from market.domain.space import off_terms
from storage.nearby.facts import Catalogue, Facts
from storage.nearby.taken import Taken
from storage.nearby.tree import Numbers
from storage.tables.base import micros

K = TypeVar("K")
V = TypeVar("V")

_OBSTACLES: Mapping[type[errors.NotBookable], Obstacle] = {
    errors.SpaceClosed: Obstacle.CLOSED,
    errors.StayTooShort: Obstacle.STAY_LENGTH,
    errors.StayTooLong: Obstacle.STAY_LENGTH,
    errors.TooSoon: Obstacle.TOO_SOON,
    errors.TooFarAhead: Obstacle.TOO_FAR_AHEAD,
    errors.DatesBlocked: Obstacle.DATES_BLOCKED,
    errors.OutsideHours: Obstacle.OUTSIDE_HOURS,
}


_NO_FILTERS = Filters()
CODES = {obstacle: code for code, obstacle in enumerate(Obstacle)}
NONE, ELSEWHERE = -1, -2
"""Beside the codes of obstacles: nothing is in the way, and not on the map that is looked at."""

Codes = NDArray[np.int8]


class _Once(dict[K, V], Generic[K, V]):
    """Answers each question once and remembers the answer."""

    def __init__(self, answer: Callable[[K], V]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, key: K) -> V:
        self[key] = value = self._answer(key)
        return value


class Verdicts:
    """Of one search. What the domain must be asked is asked once of each kind of space."""

    def __init__(self, search: Search, catalogue: Catalogue, taken: Taken) -> None:
        self._search = search
        self._catalogue = catalogue
        self._taken = taken
        self._start = micros(search.window.start)
        self._end = micros(search.window.end)
        self._now = micros(search.now)
        self._filtering = search.filters != _NO_FILTERS
        self._terms = _Once(self._of_terms)
        self._hours = _Once(self._of_hours)
        self._instant = _Once(self._at_once)
        self._fits = _Once(self._fit)
        self._affordable = _Once(self._afford)

    def at_a_glance(self, numbers: Numbers, facts: Facts) -> Codes:
        """For each space the first obstacle that needs no rule of its lister, or none so far."""
        codes = np.full(len(numbers), NONE, np.int8)
        if self._filtering:
            codes[~self._passing(facts)] = CODES[Obstacle.FILTERED]
        if self._search.person is not None:
            codes[facts["lister"] == self._search.person] = CODES[Obstacle.OWN]
        if (box := self._search.box) is not None:
            points = zip(facts["lat"].tolist(), facts["lng"].tolist(), strict=True)
            codes[[not box.holds(*point) for point in points]] = ELSEWHERE
        left = (codes == NONE).nonzero()[0]
        ends = self._end + facts["buffer"].take(left)
        touched = self._taken.touched(numbers.take(left), self._start, ends, self._now)
        codes[left[touched]] = CODES[Obstacle.TAKEN]
        return codes

    def by_rule(self, hours: int, terms: int) -> Obstacle | None:
        """The first of the lister's rules that refuses a space with these numbers, if any."""
        return self._terms[terms] or self._hours[hours]

    def price(self, tariff: int) -> Money:
        return self._catalogue.price(tariff, self._search.window.length)

    def _passing(self, facts: Facts) -> NDArray[np.bool_]:
        """Which spaces pass the filters."""
        filters = self._search.filters
        passing = _answers(self._fits, facts["features"])
        for asked, name, passes in (
            (filters.instant_only, "terms", self._instant),
            (filters.max_price is not None, "tariff", self._affordable),
        ):
            if asked:
                left = passing.nonzero()[0]
                passing[left] = _answers(passes, facts[name].take(left))
        return passing

    def _of_terms(self, terms: int) -> Obstacle | None:
        space = self._catalogue.terms.made[terms]
        return _named(off_terms(space, self._search.window, self._search.now))

    def _of_hours(self, hours: int) -> Obstacle | None:
        return _named(self._catalogue.off_hours(hours, self._search.window))

    def _fit(self, features: int) -> bool:
        tags, limits = self._catalogue.features.made[features]
        filters = self._search.filters
        return tags >= filters.tags and limits.fit(filters.height, filters.length)

    def _at_once(self, terms: int) -> bool:
        return not self._catalogue.terms.made[terms].by_request

    def _afford(self, tariff: int) -> bool:
        most, currency = self._search.filters.max_price, self._search.filters.currency
        if currency not in (None, self._catalogue.tariffs.made[tariff].hour.currency):
            return False
        return most is None or self.price(tariff).minor <= most


def _answers(known: _Once[int, bool], questions: NDArray[np.int32]) -> NDArray[np.bool_]:
    return np.fromiter(map(known.__getitem__, questions.tolist()), np.bool_, len(questions))


def _named(refusal: errors.NotBookable | None) -> Obstacle | None:
    return None if refusal is None else _OBSTACLES[type(refusal)]
