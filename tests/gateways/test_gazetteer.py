from pathlib import Path

import pytest

from gateways.city import Address, City, Shape
from gateways.gazetteer import Gazetteer
from market.domain.place import Point, metres

DATA = Path(__file__).parent.parent.parent / "data" / "helsinki.geojson.gz"


@pytest.fixture(scope="module")
def helsinki() -> Gazetteer:
    return Gazetteer(City.read(DATA), "Helsinki")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Kalevankatu 10", "Kalevankatu 10, Helsinki"),
        ("  kalevankatu   10 ", "Kalevankatu 10, Helsinki"),
        ("Kalevankatu 10, Helsinki", "Kalevankatu 10, Helsinki"),
        ("ETELAESPLANADI 12", "Eteläesplanadi 12, Helsinki"),
        ("Kalevankatuu 10", "Kalevankatu 10, Helsinki"),
        ("Mannerhaimintie 2", "Mannerheimintie 2, Helsinki"),
        ("Pieni Roobertinkatu 1-3", "Pieni Roobertinkatu 1-3, Helsinki"),
        ("Mannerheimintie 12b", "Mannerheimintie 12 B, Helsinki"),
        ("Postikatu 5", "Postikatu 1, Helsinki"),
        ("Kalevankatu", "Kalevankatu, Helsinki"),
        ("bulev", "Bulevardi, Helsinki"),
        ("aallon kuja", "Alvar Aallon kuja, Helsinki"),
        ("kiasma", "Kiasma, Helsinki"),
        ("oodi", "Helsingin keskustakirjasto Oodi, Helsinki"),
    ],
)
async def test_an_address_need_not_be_typed_perfectly(
    helsinki: Gazetteer, typed: str, found: str
) -> None:
    assert [place.name for place in await helsinki.find(typed, "en")][:1] == [found]


@pytest.mark.parametrize("typed", ["", "ab", "a 1", "hello there", "Unter den Linden 1"])
async def test_what_is_not_there_is_not_found(helsinki: Gazetteer, typed: str) -> None:
    assert list(await helsinki.find(typed, "en")) == []


async def test_what_several_streets_begin_with_is_all_of_them(helsinki: Gazetteer) -> None:
    names = [place.name for place in await helsinki.find("alvar aallon", "en")]
    assert names == ["Alvar Aallon Katu, Helsinki", "Alvar Aallon kuja, Helsinki"]


async def test_a_point_has_the_address_next_to_it(helsinki: Gazetteer) -> None:
    [place] = await helsinki.find("Kalevankatu 10", "en")
    assert await helsinki.address_at(place.point) == "Kalevankatu 10, Helsinki"
    assert await helsinki.address_at(Point(0, 0)) is None


async def test_a_street_is_found_in_its_middle() -> None:
    houses = tuple(Address("Mill Lane", str(n), Point(50, n / 1000)) for n in (1, 2, 3, 4, 9))
    [found] = await Gazetteer(City(houses, (), ()), "Oxford").find("mill lane", "en")
    assert metres(found.point, Point(50, 4 / 1000)) < 1


async def test_a_house_without_a_number_is_the_last_to_be_taken_for_one() -> None:
    corner = (Point(50, 0), Point(50, 1), Point(51, 0), Point(50, 0))
    city = City(
        (
            Address("Mill Lane", "ground floor", Point(50, 0)),
            Address("Mill Lane", "7", Point(51, 0)),
        ),
        (),
        (Shape(corner, "Old Mill"), Shape(corner, "")),
    )
    oxford = Gazetteer(city, "Oxford")
    assert [place.name for place in await oxford.find("mill lane 6", "en")] == [
        "Mill Lane 7, Oxford"
    ]
    assert [place.name for place in await oxford.find("old mill", "en")] == ["Old Mill, Oxford"]
