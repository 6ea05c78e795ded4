"""Spaces over HTTP: found, described, changed, taken away."""

from typing import Any

import pytest

from market.domain.place import Box, Point, metres
from tests.api.conftest import Client
from tests.api.scenes import OFFER, PLACE, booked, hours, listed, with_photo


async def test_a_space_goes_live_with_its_first_photo(lister: Client, renter: Client, feed) -> None:
    made = await lister.post("spaces", **OFFER)
    assert (made.status_code, made.json()["state"]) == (201, "paused")
    assert made.headers["location"] == f"/api/v1/spaces/{made.json()['id']}"

    shown = await with_photo(lister, made.json()["id"])

    assert shown["state"] == "live"
    await feed.caught_up()
    found = (await renter.get("spaces", **PLACE)).json()
    assert [space["id"] for space in found["items"]] == [shown["id"]]


async def test_only_the_public_point_leaves(
    lister: Client, renter: Client, anybody: Client, feed
) -> None:
    space = await listed(lister)
    await feed.caught_up()

    for client in (anybody, renter):
        answer = await client.get(f"spaces/{space['id']}")
        assert answer.json()["exact"] is None
        for text in (answer.text, (await client.get("spaces", **PLACE)).text):
            assert "4711" not in text
            assert "Aleksanterinkatu" not in text
    away = metres(Point(**space["point"]), Point(**PLACE))
    assert 29 < away < 81


async def test_whoever_is_booked_is_told_where_it_is_until_the_stay_is_over(
    lister: Client, renter: Client, clock
) -> None:
    space = await listed(lister)
    await booked(renter, space["id"], 1, 3)

    exact = (await renter.get(f"spaces/{space['id']}")).json()["exact"]
    assert exact["place"] == PLACE
    assert exact["notes"] == "The code is 4711."

    clock.pass_by(hours=3)
    await renter.post("auth/refresh", refresh_token=renter.tokens["refresh_token"])
    renter.tokens = (
        await renter.post("auth/login", email="rita@example.org", password="correct horse battery")
    ).json()
    assert (await renter.get(f"spaces/{space['id']}")).json()["exact"] is None


async def test_a_lister_does_not_find_their_own(lister: Client, feed) -> None:
    await listed(lister)
    await feed.caught_up()

    assert (await lister.get("spaces", **PLACE)).json()["items"] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, True),
        ({"radius": 10}, False),
        ({"price": 499}, False),
        ({"price": 500, "currency": "EUR"}, True),
        ({"tags": ["ev"]}, True),
        ({"tags": ["ev", "gated"]}, False),
        ({"height": 201}, False),
        ({"height": 200}, True),
        ({"instant": "only"}, True),
    ],
    ids=str,
)
async def test_what_is_asked_for_is_found(
    lister: Client, anybody: Client, feed, query: dict[str, Any], found: bool
) -> None:
    await listed(lister, tags=["ev"], limits={"height": 200})
    await feed.caught_up()

    answer = await anybody.get("spaces", **PLACE, **hours(1, 3), **query)

    assert bool(answer.json()["items"]) is found


async def test_a_vehicle_of_ones_own_has_to_fit(
    lister: Client, renter: Client, stranger: Client, feed
) -> None:
    await listed(lister, limits={"height": 200})
    await feed.caught_up()
    van = (await renter.post("users/vehicles", plate="HEL-204", height=210)).json()["id"]

    assert (await renter.get("spaces", **PLACE, vehicle=van)).json()["items"] == []
    assert (await stranger.get("spaces", **PLACE, vehicle=van)).status_code == 404


async def test_a_map_shows_what_lies_in_its_box(lister: Client, anybody: Client, feed) -> None:
    west = await listed(lister, place={"lat": 60.1, "lng": 24.8})
    east = await listed(lister, place={"lat": 60.1, "lng": 25.2})
    await feed.caught_up()
    box = {"south": 60, "north": 60.2}

    async def within(**sides: float) -> set[str]:
        answer = await anybody.get("spaces", **box, **sides)
        return {space["id"] for space in answer.json()["items"]}

    assert await within(west=24.7, east=25) == {west["id"]}
    assert await within(west=25, east=25.3) == {east["id"]}
    assert await within(west=24.7, east=25.3) == {west["id"], east["id"]}
    assert await within(west=25.3, east=24.7) == set()


