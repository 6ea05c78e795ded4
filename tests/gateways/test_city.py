from pathlib import Path

import pytest

from gateways.city import City
from gateways.gazetteer import Gazetteer
from market.domain.place import Point

CITY = Path(__file__).parents[2] / "data" / "helsinki.geojson.gz"


@pytest.fixture(scope="module")
def city() -> City:
    return City.read(CITY)


def test_the_map_is_read_whole(city: City) -> None:
    assert (len(city.addresses), len(city.parkings), len(city.buildings)) == (595, 30, 477)


def test_an_address_is_a_street_and_a_number_and_nothing_else(city: City) -> None:
    assert not [str(address) for address in city.addresses if "," in str(address)]


async def test_the_nearest_address_names_the_city(city: City) -> None:
    gazetteer = Gazetteer(city, "Helsinki")
    at_the_museum = Point(60.17013, 24.94429)
    assert await gazetteer.address_at(at_the_museum) == "Kaivokatu 2, Helsinki"


@pytest.mark.parametrize(
    "place", [Point(60.1500, 24.9437), Point(52.5, 13.4)], ids=["at sea", "elsewhere"]
)
async def test_far_from_every_address_there_is_none(city: City, place: Point) -> None:
    assert await Gazetteer(city, "Helsinki").address_at(place) is None
