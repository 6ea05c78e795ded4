"""Maps as pictures: what is on them, how large they get, and the program that draws them."""

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.outside import CITY
from gateways.map_pictures import MapPictures, NotDrawn
from gateways.maps import pins
from gateways.maps.city import City
from gateways.maps.colours import DAY, NIGHT
from gateways.maps.grounds import within
from gateways.maps.picture import drawn, plain
from gateways.maps.projection import FOOT, HEIGHT, SIDES, TOP, WIDTH, fitted
from gateways.maps.scene import Order

STATION = (60.1713, 24.9437)
LARGEST = 40 * 1024
"""Bytes."""


@pytest.fixture(scope="module")
def city() -> City:
    return City.read(CITY)


def order(*spots: tuple[float, float], **changes: Any) -> Order:
    numbered = [(lat, lng, str(number)) for number, (lat, lng) in enumerate(spots, 1)]
    known: dict[str, Any] = {
        "here": STATION,
        "pins": numbered,
        "around": 0,
        "dark": False,
        "rings": [(250, "250 m"), (500, "500 m")],
    }
    return Order(**(known | changes))


def colours(content: bytes) -> dict[tuple[int, int, int], int]:
    image = Image.open(io.BytesIO(content))
    assert image.size == (WIDTH, HEIGHT)
    return {
        colour: count
        for count, colour in image.convert("RGB").getcolors(WIDTH * HEIGHT)  # type: ignore[union-attr]
    }


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def near(colour: str, content: bytes) -> int:
    """How many pixels have that colour, or nearly: a palette rounds."""
    wanted = rgb(colour)
    return sum(
        count
        for seen, count in colours(content).items()
        if max(abs(a - b) for a, b in zip(wanted, seen, strict=True)) < 12
    )


SPREAD = ((60.1722, 24.9460), (60.1706, 24.9412), (60.1730, 24.9425), (60.1701, 24.9470))


@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
@pytest.mark.parametrize(
    "spots",
    [SPREAD, SPREAD[:1], (), ((60.1650, 24.9360), (60.1785, 24.9525))],
    ids=["four", "one", "none", "the whole city"],
)
def test_a_map_of_the_city_shows_pins_and_the_person_and_is_small(
    city: City, spots: tuple[tuple[float, float], ...], dark: bool
) -> None:
    palette = NIGHT if dark else DAY
    content = drawn(order(*spots, dark=dark), city)
    assert len(content) <= LARGEST
    assert near(palette["here"], content) > 100
    assert near(palette["building"], content) > 5_000
    assert near(palette["pin"], content) >= 1_000 * len(spots)


def test_pins_carry_their_numbers(city: City) -> None:
    one = drawn(order(pins=[(*SPREAD[0], "1")]), city)
    two = drawn(order(pins=[(*SPREAD[0], "2")]), city)
    assert one != two


def test_how_exact_a_place_is_can_be_seen(city: City) -> None:
    exact = drawn(order(SPREAD[0]), city)
    about = drawn(order(SPREAD[0], around=80), city)
    assert near(DAY["building"], about) < near(DAY["building"], exact)


def test_where_no_map_is_known_rings_tell_distances(city: City) -> None:
    far = order((51.5, -0.12), (51.502, -0.118), here=(51.501, -0.121))
    content = drawn(far, city)
    assert near(DAY["land"], content) > 0.9 * WIDTH * HEIGHT
    assert near(DAY["ring"], content) > 500
    assert near(DAY["pin"], content) > 2_000
    silent = drawn(order((51.5, -0.12), here=(51.501, -0.121), rings=[]), city)
    assert near(DAY["ring"], silent) == 0


