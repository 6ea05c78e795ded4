"""When each space is taken, asked of many spaces at once."""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from storage.nearby.tree import Numbers


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

    def __init__(self, counts: Numbers, spans: Numbers) -> None:
        """By number of space how many bookings there are, and of each one its start and end.

        In order of number and start.
        """
        self._counts, self._spans = np.append(counts, 0), np.ascontiguousarray(spans)
        self._firsts = self._counts.cumsum() - self._counts
        # For one space at a time: numpy takes far longer to hand out a single number.
        self._views = self._spans.ravel().data, self._firsts.data
        self._changed: dict[int, array[int]] = {}
        self._claims: dict[int, tuple[Claim, ...]] = {}
        self._special = np.zeros(len(counts), dtype=np.bool_)
        """Which have a line of their own, or claims."""
        self._special_view = self._special.data

    def replace(self, number: int, line: "array[int]") -> None:
        """These are now the starts and ends of a space's settled bookings; it has no claims."""
        self._changed[number] = line
        self._claims.pop(number, None)
        self._mark(number)

    def claim(self, number: int, claim: Claim) -> None:
        self._claims[number] = (*self._claims.get(number, ()), claim)
        self._mark(number)

    def touched(self, numbers: Numbers, start: int, ends: Numbers, now: int) -> NDArray[np.bool_]:
        """Of which spaces anything live ``now`` keeps a part of ``start`` to the space's end."""
        counts = self._counts.take(numbers, mode="clip")
        which = np.arange(len(numbers)).repeat(counts)
        rows = rows_of(self._firsts.take(numbers, mode="clip"), counts)
        starts, until = self._spans.take(rows, axis=0).T
        touched = np.zeros(len(numbers), np.bool_)
        touched[which[(starts < ends.take(which)) & (until > start)]] = True
        for place in self._special.take(numbers).nonzero()[0].tolist():
            number = int(numbers[place])
            touched[place] = self.touches(number, start, int(ends[place]), now)
        return touched

    def touches(self, number: int, start: int, end: int, now: int) -> bool:
        """Whether anything live ``now`` keeps a part of ``start`` to ``end`` at one space."""
        if self._special_view[number]:
            return self._touches_special(number, start, end, now)
        return self._settled(number, start, end)

    def _settled(self, number: int, start: int, end: int) -> bool:
        lines, firsts = self._views
        return _kept(lines, start, end, 2 * firsts[number], 2 * firsts[number + 1])

    def _touches_special(self, number: int, start: int, end: int, now: int) -> bool:
        if (line := self._changed.get(number)) is None:
            kept = self._settled(number, start, end)
        else:
            kept = _kept(line, start, end, 0, len(line))
        return kept or any(
            claim.start < end and start < claim.end and _stands(claim, now)
            for claim in self._claims.get(number, ())
        )

    def _mark(self, number: int) -> None:
        if number >= len(self._special):
            room = np.zeros(max(1024, number // 8), dtype=np.bool_)
            self._special = np.concatenate([self._special, room])
            self._special_view = self._special.data
        self._special[number] = True


def rows_of(firsts: Numbers, counts: Numbers) -> Numbers:
    """The rows of several stretches, one after another, by where each begins and how long it is."""
    shifts: Numbers = (firsts - counts.cumsum() + counts).repeat(counts)
    rows: Numbers = np.arange(len(shifts)) + shifts
    return rows


def _kept(line: Sequence[int], start: int, end: int, first: int, last: int) -> bool:
    """Whether a line between two places of its numbers keeps a part of ``start`` to ``end``."""
    passed = bisect_right(line, start, first, last)
    # Lines begin at even places, so an odd one is the end of what has begun.
    return passed % 2 == 1 or (passed < last and line[passed] < end)


def _stands(claim: Claim, now: int) -> bool:
    return claim.expires is None or now < claim.expires
