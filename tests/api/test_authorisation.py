"""Who may do what to a thing that is a lister's, a renter's, or for everybody."""

from typing import Any

import pytest

from market.domain.ids import PersonId, read_id
from tests.api.conftest import PICTURE, Client
from tests.api.scenes import OFFER, booked, hours, listed

FILE = {"files": {"file": ("photo.jpg", PICTURE, "image/jpeg")}}
ANY_VERSION = {"headers": {"If-Match": "*"}}
MATRIX: list[tuple[str, str, dict[str, Any], list[int]]] = [
    # method, path, request; then what a stranger, the renter and the lister get
    ("GET", "spaces/{space}", {}, [200, 200, 200]),
    ("GET", "spaces/{space}/availability", {}, [200, 200, 200]),
    ("PUT", "spaces/{space}", {"json": OFFER, **ANY_VERSION}, [404, 404, 200]),
    ("POST", "spaces/{space}/upload-image", FILE, [404, 404, 201]),
    ("PUT", "spaces/{space}/photos", {"json": {"photos": ["{photo}"]}}, [404, 404, 200]),
    ("DELETE", "spaces/{space}/photos/{photo}", {}, [404, 404, 400]),
    ("DELETE", "spaces/{space}", {}, [404, 404, 409]),
    ("GET", "bookings/space/{space}", {}, [404, 404, 200]),
    ("GET", "bookings/{booking}", {}, [404, 200, 200]),
    ("PUT", "bookings/{booking}/cancel", {}, [404, 200, 200]),
    ("PUT", "bookings/{booking}/extend", {"json": {"until": hours(0, 4)["end"]}}, [404, 200, 404]),
    ("GET", "bookings/{booking}/extensions", {}, [404, 200, 404]),
    ("GET", "bookings/{booking}/calendar", {}, [404, 200, 404]),
    ("PUT", "bookings/{booking}/plate", {"json": {"plate": "BXY 99"}}, [404, 200, 404]),
    ("PUT", "bookings/{booking}/answer", {"json": {"accept": True}}, [404, 404, 409]),
    ("POST", "bookings/{booking}/check-in", {}, [404, 409, 404]),
    ("POST", "bookings/{booking}/check-out", {}, [404, 409, 404]),
    ("GET", "bookings/{booking}/messages", {}, [404, 200, 200]),
    ("POST", "bookings/{booking}/messages", {"json": {"text": "Late."}}, [404, 201, 201]),
    ("PUT", "bookings/{booking}/messages/block", {"json": {"blocked": True}}, [404, 204, 204]),
    ("POST", "bookings/create", {"json": {"quote_id": "{quote}"}}, [404, 201, 404]),
    ("POST", "reviews", {"json": {"booking_id": "{booking}", "stars": 5}}, [404, 409, 409]),
    ("DELETE", "users/vehicles/{vehicle}", {}, [404, 204, 404]),
    ("GET", "users/profile/{renter}", {}, [200, 200, 200]),
]
NAMES = [f"{method} {path}" for method, path, *_ in MATRIX]
SIGNED_IN = [
    ("GET", "auth/me"),
    ("POST", "auth/logout"),
    ("POST", "auth/link"),
    ("POST", "auth/verify-email/send"),
    ("POST", "spaces"),
    ("GET", "spaces/mine"),
    ("POST", "quotes"),
    ("GET", "bookings/my-bookings"),
    ("GET", "users/me/data"),
    ("GET", "users/me/leaving"),
    ("DELETE", "users/me"),
    ("GET", "users/vehicles"),
    ("POST", "users/vehicles"),
    ("PUT", "users/profile"),
    ("POST", "reports/plate"),
    ("GET", "reports/mine"),
]


@pytest.fixture
async def things(lister: Client, renter: Client) -> dict[str, str]:
    space = await listed(lister)
    booking = await booked(renter, space["id"], 1, 3)
    quote = await renter.post("quotes", space_id=space["id"], **hours(5, 6))
    vehicle = await renter.post("users/vehicles", plate="HEL-204")
    return {
        "{space}": space["id"],
        "{photo}": space["photos"][0]["id"],
        "{booking}": booking["id"],
        "{quote}": quote.json()["id"],
        "{vehicle}": vehicle.json()["id"],
        "{renter}": renter.id,
    }


def filled(value: Any, things: dict[str, str]) -> Any:
    match value:
        case str():
            for name, id_ in things.items():
                value = value.replace(name, id_)
            return value
        case dict():
            return {name: filled(inner, things) for name, inner in value.items()}
        case list():
            return [filled(inner, things) for inner in value]
    return value


@pytest.mark.parametrize("who", [0, 1, 2], ids=["a stranger", "the renter", "the lister"])
@pytest.mark.parametrize(("method", "path", "request_", "statuses"), MATRIX, ids=NAMES)
async def test_everybody_gets_what_is_theirs(
    lister: Client,
    renter: Client,
    stranger: Client,
    things: dict[str, str],
    who: int,
    method: str,
    path: str,
    request_: dict[str, Any],
    statuses: list[int],
) -> None:
    client = (stranger, renter, lister)[who]

    answer = await client.call(method, filled(path, things), **filled(request_, things))

    assert answer.status_code == statuses[who], answer.text


@pytest.mark.parametrize(
    ("method", "path"),
    [*SIGNED_IN, *((m, p) for m, p, _, statuses in MATRIX if statuses[0] == 404)],
    ids=lambda value: str(value),
)
async def test_nobody_gets_anything_without_signing_in(
    anybody: Client, method: str, path: str
) -> None:
    path = filled(
        path, dict.fromkeys(("{space}", "{photo}", "{booking}", "{vehicle}"), "7zq4m2x9ka")
    )

    for header in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic YTpi"}):
        answer = await anybody.call(method, path, headers=header)
        assert answer.status_code == 401, answer.text


async def test_a_token_that_does_not_hold_is_refused_even_where_none_is_needed(
    lister: Client, anybody: Client
) -> None:
    path = f"spaces/{(await listed(lister))['id']}"

    assert (await anybody.get(path)).status_code == 200
    refused = await anybody.call("GET", path, headers={"Authorization": "Bearer nonsense"})
    assert refused.status_code == 401


async def test_a_profile_shows_neither_name_nor_address(renter: Client, stranger: Client) -> None:
    answer = await stranger.get(f"users/profile/{renter.id}")

    assert answer.json() == {
        "id": renter.id,
        "user_type": "both",
        "verified": False,
        "rating": {"average": None, "count": 0},
        "member_since": "2030-06-03T12:00:00Z",
    }


async def test_whoever_was_shut_out_is_refused_at_once(renter: Client, store, clock) -> None:
    async with store.begin() as work:
        await work.bans.add(PersonId(read_id(renter.id)), clock())

    answer = await renter.get("users/vehicles")

    assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == (403, "banned")


async def test_whoever_was_shut_out_sees_their_stays_and_keeps_the_right_to_their_data(
    lister: Client, renter: Client, store, clock
) -> None:
    stay = (await booked(renter, (await listed(lister))["id"], 1, 3))["id"]
    async with store.begin() as work:
        await work.bans.add(PersonId(read_id(renter.id)), clock())

    for path in ("auth/me", f"bookings/{stay}", "bookings/my-bookings", "users/me/data"):
        assert (await renter.get(path)).status_code == 200
    later = {"until": hours(0, 4)["end"]}
    assert (await renter.put(f"bookings/{stay}/extend", later)).status_code == 403
    agreed = (await renter.get("users/me/leaving")).json()["agreed"]
    assert (await renter.delete(f"users/me?agreed={agreed}")).status_code == 204