def test_whoever_made_the_map_is_thanked(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    thanked = drawn(order(SPREAD[0]), city)
    monkeypatch.setattr("gateways.maps.picture._thank", lambda *_: None)
    assert drawn(order(SPREAD[0]), city) != thanked
    assert "OpenStreetMap" in city.credit


def test_a_plain_picture_is_as_large_as_a_map() -> None:
    assert colours(plain()) == {rgb(DAY["land"]): WIDTH * HEIGHT}


places = st.tuples(st.floats(-85, 85), st.floats(-180, 180))


@given(st.lists(places, min_size=1, max_size=6))
def test_all_that_must_be_seen_is_in_the_picture(spots: list[tuple[float, float]]) -> None:
    """Unless it takes more than the widest view, which shows some 100 degrees."""
    lats, lngs = [lat for lat, _ in spots], [lng for _, lng in spots]
    if max(lngs) - min(lngs) > 100 or max(map(abs, lats)) > 60 or max(lats) - min(lats) > 25:
        spots = [(lat % 10, lng % 40) for lat, lng in spots]
    view = fitted(spots)
    for lat, lng in spots:
        x, y = view.pixel(lat, lng)
        assert -1 <= x <= WIDTH + 1
        assert -1 <= y <= HEIGHT + 1


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=6))
@settings(max_examples=30)
def test_no_pin_at_the_edge_of_the_city_leaves_the_picture(
    city: City, shares: list[tuple[float, float]]
) -> None:
    west, south, east, north = city.bounds
    spots = [(south + up * (north - south), west + across * (east - west)) for up, across in shares]
    wanted = order(*spots)
    moved = within(wanted.view, city, wanted.places)
    for x, y in (moved.pixel(*spot) for spot in spots):
        assert SIDES - 1 <= x <= WIDTH - SIDES + 1
        assert TOP - 1 <= y <= HEIGHT - FOOT + 1


def test_the_antimeridian_is_no_edge() -> None:
    view = fitted([(0.0, 179.999), (0.0, -179.999)])
    (east, _), (west, _) = view.pixel(0.0, 179.999), view.pixel(0.0, -179.999)
    assert 0 < east < west < WIDTH


@settings(max_examples=50)
@given(st.lists(st.tuples(st.floats(60, 740), st.floats(90, 350)), min_size=1, max_size=5))
def test_no_pin_hides_another(feet: list[tuple[float, float]]) -> None:
    heads = pins.heads(feet)
    for one in range(len(heads)):
        for other in range(one):
            (x, y), (u, v) = heads[one], heads[other]
            assert (x - u) ** 2 + (y - v) ** 2 >= (1.2 * pins.RADIUS) ** 2


FACTS = {"here": STATION, "pins": [[*SPREAD[0], "1"]], "around": 0, "dark": False, "rings": []}


@pytest.fixture
async def maps() -> AsyncIterator[MapPictures]:
    async with MapPictures(CITY) as maps:
        yield maps


async def test_the_program_draws_one_after_the_other(maps: MapPictures, city: City) -> None:
    dark = {**FACTS, "dark": True}
    day, night = await asyncio.gather(maps.draw(FACTS), maps.draw(dark))
    assert day == drawn(Order.of(FACTS), city)
    assert night == drawn(Order.of(dark), city)


async def test_what_cannot_be_drawn_spoils_nothing_after_it(maps: MapPictures) -> None:
    with pytest.raises(NotDrawn, match="ValueError"):
        await maps.draw({**FACTS, "rings": ["abc"]})
    assert await maps.draw(FACTS)


async def test_a_program_that_died_is_begun_anew(maps: MapPictures) -> None:
    await maps.draw(FACTS)
    assert maps._process is not None
    maps._process.kill()
    await maps._process.wait()
    with pytest.raises(NotDrawn, match="does not answer"):
        await maps.draw(FACTS)
    assert await maps.draw(FACTS)


async def test_a_drawing_that_is_given_up_is_not_taken_for_the_next(
    maps: MapPictures, city: City
) -> None:
    await maps.draw(FACTS)
    given_up = asyncio.create_task(maps.draw({**FACTS, "dark": True}))
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.gather(given_up, return_exceptions=True)
    assert await maps.draw(FACTS) == drawn(Order.of(FACTS), city)


async def test_a_city_is_not_needed(tmp_path: Path) -> None:
    async with MapPictures(None) as maps:
        assert near(DAY["land"], await maps.draw(FACTS)) > 0.9 * WIDTH * HEIGHT
