import math
import random

import pytest
from geopy.distance import geodesic
from hypothesis import example, given, settings
from hypothesis import strategies as st

from market.domain.place import (
    EARTH_RADIUS,
    Box,
    Offset,
    Point,
    chord,
    metres,
    shifted,
    walking_minutes,
)
from tests.strategies import offsets, points

NORTH, SOUTH = Point(90, 0), Point(-90, 0)
near_poles = st.builds(
    lambda away, lng, south: Point(away - 90 if south else 90 - away, lng),
    st.floats(0, 0.01),
    st.floats(-180, 180),
    st.booleans(),
)
near_antimeridian = st.builds(
    lambda lat, away, west: Point(lat, away - 180 if west else 180 - away),
    st.floats(-90, 90),
    st.floats(0, 0.01),
    st.booleans(),
)
anywhere = points | near_poles | near_antimeridian


@pytest.mark.parametrize(
    ("lat", "lng"),
    [(90.1, 0), (-90.1, 0), (0, 180.1), (0, -180.1), (math.nan, 0), (0, math.nan), (0, math.inf)],
)
def test_places_off_the_globe_are_refused(lat, lng) -> None:
    with pytest.raises(ValueError, match="no place on Earth"):
        Point(lat, lng)


@pytest.mark.parametrize(("lat", "lng"), [(90, 180), (-90, -180), (0, 0)])
def test_the_edges_of_the_globe_are_places(lat, lng) -> None:
    assert Point(lat, lng).lat == lat


@given(anywhere, offsets)
@example(Point(math.degrees(math.pi / 2 - 80 / EARTH_RADIUS), 0.0), Offset(0.0, 80.0))
@example(NORTH, Offset(123.0, 30.0))
@example(SOUTH, Offset(123.0, 80.0))
@example(Point(0, 180), Offset(90.0, 80.0))
@example(Point(0, -180), Offset(270.0, 80.0))
def test_the_public_point_lies_as_far_away_as_its_offset_says(place: Point, offset: Offset) -> None:
    # Beside a pole the last bit of a sine is worth up to ten centimetres.
    assert metres(place, shifted(place, offset)) == pytest.approx(offset.metres, abs=0.2)


def test_shifting_onto_a_pole_stays_on_the_globe() -> None:
    for tenths in range(300, 801):
        away = tenths / 10
        for pole, bearing in ((1, 0.0), (-1, 180.0)):
            beside = Point(pole * math.degrees(math.pi / 2 - away / EARTH_RADIUS), 12.0)
            assert abs(shifted(beside, Offset(bearing, away)).lat) == pytest.approx(90, abs=1e-5)


@given(st.integers(0, 2**32))
def test_an_offset_is_drawn_between_thirty_and_eighty_metres(seed: int) -> None:
    offset = Offset.drawn(random.Random(seed))
    assert 30 <= offset.metres <= 80
    assert 0 <= offset.bearing <= 360


def test_offsets_are_spread_evenly_over_the_ring() -> None:
    chance = random.Random(2030)
    drawn = [Offset.drawn(chance) for _ in range(20_000)]
    # Half of the ring's area lies inside the radius whose square is the middle of the squares.
    middle = math.sqrt((30**2 + 80**2) / 2)
    assert sum(offset.metres < middle for offset in drawn) / 20_000 == pytest.approx(0.5, abs=0.02)
    for begin in range(0, 360, 90):
        share = sum(begin <= offset.bearing < begin + 90 for offset in drawn) / 20_000
        assert share == pytest.approx(0.25, abs=0.02)


@given(points, points)
@settings(deadline=None)
def test_distances_are_within_six_thousandths_of_the_ellipsoid(a: Point, b: Point) -> None:
    exact = geodesic((a.lat, a.lng), (b.lat, b.lng)).m
    assert metres(a, b) == pytest.approx(exact, rel=0.006, abs=0.001)


@given(anywhere, anywhere)
def test_distance_works_both_ways_and_is_at_most_half_the_globe(a: Point, b: Point) -> None:
    assert metres(a, b) == pytest.approx(metres(b, a), abs=1e-6)
    assert 0 <= metres(a, b) <= math.pi * EARTH_RADIUS + 1e-6


@given(anywhere)
def test_a_place_is_no_way_from_itself(place: Point) -> None:
    assert metres(place, place) == 0


@given(anywhere, anywhere)
def test_the_chord_is_the_straight_line_between_the_unit_vectors(a: Point, b: Point) -> None:
    straight = math.dist(a.unit_vector(), b.unit_vector())
    assert chord(metres(a, b)) == pytest.approx(straight, abs=1e-7)


@given(anywhere)
def test_unit_vectors_are_one_long(place: Point) -> None:
    assert math.hypot(*place.unit_vector()) == pytest.approx(1)


@given(st.floats(0, 3e7), st.floats(0, 3e7))
def test_a_longer_way_has_a_longer_chord_until_the_other_side_of_the_globe(a, b) -> None:
    assert (chord(a) <= chord(b)) or a > b
    assert chord(a) <= 2


@pytest.mark.parametrize(
    ("distance", "minutes"),
    [(0, 1), (1, 1), (80, 1), (80.1, 2), (240, 3), (1000, 13)],
)
def test_walking_takes_started_minutes_and_at_least_one(distance, minutes) -> None:
    assert walking_minutes(distance) == minutes


@pytest.mark.parametrize(
    ("lat", "lng", "holds"),
    [(0, 0, True), (2, 0, False), (0, 2, False), (0, -2, False), (1, 1, True)],
    ids=["within", "north", "east", "west", "on its corner"],
)
def test_a_box_holds_what_lies_within(lat, lng, holds) -> None:
    assert Box(-1, -1, 1, 1).holds(lat, lng) is holds


def test_a_box_across_the_antimeridian_holds_both_sides() -> None:
    box = Box(179, -1, -179, 1)

    assert [box.holds(0, lng) for lng in (179.5, -179.5, 0)] == [True, True, False]
    assert abs(box.centre.lng) == 180


@given(
    west=st.floats(-180, 180),
    width=st.floats(0, 360),
    south=st.floats(-90, 89),
    height=st.floats(0, 1),
    across=st.floats(0, 1),
    up=st.floats(0, 1),
)
def test_the_reach_of_a_box_holds_all_of_it(west, width, south, height, across, up) -> None:
    def around(lng: float) -> float:
        return (lng + 180) % 360 - 180

    north = min(90.0, south + height * (90 - south))
    box = Box(west, south, around(west + width) if west + width > 180 else west + width, north)
    inside = Point(south + up * (north - south), around(west + across * width))

    assert metres(box.centre, inside) <= box.reach
