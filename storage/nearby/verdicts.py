"""What the market's rules say of spaces in one search; spaces that are alike are judged once."""

from collections.abc import Mapping
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from market.domain import errors
from market.domain.money import Money
from market.domain.search import Filters, Obstacle, Search
from market.domain.space import off_notice
from storage.nearby.facts import Catalogue, Fact, Facts, Once
from storage.nearby.taken import Taken
from storage.nearby.tree import Numbers
from storage.tables.base import micros

_OBSTACLES: Mapping[type[errors.NotBookable], Obstacle] = {
    errors.SpaceClosed: Obstacle.CLOSED,
    errors.StayTooShort: Obstacle.STAY_LENGTH,
    errors.StayTooLong: Obstacle.STAY_LENGTH,
    errors.TooSoon: Obstacle.TOO_SOON,
    errors.TooFarAhead: Obstacle.TOO_FAR_AHEAD,
    errors.DatesBlocked: Obstacle.DATES_BLOCKED,
    errors.OutsideHours: Obstacle.OUTSIDE_HOURS,
}


CODES = {obstacle: code for code, obstacle in enumerate(Obstacle)}
NONE, ELSEWHERE = -1, -2
"""Beside the codes of obstacles: nothing is in the way, and not on the map that is looked at."""

Codes = NDArray[np.int8]

_NO_FILTERS = Filters()
_OWN, _FILTERED, _TAKEN = CODES[Obstacle.OWN], CODES[Obstacle.FILTERED], CODES[Obstacle.TAKEN]


class Verdicts:
    """Of one search. What the domain must be asked is asked once of each kind of space."""

    def __init__(self, search: Search, catalogue: Catalogue, taken: Taken) -> None:
        self._search = search
        self._catalogue = catalogue
        self._taken = taken
        self._person, self._box = search.person, search.box
        self._length = search.window.length
        self._start = micros(search.window.start)
        self._end = micros(search.window.end)
        self._now = micros(search.now)
        self._terms, self._hours = catalogue.refusals(self._start, self._end)
        self._ahead = search.window.start - search.now
        self._passing = None
        if search.filters != _NO_FILTERS:
            self._passing = _Passing(search.filters, catalogue, self._length)

    def of(self, number: int, fact: Fact) -> int:
        """The code of the first obstacle to one space, its lister's rules among them.

        For few spaces this takes less time than to look at them together.
        """
        _, lister, lat, lng, hours, terms, features, tariff, buffer = fact
        if self._box is not None and not self._box.holds(lat, lng):
            return ELSEWHERE
        if lister == self._person:
            return _OWN
        if self._passing is not None and not self._passing.passes(features, terms, tariff):
            return _FILTERED
        if self._taken.touches(number, self._start, self._end + buffer, self._now):
            return _TAKEN
        return self.by_rule(hours, terms)

    def at_a_glance(self, numbers: Numbers, facts: Facts) -> Codes:
        """For each space the first obstacle that needs no rule of its lister, or none so far."""
        codes = np.full(len(numbers), NONE, np.int8)
        if self._passing is not None:
            codes[~self._passing.among(facts)] = _FILTERED
        if self._person is not None:
            codes[facts["lister"] == self._person] = _OWN
        if (box := self._box) is not None:
            points = zip(facts["lat"].tolist(), facts["lng"].tolist(), strict=True)
            codes[[not box.holds(*point) for point in points]] = ELSEWHERE
        ends = self._end + facts["buffer"]
        touched = self._taken.touched(numbers, self._start, ends, self._now)
        codes[touched & (codes == NONE)] = _TAKEN
        return codes

    def by_rule(self, hours: int, terms: int) -> int:
        """The code of the first of the lister's rules that refuses spaces with these numbers."""
        refusal = self._terms[terms] or self._off_notice(terms) or self._hours[hours]
        return NONE if refusal is None else CODES[_OBSTACLES[type(refusal)]]

    def price(self, tariff: int) -> Money:
        return self._catalogue.price(tariff, self._length)

    def _off_notice(self, terms: int) -> errors.NotBookable | None:
        soonest, latest = self._catalogue.ahead[terms]
        if soonest <= self._ahead <= latest:
            return None
        space = self._catalogue.terms.made[terms]
        return off_notice(space, self._search.window, self._search.now)


class _Passing:
    """What passes the filters of one search."""

    def __init__(self, filters: Filters, catalogue: Catalogue, length: timedelta) -> None:
        self._filters = filters
        self._catalogue = catalogue
        self._length = length
        self._fits = Once(self._fit)
        self._instant = Once(self._at_once)
        self._affordable = Once(self._afford)

    def passes(self, features: int, terms: int, tariff: int) -> bool:
        return (
            self._fits[features]
            and (not self._filters.instant_only or self._instant[terms])
            and (self._filters.max_price is None or self._affordable[tariff])
        )

    def among(self, facts: Facts) -> NDArray[np.bool_]:
        """Which of many spaces pass."""
        passing = _answers(self._fits, facts["features"])
        for asked, name, passes in (
            (self._filters.instant_only, "terms", self._instant),
            (self._filters.max_price is not None, "tariff", self._affordable),
        ):
            if asked:
                left = passing.nonzero()[0]
                passing[left] = _answers(passes, facts[name].take(left))
        return passing

    def _fit(self, features: int) -> bool:
        tags, limits = self._catalogue.features.made[features]
        filters = self._filters
        return tags >= filters.tags and limits.fit(filters.height, filters.length)

    def _at_once(self, terms: int) -> bool:
        return not self._catalogue.terms.made[terms].by_request

    def _afford(self, tariff: int) -> bool:
        most, currency = self._filters.max_price, self._filters.currency
        if currency not in (None, self._catalogue.tariffs.made[tariff].hour.currency):
            return False
        return most is None or self._catalogue.price(tariff, self._length).minor <= most


def _answers(known: Once[int, bool], questions: NDArray[np.int32]) -> NDArray[np.bool_]:
    return np.fromiter(map(known.__getitem__, questions.tolist()), np.bool_, len(questions))
