"""Bookings over HTTP: made once, seen by two, given up, lived through."""

from typing import Any

import pytest

from market.domain.ids import BookingId, PersonId, read_id
from market.services.ledger import LedgerService
from storage.database import Store
from tests.api.conftest import Client, StillClock
from tests.api.scenes import PLACE, booked, hours, listed

KEY = {"Idempotency-Key": "2f1d8a54-6d0f-4e0e-9f2b"}


async def create(renter: Client, headers: dict[str, str] | None = None, **body: Any) -> Any:
    return await renter.call("POST", "bookings/create", json=body, headers=headers or {})


async def test_a_space_is_found_quoted_and_booked(lister: Client, renter: Client, feed) -> None:
    space = await listed(lister)
    await feed.caught_up()
    (found,) = (await renter.get("spaces", **PLACE, **hours(1, 3))).json()["items"]
    assert found["price"] == {"minor": 500, "currency": "EUR"}

    quote = (await renter.post("quotes", space_id=found["id"], **hours(1, 3))).json()
    assert quote["total"] == found["price"]
    assert quote["expires_at"] == "2030-06-03T12:10:00Z"
    booking = await create(renter, quote_id=quote["id"], plate="hel-204")

    assert booking.status_code == 201
    assert booking.json() | {"id": 0, "refund_steps": 0, "exact": 0, "photo": 0} == {
        "id": 0,
        "space_id": space["id"],
        "space_title": "Courtyard behind the bakery",
        "zone": "Europe/Helsinki",
        "photo": 0,
        "side": "renter",
        "window": hours(1, 3),
        "state": "booked",
        "total": {"minor": 500, "currency": "EUR"},
        "policy": "moderate",
        "refund_steps": 0,
        "refund_now": {"minor": 500, "currency": "EUR"},
        "refunded": None,
        "due": {"minor": 500, "currency": "EUR"},
        "due_if_cancelled": {"minor": 0, "currency": "EUR"},
        "reviewable": False,
        "plate": "HEL204",
        "booked_at": "2030-06-03T12:00:00Z",
        "expires_at": None,
        "exact": 0,
    }
    assert booking.json()["exact"]["notes"] == "The code is 4711."


async def test_what_was_booked_over_http_is_told_in_the_chat(
    lister: Client, renter: Client, store: Store
) -> None:
    space = await listed(lister)
    await booked(renter, space["id"])

    async with store.begin() as work:
        rows = await work.connection.exec_driver_sql("SELECT kind FROM outbox WHERE booking > 0")
        assert "booked" in set(rows.scalars())


async def test_notices_keep_the_nights_of_where_one_lists_and_books(
    lister: Client, renter: Client, store: Store
) -> None:
    space = await listed(lister)
    await booked(renter, space["id"])

    async with store.begin() as work:
        zones = await work.connection.exec_driver_sql(
            "SELECT people.zone FROM people JOIN spaces ON people.id = lister UNION ALL"
            " SELECT people.zone FROM people JOIN bookings ON people.id = renter"
        )
        assert zones.scalars().all() == ["Europe/Helsinki"] * 2


async def test_one_quote_is_one_booking(lister: Client, renter: Client) -> None:
    space = await listed(lister)
    quote = (await renter.post("quotes", space_id=space["id"], **hours(1, 3))).json()["id"]

    first, second = [await create(renter, quote_id=quote) for _ in range(2)]

    assert first.json() == second.json()


async def test_a_taken_window_is_refused_with_its_facts(
    lister: Client, renter: Client, stranger: Client
) -> None:
    space = await listed(lister)
    await booked(renter, space["id"], 1, 3)

    answer = await create(stranger, space_id=space["id"], **hours(2, 4))

    assert answer.status_code == 409
    assert answer.json() | {"request_id": ""} == {
        "type": "urn:problem-type:parkplace:window-taken",
        "title": "Somebody has this space at that time.",
        "status": 409,
        "request_id": "",
        "space": space["id"],
        "window": hours(2, 4),
    }


