"""Numbered points in blocks of neighbours, under an R-tree of the boxes around the blocks.

A tree of single points finds them one by one, each somewhere else in memory. Here they lie side by
side, and numpy goes through them at once.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from storage.nearby.tree import Floats, Numbers, Tree, Vector

SIZE = 32
"""Points of a block at most; as built, at least half as many (measured)."""
FEW = 180
"""Points among which the nearest few are looked for; it is mostly enough for them (measured)."""
WIDEST = 3.0
"""More than any chord: that between antipodes is 2."""
TIE = 1e-14
"""Chords that differ by less may be the same distance: far above rounding, far below what shows."""
_NOBODY = -1
_NOWHERE = np.inf
_TOGETHER = 7
"""Halvings that are done of all parts together; before, each part alone stays in the cache."""


class Near(NamedTuple):
    """Points in order of distance: all whose chord is below ``complete``."""

    numbers: Numbers
    chords: Floats
    complete: float


class Blocks:
    """Belongs to one thread at a time: an R-tree read by two at once answers nonsense."""

    def __init__(self, numbers: Numbers, vectors: Floats, blocks: Numbers) -> None:
        """Of points with these numbers and unit vectors, and their ``in_blocks``."""
        somebody = blocks >= 0
        places = np.where(somebody, blocks, ~blocks)
        self._count, self._size = blocks.shape
        self._numbers = numbers.take(places)
        # By block and axis: numpy is soonest done with long rows.
        self._vectors = np.stack([along.take(places) for along in vectors.T], axis=1)
        self._tree = Tree(self._vectors.min(axis=2), self._vectors.max(axis=2))
        self._vectors.transpose(0, 2, 1)[~somebody] = _NOWHERE
        self._slots = np.full(numbers.max(initial=-1) + 1, _NOBODY)
        self._slots[self._numbers[somebody]] = np.flatnonzero(somebody)
        self.loose = 0
        """How many points have come or gone since."""

    @classmethod
    def of(cls, numbers: Numbers, vectors: Floats) -> "Blocks":
        return cls(numbers, vectors, in_blocks(vectors))

    def add(self, number: int, vector: Vector) -> None:
        """In a block of its own."""
        if self._count == len(self._numbers):
            room, size = max(64, self._count // 8), self._size
            self._numbers = np.concatenate([self._numbers, np.zeros((room, size), np.int64)])
            self._vectors = np.concatenate([self._vectors, np.full((room, 3, size), _NOWHERE)])
        self._numbers[self._count, 0] = number
        self._vectors[self._count, :, 0] = vector
        self._tree.insert(self._count, vector)
        if number >= len(self._slots):
            room_for = max(1024, number // 8)
            self._slots = np.concatenate([self._slots, np.full(room_for, _NOBODY)])
        self._slots[number] = self._count * self._size
        self._count += 1
        self.loose += 1

    def remove(self, number: int) -> None:
        """Leaves its place empty: to change the tree would take milliseconds."""
        block, place = divmod(self._slots[number], self._size)
        self._vectors[block, :, place] = _NOWHERE
        self._slots[number] = _NOBODY
        self.loose += 1

    @property
    def numbers(self) -> Numbers:
        """Of all points."""
        return np.flatnonzero(self._slots >= 0)

    def vectors(self, numbers: Numbers) -> Floats:
        blocks, places = np.divmod(self._slots[numbers], self._size)
        return self._vectors[blocks, :, places]

    def few(self, centre: Vector) -> Near:
        """The nearest points, as far as they are known from the nearest few blocks."""
        return self.nearest(centre, -(-FEW // self._size))

    def nearest(self, centre: Vector, blocks: int) -> Near:
        """The nearest points, as far as they are known from so many of the nearest blocks."""
        found, furthest = self._tree.nearest(centre, blocks)
        return self._near(centre, found, WIDEST if len(found) < blocks else furthest - TIE)

    def within(self, centre: Vector, limit: float) -> Near:
        """All points whose chord is below ``limit``."""
        # Rounding must not lose what lies on the faces of the cube.
        return self._near(centre, self._tree.in_box(centre, limit + TIE), limit)

    def _near(self, centre: Vector, blocks: Numbers, complete: float) -> Near:
        squares = self._vectors.take(blocks, axis=0)
        squares -= np.array(centre).reshape(3, 1)
        squares *= squares
        squares = np.add.reduce(squares, axis=1).ravel()
        near = (squares < complete * abs(complete)).nonzero()[0]
        squares = squares.take(near)
        order = squares.argsort()
        numbers = self._numbers.take(blocks, axis=0).ravel()
        return Near(numbers.take(near.take(order)), np.sqrt(squares.take(order)), complete)


def in_blocks(vectors: Floats) -> Numbers:
    """For each block the places of its points, which are neighbours.

    Blocks are equally large: where one is short of a point, ``~place`` of another stands in.
    All are halved again and again across their longest side, as in a k-d tree.
    """
    count, halvings = len(vectors), 0
    if not count:
        return np.zeros((0, SIZE), np.int64)
    while count > SIZE << halvings:
        halvings += 1
    missing = (-count) % (1 << halvings)
    places = np.concatenate([np.arange(count), ~(np.arange(missing) * count // (missing or 1))])
    # To halve, single precision will do.
    along = vectors.astype(np.float32).take(np.where(places < 0, ~places, places), axis=0).T
    parts = [(places.reshape(1, -1), np.ascontiguousarray(along).reshape(3, 1, -1))]
    for _ in range(halvings - _TOGETHER):
        parts = [half for part in parts for half in _apart(*_halved(*part))]
    places = np.concatenate([part[0] for part in parts])
    along = np.concatenate([part[1] for part in parts], axis=1)
    for _ in range(min(halvings, _TOGETHER)):
        places, along = _halved(places, along)
    return places


def _halved(places: Numbers, along: NDArray[np.float32]) -> tuple[Numbers, NDArray[np.float32]]:
    """Each of some parts by the middle of its longest side; ``along`` each axis, by part."""
    longest = (along.max(axis=2) - along.min(axis=2)).argmax(axis=0)
    sides = along[longest, np.arange(len(places))]
    half = places.shape[1] // 2
    order = sides.argpartition(half, axis=1)
    return (
        np.take_along_axis(places, order, 1).reshape(-1, half),
        np.take_along_axis(along, order[np.newaxis], 2).reshape(3, -1, half),
    )


def _apart(
    places: Numbers, along: NDArray[np.float32]
) -> tuple[tuple[Numbers, NDArray[np.float32]], ...]:
    return (places[:1], along[:, :1]), (places[1:], along[:, 1:])
