"""Profiles, vehicles and reports over HTTP."""

from typing import Any

from market.domain.ids import written
from market.services import Market, Services
from tests.api.conftest import PASSWORD, PICTURE, Client, StillClock
from tests.api.scenes import PLACE, booked, listed


async def test_a_person_says_what_they_are_called_and_came_for(renter: Client) -> None:
    me = await renter.put("users/profile", {"name": "  Rita  R. ", "user_type": "renter"})

    assert (me.json()["name"], me.json()["user_type"]) == ("Rita R.", "renter")
    profile = (await renter.get(f"users/profile/{renter.id}")).json()
    assert profile["user_type"] == "renter"
    assert (
        await renter.put("users/profile", {"name": " ", "user_type": "both"})
    ).status_code == 400


async def test_whoever_registers_in_a_language_is_written_to_in_it(anybody: Client) -> None:
    ada = {"email": "ada@example.org", "password": PASSWORD, "name": "Ada", "language": "uk"}
    anybody.tokens = (await anybody.post("auth/register", **ada)).json()

    assert (await anybody.get("auth/me")).json()["language"] == "uk"
    assert (await anybody.post("auth/register", **ada | {"language": "tlh"})).status_code == 422


async def test_a_language_is_spoken_from_then_on(renter: Client) -> None:
    profile = {"name": "Rita", "user_type": "both"}

    assert (await renter.put("users/profile", profile | {"language": "uk"})).json()[
        "language"
    ] == "uk"
    assert (await renter.put("users/profile", profile)).json()["language"] == "uk"
    assert (await renter.put("users/profile", profile | {"language": "tlh"})).status_code == 422


async def test_a_plate_is_kept_once_and_last_used_first(renter: Client, clock: StillClock) -> None:
    van = (await renter.post("users/vehicles", plate="hel-204", height=210)).json()
    clock.pass_by(minutes=1)
    await renter.post("users/vehicles", plate="BXY 99")
    clock.pass_by(minutes=1)

    again = (await renter.post("users/vehicles", plate="HEL 204", length=480)).json()

    assert (again["id"], again["height"], again["length"]) == (van["id"], 210, 480)
    kept = [vehicle["plate"] for vehicle in (await renter.get("users/vehicles")).json()]
    assert kept == ["HEL204", "BXY99"]
    assert (await renter.post("users/vehicles", plate="???")).status_code == 400


async def test_a_vehicle_is_forgotten_once(renter: Client) -> None:
    path = f"users/vehicles/{(await renter.post('users/vehicles', plate='HEL204')).json()['id']}"

    assert [(await renter.delete(path)).status_code for _ in range(2)] == [204, 404]


async def report(client: Client, plate: str, **where: Any) -> Any:
    files = {"file": ("car.jpg", PICTURE, "image/jpeg")}
    return await client.call("POST", "reports/plate", files=files, data={"plate": plate, **where})


async def test_a_car_is_known_to_whom_the_space_concerns_alone(
    lister: Client, renter: Client, stranger: Client
) -> None:
    space = (await listed(lister))["id"]
    body = {"space_id": space, "plate": "HEL204"}
    window = {"start": "2030-06-03T12:00:00Z", "end": "2030-06-03T14:00:00Z"}
    await renter.post("bookings/create", **body, **window)

    known = (await report(lister, "HEL 204", space_id=space)).json()
    other = (await report(lister, "BXY99", space_id=space)).json()
    hidden = (await report(stranger, "HEL 204", space_id=space)).json()
    nowhere = (await report(stranger, "HEL 204", **PLACE)).json()

    assert known["answer"]["kind"] == "booked"
    assert known["answer"]["until"] == "2030-06-03T14:00:00Z"
    assert other["answer"]["kind"] == "unknown"
    assert (hidden["answer"], nowhere["answer"]) == (None, None)


async def test_ones_own_reports_come_in_pages(stranger: Client, lister: Client) -> None:
    made = [(await report(stranger, "HEL204", **PLACE)).json()["report"] for _ in range(2)]

    first = (await stranger.get("reports/mine", limit=1)).json()
    second = (await stranger.get("reports/mine", limit=1, cursor=first["next"])).json()

    shown = {page["items"][0]["id"] for page in (first, second)}
    assert shown == {one["id"] for one in made}
    assert second["next"] is None
    assert (await lister.get("reports/mine")).json() == {"items": [], "next": None}


async def test_a_report_needs_a_whole_place_and_five_a_day_are_enough(stranger: Client) -> None:
    assert (await report(stranger, "HEL204")).status_code == 400
    assert (await report(stranger, "HEL204", lat=60.1)).status_code == 400

    answers = [await report(stranger, "HEL204", **PLACE) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [201] * 5 + [409]


async def test_an_account_is_linked_by_a_code_for_the_bot(renter: Client) -> None:
    answer = (await renter.post("auth/link")).json()

    assert answer["url"] == f"https://t.me/ParkPlaceBot?start=link_{answer['code']}"
    assert len(f"link_{answer['code']}") <= 64
    assert answer["expires_at"] == "2030-06-03T12:10:00Z"


async def test_who_is_joined_with_the_chat_stays_signed_in(
    renter: Client, lister: Client, store, clock
) -> None:
    space = await listed(lister)
    booking = await booked(renter, space["id"])
    code = (await renter.post("auth/link")).json()["code"]
    async with store.begin() as work:
        services = Services(work, clock(), Market(None, None))
        telegram = await services.people.meet(4711, "Rita", "en")
        await services.linking.join(code, telegram)

    me = (await renter.get("auth/me")).json()

    assert (me["telegram_linked"], me["verified"], me["email"]) == (True, True, "rita@example.org")
    assert me["id"] == written(telegram.id)
    assert (await renter.get(f"bookings/{booking['id']}")).json()["side"] == "renter"
    assert (await renter.post("auth/link")).status_code == 409