class TestIdempotency:
    async def test_the_same_request_is_done_once_and_answered_alike(
        self, lister: Client, renter: Client
    ) -> None:
        space = await listed(lister)
        body = {"space_id": space["id"], **hours(1, 3)}
        first = await create(renter, KEY, **body)
        await renter.put(f"bookings/{first.json()['id']}/cancel")

        again = await create(renter, KEY, **body)

        assert (again.status_code, again.json()) == (201, first.json())

    async def test_another_request_with_the_same_key_is_refused(
        self, lister: Client, renter: Client
    ) -> None:
        space = await listed(lister)
        await create(renter, KEY, space_id=space["id"], **hours(1, 3))

        answer = await create(renter, KEY, space_id=space["id"], **hours(4, 6))

        assert answer.status_code == 422

    async def test_a_key_is_ones_own(
        self, lister: Client, renter: Client, stranger: Client
    ) -> None:
        space = await listed(lister)
        await create(renter, KEY, space_id=space["id"], **hours(1, 3))

        answer = await create(stranger, KEY, space_id=space["id"], **hours(4, 6))

        assert answer.status_code == 201

    async def test_a_refusal_is_not_kept(
        self, lister: Client, renter: Client, stranger: Client
    ) -> None:
        space = await listed(lister)
        theirs = await booked(stranger, space["id"], 1, 3)
        body = {"space_id": space["id"], **hours(1, 3)}
        assert (await create(renter, KEY, **body)).status_code == 409
        await stranger.put(f"bookings/{theirs['id']}/cancel")

        assert (await create(renter, KEY, **body)).status_code == 201


async def test_both_sides_see_a_booking_and_only_one_the_way_in(
    lister: Client, renter: Client
) -> None:
    space = await listed(lister)
    booking = await booked(renter, space["id"])
    path = f"bookings/{booking['id']}"

    mine, theirs = (await renter.get(path)).json(), (await lister.get(path)).json()

    assert (mine["side"], theirs["side"]) == ("renter", "lister")
    assert (mine["exact"] is None, theirs["exact"] is None) == (False, True)
    assert mine | {"side": 0, "exact": 0} == theirs | {"side": 0, "exact": 0}


@pytest.mark.parametrize("side", ["renter", "lister"])
async def test_cancelling_gives_back_what_was_shown(
    lister: Client, renter: Client, clock: StillClock, side: str
) -> None:
    space = await listed(lister)
    booking = await booked(renter, space["id"], 5, 7)
    clock.pass_by(minutes=11)
    client = {"renter": renter, "lister": lister}[side]

    answer = await client.put(f"bookings/{booking['id']}/cancel")

    half, whole = booking["refund_steps"][-1]["refund"], booking["total"]
    assert answer.json()["state"] == "cancelled"
    assert answer.json()["refunded"] == (half if side == "renter" else whole)
    again = await client.put(f"bookings/{booking['id']}/cancel")
    assert again.json()["type"].endswith("booking-over")


async def test_what_is_owed_is_what_the_ledger_says(
    lister: Client, renter: Client, clock: StillClock, store: Store
) -> None:
    space = await listed(lister)
    booking = await booked(renter, space["id"], 5, 7)
    clock.pass_by(minutes=11)
    path = f"bookings/{booking['id']}"

    async def sums() -> list[int]:
        now = (await renter.get(path)).json()
        return [now["due"]["minor"], now["due_if_cancelled"]["minor"], _costs(now)[-1]]

    assert _costs(booking) == [0, 250]
    assert await sums() == [500, 250, 250]
    async with store.begin() as work:
        person, waived = read_id(lister.id) or 0, read_id(booking["id"]) or 0
        await LedgerService(work, clock()).waive(PersonId(person), BookingId(waived))

    assert await sums() == [0, 0, 0]
    assert (await renter.put(f"{path}/cancel")).json()["due"]["minor"] == 0


def _costs(booking: dict[str, Any]) -> list[int]:
    return [step["cost"]["minor"] for step in booking["refund_steps"]]


