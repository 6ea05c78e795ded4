"""Numbered points on the globe, handed out in order of distance from anywhere.

Degrees lie: a box of degrees is no square, and an R-tree asked for the nearest in degrees answers
wrongly everywhere but at the equator. Points are therefore kept as unit vectors in three
dimensions, where the straight line orders as the great circle does, and where neither the poles
nor the antimeridian are special.
"""

import asyncio
import threading
from collections.abc import Iterator
from itertools import repeat
from math import dist
from typing import NamedTuple

import numpy as np

from storage.nearby.blocks import TIE, WIDEST, Blocks, Near, in_blocks
from storage.nearby.tree import Floats, Numbers, Vector

FIRST_GROWTH, GROWTH = 3.0, 1.5
"""Of the radius, to the first box; and of the growth, box by box: who needs many needs all."""
LEAST = 1e-6
"""Of a radius; six metres."""
WIDER = 8
"""By how much, if there is nobody in some blocks, more are asked for the nearest point of all."""
TOWN = 128
"""Points that are all put in order sooner than blocks of them are asked for (measured)."""
LOOSE_SHARE, FEW_LOOSE = 0.1, 32
"""Of all points, and beside that: how many come or go before it is worth building anew."""


class Ground(NamedTuple):
    """Where a globe begins: points in another order, and the blocks of them."""

    order: Numbers
    """Neighbours come close together, so that a search stays in a few pages of memory."""
    blocks: Blocks

    @classmethod
    def of(cls, lat: Floats, lng: Floats) -> "Ground":
        """Mostly without the interpreter, so on any thread that has nothing better to do."""
        vectors = unit_vectors(lat, lng)
        blocks = in_blocks(vectors)
        order = blocks[blocks >= 0]
        numbers = np.empty_like(order)
        numbers[order] = np.arange(len(order))
        return cls(order, Blocks(numbers, vectors, blocks))


class Globe:
    """Lives on the thread that made it."""

    def __init__(self, ground: Ground) -> None:
        """Points numbered from 0 in the order of the ground, which is nobody else's from now on."""
        self._thread = threading.get_ident()
        self._blocks = ground.blocks
        self._count = len(ground.order)
        self._free: list[int] = []
        self._town: tuple[list[int], list[list[float]]] | None = None
        """All with their vectors, as long as they are few and nothing changes."""
        self._meanwhile: list[tuple[int, Vector | None]] | None = None
        """Who came or went while new blocks grow that do not know it yet."""

    def add(self, vector: Vector) -> int:
        """The number of a new point. Numbers of removed points are given again."""
        self._on_own_thread()
        number = self._free.pop() if self._free else self._count
        self._count = max(self._count, number + 1)
        self._blocks.add(number, vector)
        self._town = None
        if self._meanwhile is not None:
            self._meanwhile.append((number, vector))
        return number

    def remove(self, number: int) -> None:
        self._on_own_thread()
        self._blocks.remove(number)
        self._town = None
        self._free.append(number)
        if self._meanwhile is not None:
            self._meanwhile.append((number, None))

    @property
    def numbers(self) -> Numbers:
        """Of all points."""
        self._on_own_thread()
        return self._blocks.numbers

    def town(self, centre: Vector, limit: float) -> list[tuple[float, int]] | None:
        """What ``around`` hands out, as chords with numbers, if points are few; else None.

        Between other work every function is cold, and arrays need many: Python alone is sooner.
        """
        self._on_own_thread()
        if self._count > TOWN:
            return None
        if self._town is None:
            everybody = self._blocks.numbers
            self._town = everybody.tolist(), self._blocks.vectors(everybody).tolist()
        numbers, vectors = self._town
        chords = map(dist, repeat(centre), vectors)
        return sorted([it for it in zip(chords, numbers, strict=True) if it[0] < limit + TIE])

    def around(self, centre: Vector, limit: float) -> Iterator[tuple[Numbers, Floats]]:
        """Every point within a chord of ``limit`` (and perhaps a TIE) with its chord, in order.

        They come in shells. Two points in different shells differ by more than TIE, so whoever
        must order ties finely can do so shell by shell.
        """
        self._on_own_thread()
        beyond = -1.0
        for numbers, chords, complete in self._growing(centre, limit + TIE):
            first, until = 0, len(numbers)
            if beyond >= 0:
                first = int(chords.searchsorted(beyond + TIE / 2))
            if complete > limit + TIE:
                until = int(chords.searchsorted(limit + TIE))
            else:
                # A point past the end may be a tie of the last ones: those wait for it.
                while until > first and complete - chords[until - 1] <= TIE:
                    until -= 1
                    complete = chords[until]
            if until > first:
                beyond = chords[until - 1]
                yield numbers[first:until], chords[first:until]

    def nearest(self, centre: Vector) -> int | None:
        """The nearest point, however far it is. Of several within a TIE, any."""
        self._on_own_thread()
        blocks = 1
        near = self._blocks.few(centre)
        while not len(near.numbers) and near.complete < WIDEST:
            blocks *= WIDER
            near = self._blocks.nearest(centre, blocks)
        return int(near.numbers[0]) if len(near.numbers) else None

    @property
    def overgrown(self) -> bool:
        """Whether points that came and went slow it down enough to be tidied."""
        return self._blocks.loose > LOOSE_SHARE * self._count + FEW_LOOSE

    async def tidy(self) -> None:
        """Build the blocks anew, beside the ones that answer meanwhile.

        The new ones grow on another thread, which alone knows them until they are finished.
        """
        self._on_own_thread()
        self._meanwhile = []
        numbers = self._blocks.numbers
        vectors = self._blocks.vectors(numbers)
        blocks = await asyncio.to_thread(Blocks.of, numbers, vectors)
        for number, vector in self._meanwhile:
            if vector is None:
                blocks.remove(number)
            else:
                blocks.add(number, vector)
        self._blocks, self._meanwhile = blocks, None

    def _growing(self, centre: Vector, limit: float) -> Iterator[Near]:
        """More and more points. The last ones go beyond ``limit``, or are all there are."""
        near = self._blocks.few(centre)
        yield near
        growth = FIRST_GROWTH
        while near.complete <= limit:
            radius = max(growth * near.complete, LEAST)
            near = self._blocks.within(centre, min(radius, limit + TIE))
            yield near
            growth *= GROWTH

    def _on_own_thread(self) -> None:
        assert threading.get_ident() == self._thread, "a globe belongs to one thread"


def unit_vectors(lat: Floats, lng: Floats) -> Floats:
    """Of many points at once, as ``Point.unit_vector`` makes one."""
    lat, lng = np.radians(lat), np.radians(lng)
    return np.stack([np.cos(lat) * np.cos(lng), np.cos(lat) * np.sin(lng), np.sin(lat)], axis=1)
