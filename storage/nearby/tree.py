"""The R-tree under the globe: numbered boxes in space, asked through arrays."""

import ctypes
from functools import partial

import numpy as np
from numpy.typing import NDArray
from rtree.core import rt
from rtree.index import Index, Property

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Vector = tuple[float, float, float]

NODE = 8
"""Entries of a node; small nodes answer small questions soonest (measured)."""
_DIMENSIONS = 3
_NEAREST, _IN_BOX = range(2)
_Corner = ctypes.c_double * _DIMENSIONS


class Tree:
    """Calls the library's own functions for arrays of questions, with one question at a time.

    The methods of ``rtree.index.Index`` hand out ids singly, which takes longer than to find them,
    or ask everything twice to learn how many there are. Here the answer has room enough already.
    """

    def __init__(self, lows: Floats, highs: Floats) -> None:
        """Of boxes between these corners, numbered from 0."""
        form = Property(dimension=_DIMENSIONS, leaf_capacity=NODE, index_capacity=NODE)
        bulk = ((np.arange(len(lows)), lows, highs),) if len(lows) else ()
        self._index = Index(*bulk, properties=form)
        self._low, self._high = _Corner(), _Corner()
        self._wanted, self._furthest = ctypes.c_int64(), ctypes.c_double()
        self._found, self._answered = ctypes.c_uint64(), ctypes.c_int64()
        self._make_room(1024)

    def insert(self, number: int, vector: Vector) -> None:
        """A box that is no more than a point."""
        self._index.insert(number, (*vector, *vector))

    def nearest(self, centre: Vector, wanted: int) -> tuple[Numbers, float]:
        """So many, in no order, and how far the last of them is: no other box comes closer.

        More if the last of them are equally far, fewer if there are no more.
        """
        self._low[:] = self._high[:] = list(centre)
        self._wanted.value = wanted
        return self._asked(_NEAREST), self._furthest.value

    def in_box(self, centre: Vector, half: float) -> Numbers:
        """All that reach into the cube from ``centre - half`` to ``centre + half``, in no order."""
        self._low[:] = [it - half for it in centre]
        self._high[:] = [it + half for it in centre]
        return self._asked(_IN_BOX)

    def _asked(self, question: int) -> Numbers:
        while True:
            self._answered.value = 0  # it is left alone when there is not room enough
            self._furthest.value = 0  # else nothing is looked for beyond the last answer
            self._questions[question]()
            if self._answered.value:
                return self._room[: self._found.value].copy()
            self._make_room(2 * self._found.value)

    def _make_room(self, count: int) -> None:
        """And questions that use it: to make them takes as long as to find a few boxes."""
        self._room = np.zeros(count, dtype=np.int64)
        low, high, found, furthest, answered = map(
            ctypes.byref, (self._low, self._high, self._found, self._furthest, self._answered)
        )
        asked = 1, _DIMENSIONS, count, _DIMENSIONS, 1, low, high, self._room.ctypes.data, found
        tree, wanted = self._index.handle, self._wanted
        self._questions = (
            partial(rt.Index_NearestNeighbors_id_v, tree, wanted, *asked, furthest, answered),
            partial(rt.Index_Intersects_id_v, tree, *asked, answered),
        )
