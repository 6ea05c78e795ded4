"""Looks at everything in a box at once, where a search goes from near to far."""

from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from market.domain.ids import SpaceId
from market.domain.place import Box, Point, chord
from market.domain.search import Filters, Obstacle, Search
from market.domain.survey import LATER, Crowd, Spot, Standing, Survey
from market.domain.window import Window
from storage.nearby.facts import Catalogue, Facts
from storage.nearby.globe import Globe
from storage.nearby.taken import Taken
from storage.nearby.tree import Floats, Numbers
from storage.nearby.verdicts import CODES, NONE, Verdicts

LARGE = 25_000.0
"""Metres from the middle of a box to its corners: for more, a tree is slower than a look at all."""
CELLS = 24
"""Crowds along each side of a box, at most."""
_LEFT_OUT = (CODES[Obstacle.FILTERED], CODES[Obstacle.OWN])

Mask = NDArray[np.bool_]


class Known(NamedTuple):
    """What the index knows; facts are of spaces by number."""

    facts: Facts
    globe: Globe
    catalogue: Catalogue
    taken: Taken


def surveyed(search: Search, known: Known, most: int) -> Survey:
    """Of all spaces in the box that take bookings: those that pass the filters, or crowds."""
    box = search.box
    assert box is not None, "a survey is of a box"
    numbers = _offered(box, known)
    if len(numbers) > most:
        return Survey(crowds=_crowds(box, *_points(known.facts, numbers)))
    return Survey(spots=_spots(replace(search, box=None), numbers, known))


def _offered(box: Box, known: Known) -> Numbers:
    """The numbers of the spaces there, but for those that are paused or hidden."""
    numbers = _near(box, known.globe)
    numbers = numbers[_within(box, *_points(known.facts, numbers))]
    takes = np.array([terms.open_for_booking for terms in known.catalogue.terms.made], np.bool_)
    offered: Numbers = numbers[takes[known.facts["terms"][numbers]]]
    return offered


def _near(box: Box, globe: Globe) -> Numbers:
    """All in the box, and some around it. Of a large one all there are: that is sooner known."""
    if box.reach > LARGE:
        return globe.numbers
    around = globe.around(box.centre.unit_vector(), chord(box.reach))
    return np.concatenate([np.zeros(0, np.int64), *(numbers for numbers, _ in around)])


def _points(facts: Facts, numbers: Numbers) -> tuple[Floats, Floats]:
    return facts["lat"][numbers], facts["lng"][numbers]


def _within(box: Box, lat: Floats, lng: Floats) -> Mask:
    between: Mask = (lat >= box.south) & (lat <= box.north)
    if box.west <= box.east:
        return between & (lng >= box.west) & (lng <= box.east)
    return between & ((lng >= box.west) | (lng <= box.east))


def _spots(search: Search, numbers: Numbers, known: Known) -> tuple[Spot, ...]:
    verdicts = Verdicts(search, known.catalogue, known.taken)
    codes = _codes(verdicts, numbers, known.facts[numbers])
    wanted = ~np.isin(codes, _LEFT_OUT)
    numbers, facts = numbers[wanted], known.facts[numbers[wanted]]
    delays = _delays(search, numbers, codes[wanted] == NONE, known)
    spots = []
    for fact, delay in zip(facts.tolist(), delays, strict=True):
        space, _, lat, lng, _, _, _, tariff, _ = fact
        spots.append(
            Spot(
                SpaceId(space),
                Point(lat, lng),
                verdicts.price(tariff),
                _standing(delay),
                search.window.start + delay if delay else None,
            )
        )
    return tuple(spots)


def _standing(delay: timedelta | None) -> Standing:
    if delay is None:
        return Standing.TAKEN
    return Standing.SOON if delay else Standing.FREE


def _delays(search: Search, numbers: Numbers, free: Mask, known: Known) -> list[timedelta | None]:
    """How much later the stay can begin in each space; None where that is too late."""
    delays: list[timedelta | None] = [timedelta() if it else None for it in free.tolist()]
    left = np.flatnonzero(~free)
    for delay in LATER:
        window = Window(search.window.start + delay, search.window.end + delay)
        shifted = replace(search, window=window, filters=Filters(), person=None)
        verdicts = Verdicts(shifted, known.catalogue, known.taken)
        found = _codes(verdicts, numbers[left], known.facts[numbers[left]]) == NONE
        for place in left[found].tolist():
            delays[place] = delay
        left = left[~found]
    return delays


def _codes(verdicts: Verdicts, numbers: Numbers, facts: Facts) -> NDArray[np.int8]:
    """The first obstacle to each space, its lister's rules among them."""
    codes = verdicts.at_a_glance(numbers, facts)
    unhindered = np.flatnonzero(codes == NONE)
    hours, terms = facts["hours"][unhindered].tolist(), facts["terms"][unhindered].tolist()
    for place, hour, term in zip(unhindered.tolist(), hours, terms, strict=True):
        codes[place] = verdicts.by_rule(hour, term)
    return codes


def _crowds(box: Box, lat: Floats, lng: Floats) -> tuple[Crowd, ...]:
    """One for each cell of a grid over the box that is not empty, amidst its spaces."""
    width = (box.east - box.west) % 360 or 360.0
    across = (lng - box.west) % 360
    row = _cell(lat - box.south, box.north - box.south)
    cells = row * CELLS + _cell(across, width)
    counts = np.bincount(cells)
    filled = np.flatnonzero(counts)
    lats = (np.bincount(cells, lat)[filled] / counts[filled]).tolist()
    lngs = (np.bincount(cells, across)[filled] / counts[filled] + box.west + 180) % 360 - 180
    return tuple(
        Crowd(Point(lat, lng), count)
        for lat, lng, count in zip(lats, lngs.tolist(), counts[filled].tolist(), strict=True)
    )


def _cell(offset: Floats, size: float) -> Numbers:
    cells: Numbers = (offset / (size or 1.0) * CELLS).astype(np.int64)
    return np.minimum(cells, CELLS - 1)
