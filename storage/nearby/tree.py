"""The R-tree under the globe: numbered points in space, asked through arrays."""

import ctypes
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from rtree.core import rt
from rtree.index import Index, Property

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Vector = tuple[float, float, float]

NODE = 16
"""Entries of a node; small nodes answer small questions soonest (measured)."""
_DIMENSIONS = 3


class Tree:
    """Calls the library's own functions for arrays of questions, with one question at a time.

    The methods of ``rtree.index.Index`` hand out ids singly, which takes longer than to find them,
    or ask everything twice to learn how many there are. Here the answer has room enough already.
    """

    def __init__(self, numbers: Numbers, vectors: Floats) -> None:
        form = Property(dimension=_DIMENSIONS, leaf_capacity=NODE, index_capacity=NODE)
        bulk = ((numbers, vectors, vectors),) if len(numbers) else ()
        self._index = Index(*bulk, properties=form)
        self._low, self._high = np.zeros(_DIMENSIONS), np.zeros(_DIMENSIONS)
        self._corners = self._low.ctypes.data, self._high.ctypes.data
        self._found, self._answered = ctypes.c_uint64(), ctypes.c_int64()
        self._found_at, self._answered_at = map(ctypes.byref, (self._found, self._answered))
        self._make_room(1024)

    def insert(self, number: int, vector: Floats) -> None:
        self._index.insert(number, (*vector, *vector))

    def nearest(self, centre: Vector | Floats, wanted: int) -> Numbers:
        """So many, in no order; more if the last of them are equally far, fewer if there are."""
        self._low[:] = self._high[:] = centre
        return self._asked(rt.Index_NearestNeighbors_id_v, (wanted,), (None,))

    def in_box(self, centre: Floats, half: float) -> Numbers:
        """All whose coordinates differ by at most ``half``, in no order."""
        np.subtract(centre, half, out=self._low)
        np.add(centre, half, out=self._high)
        return self._asked(rt.Index_Intersects_id_v, (), ())

    def _asked(
        self, question: Callable[..., object], before: tuple[int, ...], after: tuple[None, ...]
    ) -> Numbers:
        while True:
            self._answered.value = 0  # it is left alone when there is not room enough
            question(
                self._index.handle,
                *before,
                *(1, _DIMENSIONS, len(self._room)),
                *(_DIMENSIONS, 1),
                *self._corners,
                self._room_at,
                self._found_at,
                *after,
                self._answered_at,
            )
            if self._answered.value:
                return self._room[: self._found.value].copy()
            self._make_room(2 * self._found.value)

    def _make_room(self, count: int) -> None:
        self._room = np.zeros(count, dtype=np.int64)
        self._room_at = self._room.ctypes.data
