"""Numbered points on the globe, handed out in order of distance from anywhere.

Degrees lie: a box of degrees is no square, and an R-tree asked for the nearest in degrees answers
wrongly everywhere but at the equator. Points are therefore kept as unit vectors in three
dimensions, where the straight line orders as the great circle does, and where neither the poles
nor the antimeridian are special.
"""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from itertools import repeat
from math import dist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from storage.nearby.tree import Floats, Numbers, Tree, Vector

TIE = 1e-14
"""Chords that differ by less may be the same distance: far above rounding, far below what shows."""
FEW = 32
"""Points that are sooner gone through one by one than together (measured)."""
TOWN = 128
"""Points that are all looked at sooner than a tree is asked for the nearest of them (measured)."""
MORE = 256
"""How many nearest points are asked for before boxes take over, which cost less for many."""
GROWTH = 1.5
"""Of the radius, from one box to the next, and of the growth itself: who needs many needs all."""
WIDEST = 3.0
"""More than any chord: that between antipodes is 2."""
DEAD_SHARE = 0.1
"""Of all points in the tree, before it is worth building anew."""
STRIP = 0.01
"""Degrees of latitude: about a kilometre."""


class Ground(NamedTuple):
    """Where a globe begins: points in another order, their unit vectors, and the tree of them."""

    order: Numbers
    """Neighbours come close together, so that a search stays in a few pages of memory."""
    vectors: Floats
    tree: Tree

    @classmethod
    def of(cls, lat: Floats, lng: Floats) -> "Ground":
        """Mostly without the interpreter, so on any thread that has nothing better to do."""
        order = np.argsort(np.floor(lat / STRIP) * 1000 + lng)
        vectors = unit_vectors(lat[order], lng[order])
        return cls(order, vectors, Tree(np.arange(len(order)), vectors))