async def test_a_map_may_lie_across_the_antimeridian(lister: Client, anybody: Client, feed) -> None:
    fiji = {"place": {"lat": -16.5, "lng": 179.9}, "tariff": {"currency": "FJD", "hour": 250}}
    space = await listed(lister, **fiji)
    await feed.caught_up()

    box = {"west": 179, "south": -17, "east": -179, "north": -16}
    found = (await anybody.get("spaces", **box)).json()["items"]

    assert [one["id"] for one in found] == [space["id"]]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"lat": 60},
        {"west": 1, "south": 2, "east": 3},
        {"west": 1, "south": 2, "east": 3, "north": 1},
        PLACE | {"start": "2030-06-03T14:00:00Z", "end": "2030-06-03T13:00:00Z"},
        PLACE | {"start": "0001-01-01T00:00:00+14:00"},
        PLACE | {"start": "9999-12-31T23:59:00-12:00"},
        PLACE | {"cursor": "AAAA"},
        PLACE | {"cursor": "é"},
    ],
    ids=str,
)
async def test_what_cannot_be_searched(anybody: Client, query: dict[str, Any]) -> None:
    assert (await anybody.get("spaces", **query)).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        {"lat": "nan", "lng": 1},
        {"lat": 91, "lng": 1},
        PLACE | {"start": "2030-06-03T14:00:00"},
        PLACE | {"start": "1906718400"},
        PLACE | {"tags": "golden"},
        PLACE | {"wheels": 4},
        PLACE | {"limit": 201},
    ],
    ids=str,
)
async def test_what_is_no_search(anybody: Client, query: dict[str, Any]) -> None:
    assert (await anybody.get("spaces", **query)).status_code == 422


async def pages(client: Client, path: str, **query: Any) -> list[list[str]]:
    seen, cursor = [], {}
    while True:
        page = (await client.get(path, **query, **cursor)).json()
        seen.append([item["id"] for item in page["items"]])
        if page["next"] is None:
            return seen
        cursor = {"cursor": page["next"]}


async def test_pages_show_everything_once_in_order(lister: Client, anybody: Client, feed) -> None:
    for north in range(5):
        await listed(
            lister,
            place={"lat": 60.17 + north / 1000, "lng": 24.94},
            tariff={"currency": "EUR", "hour": 500 - north},
        )
    await feed.caught_up()
    here = {"lat": 60.168, "lng": 24.94}

    (everything,) = await pages(anybody, "spaces", **here)
    assert len(everything) == 5
    assert await pages(anybody, "spaces", **here, limit=2) == [
        everything[:2],
        everything[2:4],
        everything[4:],
    ]
    (cheapest,) = await pages(anybody, "spaces", **here, sort="cheapest")
    assert await pages(anybody, "spaces", **here, sort="cheapest", limit=3) == [
        cheapest[:3],
        cheapest[3:],
    ]


async def test_a_cursor_is_good_for_its_own_search_alone(
    lister: Client, anybody: Client, feed
) -> None:
    for _ in range(2):
        await listed(lister)
    await feed.caught_up()
    cursor = (await anybody.get("spaces", **PLACE, limit=1)).json()["next"]

    assert (await anybody.get("spaces", **PLACE, limit=2, cursor=cursor)).status_code == 400
    assert (await lister.get("spaces", **PLACE, limit=1, cursor=cursor)).status_code == 400


async def test_the_default_window_stays_while_pages_are_turned(
    lister: Client, anybody: Client, feed, clock
) -> None:
    for _ in range(2):
        await listed(lister)
    await feed.caught_up()
    first = (await anybody.get("spaces", **PLACE, limit=1)).json()
    clock.pass_by(minutes=40)

    second = await anybody.get("spaces", **PLACE, limit=1, cursor=first["next"])

    assert second.json()["window"] == first["window"]


async def test_a_change_names_the_version_that_it_replaces(lister: Client) -> None:
    space = await listed(lister)
    path = f"spaces/{space['id']}"
    tag = (await lister.get(path)).headers["etag"]
    changed = OFFER | {"title": "Another title"}

    assert (await lister.put(path, changed)).status_code == 428
    assert (await lister.put(path, changed, **{"If-Match": '"99"'})).status_code == 412
    assert (await lister.put(path, changed, **{"If-Match": f"W/{tag}"})).status_code == 412

    done = await lister.put(path, changed, **{"If-Match": f'"99", {tag}'})
    assert (done.status_code, done.json()["title"]) == (200, "Another title")
    assert done.headers["etag"] != tag
    assert (await lister.put(path, changed, **{"If-Match": tag})).status_code == 412
    assert (await lister.put(path, changed, **{"If-Match": "*"})).status_code == 200


async def test_a_paused_space_is_not_found_but_can_be_read(
    lister: Client, renter: Client, feed
) -> None:
    space = await listed(lister)
    path = f"spaces/{space['id']}"

    await lister.put(path, OFFER | {"state": "paused"}, **{"If-Match": "*"})
    await feed.caught_up()

    assert (await renter.get("spaces", **PLACE)).json()["items"] == []
    assert (await renter.get(path)).json()["is_available"] is False
    taken = await renter.post("quotes", space_id=space["id"], **hours(1, 3))
    assert taken.json()["type"].endswith("space-closed")


