"""The parts of the nearby index, each against the plainest way to say the same."""

import asyncio
import threading
from array import array
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from market.domain.place import Offset, Point, chord
from storage.nearby.blocks import TIE, Blocks
from storage.nearby.facts import public_points
from storage.nearby.globe import Globe, Ground, unit_vectors
from storage.nearby.taken import Claim, Taken
from tests.examples import a_space
from tests.strategies import offsets, points

EDGES = [Point(90, 0), Point(90, 77), Point(-90, 0), Point(0, 180), Point(0, -180), Point(0, 0)]
places = st.one_of(points, st.sampled_from(EDGES))
LONG = settings(deadline=None)


def globe_of(known: list[Point]) -> Globe:
    lat, lng = np.array([(p.lat, p.lng) for p in known], dtype=float).reshape(-1, 2).T
    numbers = np.arange(len(known))
    return Globe(Ground(numbers, Blocks.of(numbers, unit_vectors(lat, lng))))


def far(centre: Point, other: Point) -> float:
    return float(np.linalg.norm(np.subtract(centre.unit_vector(), other.unit_vector())))


def shells_of(globe: Globe, centre: Point, limit: float) -> list[list[tuple[float, int]]]:
    return [
        list(zip(chords.tolist(), numbers.tolist(), strict=True))
        for numbers, chords in globe.around(centre.unit_vector(), limit)
    ]


def handed_out(globe: Globe, centre: Point, limit: float) -> list[int]:
    return [number for shell in shells_of(globe, centre, limit) for _, number in shell]


@LONG
@given(known=st.lists(places, max_size=80), centre=places, metres=st.floats(0, 20_100_000))
@example([Point(10, 10)] * 50, Point(10, 10), 0.0)
@example([Point(89.9, lng) for lng in range(-180, 180, 3)], Point(90, 0), 20_000_000.0)
def test_every_point_within_reach_is_handed_out_once_and_in_order(known, centre, metres) -> None:
    limit, globe = chord(metres), globe_of(known)

    numbers = handed_out(globe, centre, limit)

    town = globe.town(centre.unit_vector(), limit)
    assert town is not None
    assert sorted(numbers) == sorted(number for _, number in town)
    assert [chord for chord, _ in town] == sorted(chord for chord, _ in town)
    distances = [far(centre, known[number]) for number in numbers]
    assert len(set(numbers)) == len(numbers)
    assert {n for n, p in enumerate(known) if far(centre, p) <= limit - TIE} <= set(numbers)
    assert all(distance <= limit + 2 * TIE for distance in distances)
    assert all(b - a > -TIE for a, b in pairwise(distances))


