"""When each space is taken, kept so that a question costs less than a microsecond."""

from array import array
from bisect import bisect_right
from typing import NamedTuple

import numpy as np

from storage.nearby.globe import Numbers


class Claim(NamedTuple):
    """What a hold or a request keeps until it runs out, in microseconds since 1970."""

    start: int
    end: int
    expires: int | None


class Taken:
    """The live bookings of numbered spaces; all times in microseconds since 1970.

    Settled bookings of one space never overlap, so their starts and ends, written down in order,
    are one rising line of numbers: a moment is taken if an odd count of them has passed. The lines
    of all spaces follow one another in one array; a space that changes gets a line of its own.
    """

    def __init__(self, count: int, numbers: Numbers, spans: Numbers) -> None:
        """Of ``count`` spaces: for each booking its space's number, and its start and end.

        In order of number and start.
        """
        self._lines = array("q", np.ascontiguousarray(spans).tobytes())
        self._firsts = array("q", (2 * np.searchsorted(numbers, np.arange(count + 1))).tobytes())
        self._changed: dict[int, array[int]] = {}
        self._claims: dict[int, tuple[Claim, ...]] = {}

    def replace(self, number: int, line: "array[int]") -> None:
        """These are now the starts and ends of a space's settled bookings; it has no claims."""
        self._changed[number] = line
        self._claims.pop(number, None)

    def claim(self, number: int, claim: Claim) -> None:
        self._claims[number] = (*self._claims.get(number, ()), claim)

    def touches(self, number: int, start: int, end: int, now: int) -> bool:
        """Whether anything that is live ``now`` keeps a part of ``[start, end)``."""
        line = self._changed.get(number)
        if line is None:
            line, first, last = self._lines, self._firsts[number], self._firsts[number + 1]
        else:
            first, last = 0, len(line)
        passed = bisect_right(line, start, first, last)
        if (passed - first) % 2 or (passed < last and line[passed] < end):
            return True
        return number in self._claims and any(
            claim.start < end and start < claim.end and _stands(claim, now)
            for claim in self._claims[number]
        )


def _stands(claim: Claim, now: int) -> bool:
    return claim.expires is None or now < claim.expires
