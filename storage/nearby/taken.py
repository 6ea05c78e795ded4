"""When each space is taken, kept so that a question costs less than a microsecond."""

from array import array
from bisect import bisect_right
from typing import NamedTuple


class Claim(NamedTuple):
    """What a hold or a request keeps until it runs out, in microseconds since 1970."""

    start: int
    end: int
    expires: int | None


class Taken:
    """The live bookings of spaces by number; all times in microseconds since 1970.

    Settled bookings of one space never overlap, so their starts and ends, written down in order,
    are one rising line of numbers: a moment is taken if an odd count of them has passed.
    """

    def __init__(self) -> None:
        self._edges: dict[int, array[int]] = {}
        self._claims: dict[int, tuple[Claim, ...]] = {}

    def clear(self, number: int) -> None:
        self._edges.pop(number, None)
        self._claims.pop(number, None)

    def settle(self, number: int, edges: "array[int]") -> None:
        """All settled bookings of a space: starts and ends in turn, in order."""
        self._edges[number] = edges

    def claim(self, number: int, claim: Claim) -> None:
        self._claims[number] = (*self._claims.get(number, ()), claim)

    def touches(self, number: int, start: int, end: int, now: int) -> bool:
        """Whether anything that is live ``now`` keeps a part of ``[start, end)``."""
        edges = self._edges.get(number)
        if edges is not None:
            passed = bisect_right(edges, start)
            if passed % 2 or (passed < len(edges) and edges[passed] < end):
                return True
        return number in self._claims and any(
            claim.start < end and start < claim.end and _stands(claim, now)
            for claim in self._claims[number]
        )


def _stands(claim: Claim, now: int) -> bool:
    return claim.expires is None or now < claim.expires
