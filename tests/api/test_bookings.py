from tests.api.conftest import Client
from tests.api.scenes import PLACE, booked, hours, listed


async def test_a_space_that_was_listed_is_found_quoted_and_booked(
    lister: Client, renter: Client, feed
) -> None:
    space = await listed(lister)
    await feed.caught_up()

    found = (await renter.get("spaces", **PLACE, **hours(1, 3))).json()
    assert [one["id"] for one in found["items"]] == [space["id"]]

    quote = await renter.post("quotes", space_id=space["id"], **hours(1, 3))
    assert quote.status_code == 201
    booking = await renter.post("bookings/create", quote_id=quote.json()["id"])

    assert booking.status_code == 201, booking.text
    assert booking.json()["total"] == {"minor": 500, "currency": "EUR"}