async def test_a_request_waits_for_its_answer(lister: Client, renter: Client) -> None:
    space = await listed(lister, approval="request")
    yes, no = [await booked(renter, space["id"], n, n + 1) for n in (5, 7)]
    assert yes["state"] == "requested"
    assert yes["exact"] is None

    accepted = await lister.put(f"bookings/{yes['id']}/answer", {"accept": True})
    declined = await lister.put(f"bookings/{no['id']}/answer", {"accept": False})
    back = await booked(renter, space["id"], 9, 10)
    withdrawn = await renter.put(f"bookings/{back['id']}/cancel")

    states = [answer.json()["state"] for answer in (accepted, declined, withdrawn)]
    assert states == ["booked", "declined", "withdrawn"]
    late = await lister.put(f"bookings/{yes['id']}/answer", {"accept": False})
    assert late.status_code == 409


async def test_a_stay_is_extended_entered_and_left(
    lister: Client, renter: Client, clock: StillClock
) -> None:
    space = await listed(lister)
    path = f"bookings/{(await booked(renter, space['id'], 0.1, 1))['id']}"
    assert (await renter.post(f"{path}/check-out")).status_code == 409
    clock.pass_by(minutes=10)

    extended = await renter.put(f"{path}/extend", {"until": hours(0, 2)["end"]})
    arrived = await renter.post(f"{path}/check-in")
    left = await renter.post(f"{path}/check-out")

    assert extended.json()["window"]["end"] == hours(0, 2)["end"]
    assert [answer.json()["state"] for answer in (arrived, left)] == ["arrived", "completed"]


async def test_ones_own_bookings_come_in_pages(lister: Client, renter: Client) -> None:
    space = await listed(lister)
    made = [(await booked(renter, space["id"], n, n + 1))["id"] for n in (1, 3, 5)]
    await renter.put(f"bookings/{made[1]}/cancel")

    first = (await renter.get("bookings/my-bookings", limit=1)).json()
    second = (await renter.get("bookings/my-bookings", limit=1, cursor=first["next"])).json()
    past = (await renter.get("bookings/my-bookings", when="past")).json()

    ids = [[item["id"] for item in page["items"]] for page in (first, second, past)]
    assert ids == [[made[0]], [made[2]], [made[1]]]
    assert (second["next"], past["next"]) == (None, None)
    stolen = await lister.get("bookings/my-bookings", limit=1, cursor=first["next"])
    assert stolen.status_code == 400


async def test_a_lister_sees_what_is_booked_of_a_space_in_pages(
    lister: Client, renter: Client
) -> None:
    space = await listed(lister)
    made = [(await booked(renter, space["id"], n, n + 1))["id"] for n in (1, 3)]
    path = f"bookings/space/{space['id']}"

    first = (await lister.get(path, limit=1)).json()
    second = (await lister.get(path, limit=1, cursor=first["next"])).json()

    assert [page["items"][0]["id"] for page in (first, second)] == made
    assert first["items"][0]["side"] == "lister"
    assert second["next"] is None
    assert (await lister.get(path, **hours(0, 24 * 367))).status_code == 400


async def test_a_booking_needs_a_quote_or_a_space_and_not_both(renter: Client) -> None:
    for body in ({}, {"quote_id": "7zq4m2x9ka", "space_id": "7zq4m2x9ka", **hours(1, 2)}):
        assert (await create(renter, **body)).status_code == 422


async def test_a_stay_is_reviewed_when_it_is_over(
    lister: Client, renter: Client, clock: StillClock
) -> None:
    space = await listed(lister)
    booking = await booked(renter, space["id"], 0, 0.5)
    review = {"booking_id": booking["id"], "stars": 5, "comment": "Dry."}
    assert (await renter.post("reviews", **review)).status_code == 409
    clock.pass_by(minutes=14)
    await renter.post(f"bookings/{booking['id']}/check-out")

    assert (await renter.post("reviews", **review)).json()["shown"] is False
    shown = f"reviews/space/{space['id']}"
    assert (await renter.get(shown)).json() == {"items": [], "next": None}
    assert (await lister.post("reviews", **review)).json()["shown"] is True

    (item,) = (await renter.get(shown)).json()["items"]
    assert (item["stars"], item["comment"]) == (5, "Dry.")
    assert (await renter.get(f"spaces/{space['id']}")).json()["rating"] == {
        "average": 5.0,
        "count": 1,
    }
