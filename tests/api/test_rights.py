"""A person's rights over HTTP: their data, and being forgotten."""

from sqlalchemy import insert

from storage.database import Store
from storage.tables.chat import inbox
from tests.api.conftest import PASSWORD, Client
from tests.api.scenes import booked, hours, listed
from tests.examples import NOON
from tests.handlers.test_rights import assert_nowhere


async def test_a_person_gets_everything_that_is_kept_of_them_and_no_password(
    lister: Client, renter: Client
) -> None:
    await booked(renter, (await listed(lister))["id"])

    answer = await renter.get("users/me/data")

    assert answer.headers["content-disposition"] == 'attachment; filename="parkplace.json"'
    kept = answer.json()
    assert kept["accounts"][0]["email"] == "rita@example.org"
    assert len(kept["bookings"]) == 1
    assert "argon2" not in answer.text


async def test_erasing_ends_what_was_shown_and_nothing_else(lister: Client, renter: Client) -> None:
    space = (await listed(lister))["id"]
    booking = await booked(renter, space, 30, 32)
    shown = (await renter.get("users/me/leaving")).json()
    assert [one["id"] for one in shown["bookings"]] == [booking["id"]]
    assert shown["bookings"][0]["owed"] == {"minor": 0, "currency": "EUR"}
    await booked(renter, space, 40, 42)

    changed = await renter.delete(f"users/me?agreed={shown['agreed']}")
    assert (changed.status_code, changed.json()["field"]) == (400, "agreed")
    gone = await renter.delete(f"users/me?agreed={changed.json()['limit']}")

    assert gone.status_code == 204
    assert (await renter.get("auth/me")).status_code == 401
    login = await renter.post("auth/login", email="rita@example.org", password=PASSWORD)
    assert login.status_code == 401
    ahead = (await lister.get(f"bookings/space/{space}")).json()["items"]
    assert {one["state"] for one in ahead} == {"cancelled"}


async def test_nobody_leaves_in_the_middle_of_a_stay(lister: Client, renter: Client) -> None:
    space = (await listed(lister))["id"]
    answer = await renter.post("bookings/create", space_id=space, **hours(0, 2))
    assert answer.status_code == 201

    refused = await renter.get("users/me/leaving")

    assert (refused.status_code, refused.json()["type"].rpartition(":")[2]) == (409, "stay-running")


async def test_nothing_is_left_of_a_lister_who_never_had_telegram(
    lister: Client, renter: Client, store: Store
) -> None:
    words = {"title": "Traceable yard", "address": "Trace Lane 1", "notes": "Code trace99"}
    space = (await listed(lister, **words))["id"]
    told = await renter.call(
        "POST",
        "bookings/create",
        json={"space_id": space, **hours(1, 2)},
        headers={"Idempotency-Key": "a-key-of-the-renter"},
    )
    assert "Trace Lane 1" in told.text
    shown = {"raw": "{}", "answer": "[Traceable yard]", "state": "done", "ended_at": NOON}
    async with store.begin() as work:
        row = {"id": 1, "person": 7, "sent_at": NOON, "received_at": NOON, **shown}
        await work.connection.execute(insert(inbox), row)

    agreed = (await lister.get("users/me/leaving")).json()["agreed"]
    assert (await lister.delete(f"users/me?agreed={agreed}")).status_code == 204

    await assert_nowhere(store, "raceable", "Trace Lane", "trace99", "leo@example.org", "Leo")