def test_more_points_than_there_was_room_for_are_all_handed_out() -> None:
    globe = globe_of([Point(50 + n % 250 / 1e4, 8 + n // 250 / 1e4) for n in range(50_000)])
    assert len(handed_out(globe, Point(50, 8), chord(20))) < 100

    assert len(set(handed_out(globe, Point(50, 8), chord(20_000)))) == 50_000


def test_what_was_asked_before_makes_no_difference() -> None:
    known = [Point(n // 50 / 10, n % 50 / 10) for n in range(2_500)]
    ours = globe_of(known)
    for centre in known[::250]:
        handed_out(ours, Point(2, 2), chord(100))

        assert handed_out(ours, centre, chord(50_000)) == handed_out(
            globe_of(known), centre, chord(50_000)
        )


@LONG
@given(st.lists(places, min_size=1, max_size=600), places)
def test_points_of_different_shells_are_no_ties(known, centre) -> None:
    shells = shells_of(globe_of(known), centre, 2.0)

    assert all(b[0][0] - a[-1][0] > TIE for a, b in pairwise(shells))


@LONG
@given(st.data())
def test_added_points_are_found_and_removed_ones_are_not(data) -> None:
    known = data.draw(st.lists(places, min_size=1, max_size=60))
    globe, there = globe_of(known), dict(enumerate(known))
    for point in data.draw(st.lists(places, max_size=60)):
        if there and data.draw(st.booleans()):
            gone = data.draw(st.sampled_from(sorted(there)))
            globe.remove(gone)
            del there[gone]
        there[globe.add(point.unit_vector())] = point

    centre = data.draw(places)
    assert sorted(handed_out(globe, centre, 2.0)) == sorted(there)
    nearest = globe.nearest(centre.unit_vector())
    least = min((far(centre, point) for point in there.values()), default=None)
    assert (nearest is None) == (least is None)
    assert nearest is None or far(centre, there[nearest]) <= least + TIE


async def test_tidying_forgets_the_removed_and_keeps_what_came_meanwhile() -> None:
    known = [Point(n / 10, n / 10) for n in range(200)]
    globe = globe_of(known)
    for number in range(100):
        globe.remove(number)
    assert globe.overgrown

    tidying = asyncio.create_task(globe.tidy())
    await asyncio.sleep(0)
    meanwhile = globe.add(Point(-40, -40).unit_vector())
    globe.remove(150)
    again = globe.add(Point(-40, -41).unit_vector())
    globe.remove(160)
    await tidying

    assert {meanwhile, again} == {99, 150}, "numbers are given again"
    there = {*range(100, 200), meanwhile, again} - {160}
    assert not globe.overgrown
    assert set(handed_out(globe, Point(0, 0), 2.0)) == there


def test_a_globe_refuses_every_thread_but_its_own() -> None:
    globe = globe_of(EDGES)
    refused = []

    def ask() -> None:
        with pytest.raises(AssertionError, match="one thread"):
            globe.nearest(Point(1, 1).unit_vector())
        refused.append(True)

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert refused


@LONG
@given(st.lists(st.tuples(places, offsets, st.booleans()), min_size=1))
@example([(Point(89.9999, 12), Offset(180, 80), False), (Point(-90, 0), Offset(7, 30), False)])
def test_many_public_points_are_those_of_the_domain(told) -> None:
    expected = [
        a_space(place=place, offset=offset, shows_place=shows).public_point
        for place, offset, shows in told
    ]

    columns = [
        (place.lat, place.lng, offset.bearing, offset.metres, shows)
        for place, offset, shows in told
    ]
    lat, lng = public_points(*np.array(columns, dtype=float).T)

    for point, *ours in zip(expected, lat.tolist(), lng.tolist(), strict=True):
        assert far(Point(*ours), point) < 1e-13


times = st.integers(0, 40)
spans = st.tuples(times, st.integers(1, 9)).map(lambda span: (span[0], span[0] + span[1]))
claims = st.builds(
    lambda span, expires: Claim(*span, expires), spans, st.none() | st.integers(0, 5)
)


@st.composite
def apart(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Spans that do not overlap, in order; some follow one another without a gap."""
    edges = sorted(draw(st.lists(times, max_size=8)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return [(start, end) for start, end in pairs if start < end]


@given(st.lists(st.tuples(apart(), apart() | st.none(), st.lists(claims, max_size=2))), spans)
def test_spaces_are_taken_when_something_live_overlaps(spaces, asked) -> None:
    start, end = asked
    counts = np.array([len(settled) for settled, _, _ in spaces], np.int64)
    lines = [edge for settled, _, _ in spaces for span in settled for edge in span]
    taken = Taken(counts, np.array(lines, np.int64).reshape(-1, 2))
    expected = []
    for number, (settled, instead, claimed) in enumerate(spaces):
        if instead is not None:
            taken.replace(number, array("q", [edge for span in instead for edge in span]))
        for claim in claimed:
            taken.claim(number, claim)
        keeping = settled if instead is None else instead
        keeping = keeping + [c[:2] for c in claimed if c.expires is None or c.expires > 3]
        expected.append(any(a < end and start < b for a, b in keeping))

    every = np.arange(len(spaces))
    touched = taken.touched(every, start, np.full(len(spaces), end), now=3)

    assert touched.tolist() == expected