class Globe:
    """Lives on the thread that made it: an R-tree read by two threads at once answers nonsense."""

    def __init__(self, ground: Ground) -> None:
        """Points numbered from 0 in the order of the ground, which is nobody else's from now on."""
        self._thread = threading.get_ident()
        self._count = len(ground.order)
        self._vectors = ground.vectors
        self._alive = np.ones(self._count, dtype=np.bool_)
        self._tree = ground.tree
        self._dead: list[int] = []
        self._free: list[int] = []
        self._town: tuple[list[int], list[Vector]] | None = None
        """All that are alive, with their vectors, as long as they are few and nothing changes."""
        self._joined: list[int] | None = None
        """Added while a new tree grows that does not know them yet."""

    def add(self, vector: Floats) -> int:
        """The number of a new point. Numbers of removed points are given again in time."""
        self._on_own_thread()
        number = self._free.pop() if self._free else self._next()
        self._vectors[number] = vector
        self._town = None
        self._alive[number] = True
        self._tree.insert(number, vector)
        if self._joined is not None:
            self._joined.append(number)
        return number

    def remove(self, number: int) -> None:
        """Marks it only: to delete it from the tree would take milliseconds."""
        self._on_own_thread()
        self._alive[number] = False
        self._town = None
        self._dead.append(number)

    @property
    def alive(self) -> NDArray[np.bool_]:
        """By number, whether a point is there."""
        self._on_own_thread()
        return self._alive[: self._count]

    def few(self, centre: Vector, limit: float) -> tuple[list[tuple[float, int]], bool]:
        """The nearest points as ``around`` has them, each with its chord before it, in order.

        And whether there are more, which ``around`` hands out beyond the last of these.
        """
        self._on_own_thread()
        numbers, vectors = self._candidates(centre)
        shell = sorted(zip(map(dist, repeat(centre), vectors), numbers, strict=True))
        everything = self._count <= TOWN or len(shell) < FEW
        complete = WIDEST if everything else shell[-1][0] - TIE
        if self._dead:
            shell = [it for it in shell if self._alive[it[1]]]
        if complete > limit + TIE:
            while shell and shell[-1][0] >= limit + TIE:
                shell.pop()
            return shell, False
        while shell and complete - shell[-1][0] <= TIE:
            complete = min(complete, shell.pop()[0])
        return shell, True

    def around(
        self, centre: Floats, limit: float, beyond: float = -1.0
    ) -> Iterator[tuple[Numbers, Floats]]:
        """Every point within a chord of ``limit`` (and perhaps a TIE) with its chord, in order.

        They come in shells. Two points in different shells differ by more than TIE, so whoever
        must order ties finely can do so shell by shell.
        """
        self._on_own_thread()
        for numbers, chords, complete in self._growing(centre, limit + TIE):
            first = chords.searchsorted(beyond + TIE / 2)
            until = chords.searchsorted(min(complete, limit + TIE))
            if complete <= limit + TIE:
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
        wanted, found = 1, 1
        while found >= wanted:
            wanted *= FEW
            numbers = self._tree.nearest(centre, wanted)
            found = len(numbers)
            living, _ = self._living(numbers, self._chords(numbers, centre))
            if len(living):
                return int(living[0])
        return None

    @property
    def overgrown(self) -> bool:
        """Whether the removed points slow it down enough to be tidied away."""
        return len(self._dead) > DEAD_SHARE * self._count + FEW

    async def tidy(self) -> None:
        """Build the tree anew without what was removed, beside the one that answers meanwhile.

        The new tree grows on another thread, which alone knows it until it is finished.
        """
        self._on_own_thread()
        gone, self._joined = len(self._dead), []
        living = np.flatnonzero(self._alive[: self._count])
        tree = await asyncio.to_thread(Tree, living, self._vectors[living])
        for number in self._joined:
            tree.insert(number, self._vectors[number])
        self._tree, self._joined = tree, None
        self._free += self._dead[:gone]
        del self._dead[:gone]

    def _growing(self, centre: Floats, limit: float) -> Iterator[tuple[Numbers, Floats, float]]:
        """More and more points, in order, and the chord up to which they are all there.

        The last one goes beyond ``limit``, or holds everything.
        """
        numbers = self._tree.nearest(centre, MORE)
        chords = self._chords(numbers, centre)
        everything = len(numbers) < MORE
        complete = WIDEST if everything else float(chords.max()) - TIE
        yield *self._living(numbers, chords), complete
        if everything:
            return
        growth = 1.0
        while complete <= limit:
            growth *= GROWTH
            complete = min(max(growth * complete, 1e-6), limit + TIE)
            # Rounding must not lose what lies on the faces of the box.
            numbers = self._tree.in_box(centre, complete + TIE)
            yield *self._living(numbers, self._chords(numbers, centre)), complete

    def _living(self, numbers: Numbers, chords: Floats) -> tuple[Numbers, Floats]:
        """Those not removed, in order of distance."""
        order = chords.argsort()
        if self._dead:
            order = order[self._alive[numbers[order]]]
        return numbers.take(order), chords.take(order)

    def _chords(self, numbers: Numbers, centre: Vector | Floats) -> Floats:
        apart = self._vectors.take(numbers, axis=0)
        apart -= centre
        chords: Floats = np.sqrt(np.einsum("ij,ij->i", apart, apart))
        return chords

    def _next(self) -> int:
        if self._count == len(self._vectors):
            room = max(1024, self._count // 8)
            self._vectors = np.concatenate([self._vectors, np.zeros((room, 3))])
            self._alive = np.concatenate([self._alive, np.zeros(room, dtype=np.bool_)])
        self._count += 1
        return self._count - 1

    def _candidates(self, centre: Vector) -> tuple[Sequence[int], Sequence[Vector]]:
        """The nearest FEW and where they are, or of a town all that are alive."""
        if self._count > TOWN:
            numbers = self._tree.nearest(centre, FEW)
            return numbers.tolist(), self._vectors.take(numbers, axis=0).tolist()
        if self._town is None:
            living = np.flatnonzero(self.alive)
            self._town = living.tolist(), [(x, y, z) for x, y, z in self._vectors[living].tolist()]
        return self._town

    def _on_own_thread(self) -> None:
        assert threading.get_ident() == self._thread, "a globe belongs to one thread"


def unit_vectors(lat: Floats, lng: Floats) -> Floats:
    """Of many points at once, as ``Point.unit_vector`` makes one."""
    lat, lng = np.radians(lat), np.radians(lng)
    return np.stack([np.cos(lat) * np.cos(lng), np.cos(lat) * np.sin(lng), np.sin(lat)], axis=1)