async def test_a_space_without_a_photo_does_not_go_live(lister: Client) -> None:
    made = (await lister.post("spaces", **OFFER)).json()

    answer = await lister.put(f"spaces/{made['id']}", OFFER, **{"If-Match": "*"})

    assert (answer.status_code, answer.json()["field"]) == (400, "photos")


async def test_a_booked_space_neither_goes_away_nor_far(lister: Client, renter: Client) -> None:
    space = await listed(lister)
    path = f"spaces/{space['id']}"
    booking = await booked(renter, space["id"])
    far = OFFER | {"place": {"lat": 60.18, "lng": 24.94}}

    assert (await lister.delete(path)).status_code == 409
    assert (await lister.put(path, far, **{"If-Match": "*"})).status_code == 409

    await renter.put(f"bookings/{booking['id']}/cancel")
    assert (await lister.put(path, far, **{"If-Match": "*"})).status_code == 200
    assert (await lister.delete(path)).status_code == 204
    assert (await lister.get(path)).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"tariff": {"currency": "SEK", "hour": 250}},
        {"openings": [{"weekday": 0, "opens": 600, "closes": 540}]},
        {"blocked": [{"first": "2030-06-04", "last": "2030-06-03"}]},
        {"rules": {"min_stay": 1}},
        {"rules": {"min_stay": 120, "max_stay": 60}},
        {"title": "  x  "},
    ],
    ids=str,
)
async def test_what_no_space_can_be(lister: Client, wrong: dict[str, Any]) -> None:
    assert (await lister.post("spaces", **(OFFER | wrong))).status_code == 400


async def test_another_bay_at_the_same_place_has_the_same_offset(lister: Client) -> None:
    one, two = await listed(lister), await listed(lister)

    assert one["point"] == two["point"]


async def test_everything_that_was_said_comes_back(lister: Client) -> None:
    said = OFFER | {
        "tariff": {"currency": "EUR", "hour": 250, "day": 1500, "week": 6000, "month": 20000},
        "openings": [{"weekday": 0, "opens": 540, "closes": 1020}],
        "blocked": [{"first": "2030-12-24", "last": "2030-12-26"}],
        "rules": {"min_stay": 60, "max_stay": 600, "notice": 15, "horizon": 14400, "buffer": 10},
        "approval": "request",
        "policy": "strict",
        "plate_needed": True,
        "tags": ["covered", "ev"],
        "limits": {"height": 190, "length": 480},
        "description": "Dry.",
    }

    mine = await listed(lister, **said)

    for name in ("openings", "blocked", "rules", "approval", "policy", "tags", "limits"):
        assert mine[name] == said[name]
    assert mine["tariff"]["month"] == {"minor": 20000, "currency": "EUR"}
    assert (await lister.get("spaces/mine")).json() == [mine]


async def test_availability_is_what_is_open_and_not_taken(
    lister: Client, renter: Client, anybody: Client
) -> None:
    space = await listed(lister, openings=[{"weekday": 0, "opens": 15 * 60, "closes": 20 * 60}])
    await booked(renter, space["id"], 1, 3)

    path = f"spaces/{space['id']}/availability"
    answer = await anybody.get(path, **hours(-3, 48))

    # Noon in UTC is three in the afternoon in Helsinki.
    assert answer.json()["free"] == [hours(0, 1), hours(3, 5)]
    assert (await anybody.get(path)).status_code == 200
    assert (await anybody.get(path, **hours(0, 24 * 32))).status_code == 400


@pytest.mark.parametrize(
    ("box", "reach"),
    [
        (Box(24, 60, 25, 61), 63_000),
        (Box(-180, -90, 180, 90), 20_100_000),
        (Box(179, -1, -179, 1), 158_000),
    ],
    ids=["a city", "the globe", "across the antimeridian"],
)
def test_a_box_is_within_its_reach(box: Box, reach: float) -> None:
    assert 0.9 * reach < box.reach < reach


@pytest.mark.parametrize(
    ("lat", "lng", "known"),
    [
        (60.17, 24.94, {"zone": "Europe/Helsinki", "country": "FI", "currency": "EUR"}),
        (40.71, -74.0, {"zone": "America/New_York", "country": "US", "currency": "USD"}),
        (50.45, 30.52, {"zone": "Europe/Kyiv", "country": "UA", "currency": "UAH"}),
    ],
    ids=["Helsinki", "New York", "Kyiv"],
)
async def test_a_place_has_its_time_and_its_money(
    anybody: Client, lat: float, lng: float, known: dict[str, str]
) -> None:
    told = (await anybody.get("geography", lat=lat, lng=lng)).json()

    assert told.items() >= known.items()
    assert told["surprising_hour"]["minor"] == 100 * told["usual_hour"]["minor"]
