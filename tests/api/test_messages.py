"""Messages over HTTP: for whoever was written to, and has no chat to answer in."""

from storage.database import Store
from tests.api.conftest import Client, StillClock
from tests.api.scenes import booked, listed


async def test_a_message_is_passed_on_and_answered(
    lister: Client, renter: Client, store: Store, clock: StillClock
) -> None:
    booking = await booked(renter, (await listed(lister))["id"])
    path = f"bookings/{booking['id']}/messages"

    sent = await renter.post(path, text=" I am ten minutes late. ")
    clock.pass_by(minutes=1)
    await lister.post(path, text="Take your time.")

    message = {"mine": True, "text": "I am ten minutes late.", "pictured": False}
    assert (sent.status_code, sent.json()) == (201, message | {"sent_at": "2030-06-03T12:00:00Z"})
    for reader, mine in ((renter, [True, False]), (lister, [False, True])):
        items = (await reader.get(path)).json()["items"]
        assert [it["mine"] for it in items] == mine
    async with store.begin() as work:
        rows = await work.connection.exec_driver_sql("SELECT 1 FROM outbox WHERE kind = 'message'")
        assert len(rows.all()) == 2


async def test_what_cannot_be_passed_on_is_refused(lister: Client, renter: Client) -> None:
    booking = await booked(renter, (await listed(lister))["id"], 1, 2)
    path = f"bookings/{booking['id']}/messages"

    contact = await renter.post(path, text="Call 0151 23456789")
    assert (contact.status_code, contact.json()["reason"]) == (400, "contact")
    assert (await lister.put(f"{path}/block", {"blocked": True})).status_code == 204
    assert (await renter.post(path, text="Hello?")).status_code == 409
    assert (await lister.put(f"{path}/block", {"blocked": False})).status_code == 204
    assert (await renter.post(path, text="Hello?")).status_code == 201
