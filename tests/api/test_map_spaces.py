"""What the map is told: everything in a box, how it stands, and where places are."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.limits import Rates
from market.domain.errors import GeocoderDown
from market.domain.place import Address, Point
from tests.api.conftest import Client, app_of
from tests.api.scenes import booked, hours, listed

BOX = {"west": 24.93, "south": 60.16, "east": 24.95, "north": 60.18}


async def shown(client: Client, **query: Any) -> list[dict[str, Any]]:
    answer = await client.get("spaces/map", **(BOX | query))
    assert answer.status_code == 200, answer.text
    return list(answer.json()["spaces"])


async def test_a_box_shows_its_spaces_with_the_price_of_the_stay(
    lister: Client, anybody: Client, feed
) -> None:
    space = await listed(lister)
    await listed(lister, place={"lat": 61.5, "lng": 24.94}, title="Far away")
    await feed.caught_up()

    answer = (await anybody.get("spaces/map", **BOX, **hours(1, 5))).json()

    assert answer["spaces"] == [
        {
            "id": space["id"],
            "title": "Courtyard behind the bakery",
            "lat": space["point"]["lat"],
            "lng": space["point"]["lng"],
            "total": 1000,
            "currency": "EUR",
            "state": "free",
            "since": None,
            "stars": None,
            "reviews": 0,
        }
    ]
    assert answer["window"] == hours(1, 5)
    assert (answer["zone"], answer["country"]) == ("Europe/Helsinki", "FI")
    assert answer["crowds"] == []


async def test_a_booked_space_says_when_a_stay_as_long_can_begin(
    lister: Client, renter: Client, anybody: Client, feed
) -> None:
    space = await listed(lister)
    await booked(renter, space["id"], 1, 3)
    await feed.caught_up()

    (soon,) = await shown(anybody, **hours(1.5, 3.5))
    (touching,) = await shown(anybody, **hours(0, 2))
    (free,) = await shown(anybody, **hours(3, 5))

    assert (soon["state"], soon["since"]) == ("soon", hours(3, 5)["start"])
    assert (touching["state"], touching["since"]) == ("soon", hours(3, 5)["start"])
    assert free["state"] == "free"


async def test_a_stay_that_no_later_start_saves_is_taken(
    lister: Client, renter: Client, anybody: Client, feed
) -> None:
    space = await listed(lister)
    await booked(renter, space["id"], 1, 9)
    await feed.caught_up()

    (taken,) = await shown(anybody, **hours(1, 3))

    assert (taken["state"], taken["since"]) == ("taken", None)


async def test_filters_leave_out_and_so_do_pauses_and_being_ones_own(
    lister: Client, renter: Client, feed
) -> None:
    await listed(lister, tags=["covered"])
    await feed.caught_up()

    assert len(await shown(renter, tags=["covered"])) == 1
    assert await shown(renter, tags=["ev"]) == []
    assert await shown(renter, price=499) == []
    assert await shown(lister) == []


async def test_the_list_of_a_box_counts_distances_from_the_place_that_was_looked_for(
    lister: Client, anybody: Client, feed
) -> None:
    west = await listed(lister, place={"lat": 60.17, "lng": 24.935}, title="West bay")
    east = await listed(lister, place={"lat": 60.17, "lng": 24.945}, title="East bay")
    await listed(lister, place={"lat": 60.17, "lng": 24.96}, title="Out of view")
    await feed.caught_up()

    async def titles(lng: float) -> list[str]:
        answer = await anybody.get("spaces", **BOX, lat=60.17, lng=lng)
        return [space["title"] for space in answer.json()["items"]]

    assert await titles(24.932) == [west["title"], east["title"]]
    assert await titles(24.948) == [east["title"], west["title"]]


async def test_many_spaces_are_sent_packed_to_whoever_can_unpack(
    lister: Client, anybody: Client, feed
) -> None:
    for n in range(18):
        await listed(lister, place={"lat": 60.17 + n / 1e4, "lng": 24.94}, title=f"Bay {n}")
    await feed.caught_up()

    packed = await anybody.get("spaces/map", **BOX)
    plain = await anybody.call(
        "GET", "spaces/map", params=BOX, headers={"Accept-Encoding": "identity"}
    )

    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert len(packed.json()["spaces"]) == len(plain.json()["spaces"]) == 18


@pytest.mark.parametrize(
    "query",
    [{"south": 61}, {"west": 200}, {"end": "2030-01-01T00:00:00Z"}, {"colour": "red"}],
    ids=["upside down", "off the globe", "ends before it starts", "unknown"],
)
async def test_a_box_that_is_none_is_refused(anybody: Client, query: dict[str, Any]) -> None:
    answer = await anybody.get("spaces/map", **(BOX | query))

    assert answer.status_code in (400, 422)


class OneStreet:
    """Knows a street by two languages, until it is down."""

    down = False

    async def address_at(self, point: Point) -> str | None:
        return None

    async def find(self, text: str, language: str) -> list[Address]:
        if self.down:
            raise GeocoderDown
        name = {"en": "Esplanade", "fi": "Esplanadi"}.get(language, "?")
        return [Address(f"{name} {text}", Point(60.167, 24.947))]


@pytest.fixture
def geocoder() -> OneStreet:
    return OneStreet()


@pytest.fixture
def app(backend, geocoder: OneStreet) -> FastAPI:
    object.__setattr__(backend, "geocoder", geocoder)
    return app_of(backend)


async def test_a_place_is_found_by_its_name(anybody: Client) -> None:
    answer = await anybody.get("places", q="12")

    assert answer.json() == {
        "items": [{"name": "Esplanade 12", "point": {"lat": 60.167, "lng": 24.947}}]
    }


async def test_while_places_cannot_be_looked_up_one_is_told_so(
    anybody: Client, geocoder: OneStreet
) -> None:
    geocoder.down = True

    answer = await anybody.get("places", q="12")

    assert answer.status_code == 503
    assert answer.json()["type"].endswith("geocoder-down")


async def test_nobody_asks_for_places_without_end(http: httpx.AsyncClient, backend) -> None:
    object.__setattr__(backend.doors, "rates", Rates(per_address="2 per minute"))

    answers = [await http.get("/api/v1/places", params={"q": "1"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]


async def test_an_empty_sea_passes_every_filter(anybody: Client) -> None:
    assert await shown(anybody, west=179.0, south=-0.9, east=-1.0, north=0.0, tags=["ev"]) == []
