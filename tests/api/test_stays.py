"""What a renter does around a stay, over HTTP."""

from datetime import UTC, datetime

from icalendar import Calendar

from tests.api.conftest import Client, StillClock
from tests.api.scenes import booked, hours, listed


async def test_later_ends_are_offered_with_what_they_cost_until_somebody_else_comes(
    lister: Client, renter: Client, stranger: Client
) -> None:
    space = (await listed(lister))["id"]
    booking = await booked(renter, space, 1, 3)
    await booked(stranger, space, 4.5, 5)

    offers = (await renter.get(f"bookings/{booking['id']}/extensions")).json()

    ends = [hours(0, end)["end"] for end in (3.5, 4)]
    assert [offer["until"] for offer in offers] == ends
    assert [offer["more"]["minor"] for offer in offers] == [125, 250]
    assert offers[0]["total"] == {"minor": 625, "currency": "EUR"}
    longer = await renter.put(f"bookings/{booking['id']}/extend", {"until": ends[0]})
    assert longer.json()["total"] == offers[0]["total"]


async def test_an_extension_never_ends_earlier(lister: Client, renter: Client) -> None:
    space = await listed(lister)
    path = f"bookings/{(await booked(renter, space['id'], 1, 3))['id']}"

    assert (await renter.put(f"{path}/extend", {"until": hours(0, 3)["end"]})).status_code == 200
    refused = await renter.put(f"{path}/extend", {"until": hours(0, 2)["end"]})
    assert (refused.status_code, refused.json()["field"]) == (400, "time")


async def test_another_car_may_come(lister: Client, renter: Client) -> None:
    booking = await booked(renter, (await listed(lister))["id"])

    changed = await renter.put(f"bookings/{booking['id']}/plate", {"plate": "bxy 99"})

    assert changed.json()["plate"] == "BXY99"
    refused = await renter.put(f"bookings/{booking['id']}/plate", {"plate": "???"})
    assert (refused.status_code, refused.json()["field"]) == (400, "plate")


async def test_a_stay_goes_into_ones_own_calendar(lister: Client, renter: Client) -> None:
    booking = await booked(renter, (await listed(lister))["id"])

    answer = await renter.get(f"bookings/{booking['id']}/calendar")

    assert answer.headers["content-type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["DTSTART"].dt == datetime(2030, 6, 3, 13, tzinfo=UTC)
    assert str(event["LOCATION"]) == "Aleksanterinkatu 1"


async def test_what_is_over_cannot_be_extended_or_noted(lister: Client, renter: Client) -> None:
    booking = await booked(renter, (await listed(lister))["id"])
    await renter.put(f"bookings/{booking['id']}/cancel")

    for view in ("extensions", "calendar"):
        answer = await renter.get(f"bookings/{booking['id']}/{view}")
        assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == (
            409,
            "booking-over",
        )


async def test_a_cancellation_gives_back_what_was_agreed_to_or_nothing_happens(
    lister: Client, renter: Client, clock: StillClock
) -> None:
    booking = await booked(renter, (await listed(lister))["id"], 2, 4)
    assert booking["refund_now"] == {"minor": 500, "currency": "EUR"}
    clock.pass_by(minutes=12)

    late = await renter.put(f"bookings/{booking['id']}/cancel", {"refund": 500})
    assert (late.status_code, late.json()["field"], late.json()["limit"]) == (400, "refund", 250)
    done = await renter.put(f"bookings/{booking['id']}/cancel", {"refund": 250})

    assert (done.json()["state"], done.json()["refund_now"]) == ("cancelled", None)
    assert done.json()["refunded"] == {"minor": 250, "currency": "EUR"}


async def test_a_stay_can_be_reviewed_once_it_is_over(
    lister: Client, renter: Client, clock: StillClock
) -> None:
    booking = await booked(renter, (await listed(lister))["id"], 1, 3)
    assert not booking["reviewable"]

    clock.pass_by(hours=3, minutes=30)
    again = await renter.post("auth/refresh", refresh_token=renter.tokens["refresh_token"])
    renter.tokens = again.json()

    assert (await renter.get(f"bookings/{booking['id']}")).json()["reviewable"]
