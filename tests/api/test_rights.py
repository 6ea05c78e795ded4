"""A person's rights over HTTP: their data, and being forgotten."""

from tests.api.conftest import PASSWORD, Client
from tests.api.scenes import booked, hours, listed


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
