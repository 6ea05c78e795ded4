"""What the market's rules say of spaces in one search; spaces that are alike are judged once."""

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from market.domain import errors
from market.domain.money import Money
from market.domain.search import Filters, Obstacle, Search
from market.domain.space import obstacle, off_hours
from storage.nearby.facts import Catalogue
from storage.nearby.taken import Taken
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


class _Once(dict[K, V], Generic[K, V]):
    """Answers each question once and remembers the answer."""

    def __init__(self, answer: Callable[[K], V]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, key: K) -> V:
        self[key] = value = self._answer(key)
        return value


class Verdicts:
    """Of one search: asks the domain about each kind of space once, and the bookings last."""

    def __init__(self, search: Search, catalogue: Catalogue, taken: Taken) -> None:
        self._search = search
        self._catalogue = catalogue
        self._taken = taken
        self._start = micros(search.window.start)
        self._now = micros(search.now)
        self._filtering = search.filters != _NO_FILTERS
        self._terms = _Once(self._of_terms)
        self._hours = _Once(self._of_hours)
        self._ends = _Once(self._end)
        self._waits = _Once(self._wait)
        self._fits = _Once(self._fit)

    def obstacle(
        self, number: int, lister: int, hours: int, terms: int, features: int, tariff: int
    ) -> Obstacle | None:
        """Why the space with these numbers cannot be booked; None if it can."""
        if lister == self._search.person:
            return Obstacle.OWN
        refusal = self._terms[terms] or self._hours[hours]
        if refusal is not None:
            return refusal
        if self._filtering and not self._passes(terms, features, tariff):
            return Obstacle.FILTERED
        if self._taken.touches(number, self._start, self._ends[terms], self._now):
            return Obstacle.TAKEN
        return None

    def price(self, tariff: int) -> Money:
        return self._catalogue.price(tariff, self._search.window.length)

    def _passes(self, terms: int, features: int, tariff: int) -> bool:
        filters = self._search.filters
        if not self._fits[features] or (filters.instant_only and self._waits[terms]):
            return False
        if filters.max_price is None:
            return True
        price = self.price(tariff)
        return price.minor <= filters.max_price and filters.currency in (None, price.currency)

    def _of_terms(self, terms: int) -> Obstacle | None:
        space = self._catalogue.terms.made[terms]
        return _named(obstacle(space, self._search.window, self._search.now))

    def _of_hours(self, hours: int) -> Obstacle | None:
        return _named(off_hours(self._catalogue.hours.made[hours], self._search.window))

    def _end(self, terms: int) -> int:
        """Until when the space must be free: the stay, and the buffer after it."""
        return micros(self._search.window.end + self._catalogue.terms.made[terms].rules.buffer)

    def _wait(self, terms: int) -> bool:
        return self._catalogue.terms.made[terms].by_request

    def _fit(self, features: int) -> bool:
        tags, limits = self._catalogue.features.made[features]
        filters = self._search.filters
        return tags >= filters.tags and limits.fit(filters.height, filters.length)


def _named(refusal: errors.NotBookable | None) -> Obstacle | None:
    return None if refusal is None else _OBSTACLES[type(refusal)]
