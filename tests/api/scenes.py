"""What most stories over HTTP begin with: a space that is live, and a quote for it."""

from datetime import datetime
from typing import Any

from tests.api.conftest import PICTURE, Client
from tests.examples import at

PLACE = {"lat": 60.1699, "lng": 24.9384}
OFFER = {
    "title": "Courtyard behind the bakery",
    "place": PLACE,
    "tariff": {"currency": "EUR", "hour": 250},
    "address": "Aleksanterinkatu 1",
    "notes": "The code is 4711.",
}


def wire(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


def hours(start: float, end: float) -> dict[str, str]:
    """From and to, in hours after noon."""
    return {"start": wire(at(start)), "end": wire(at(end))}


async def listed(lister: Client, **changes: Any) -> dict[str, Any]:
    """A live space, as its lister sees it."""
    made = await lister.post("spaces", **(OFFER | changes))
    assert made.status_code == 201, made.text
    return await with_photo(lister, made.json()["id"])


async def with_photo(lister: Client, space: str, shows: str = "space") -> dict[str, Any]:
    answer = await lister.call(
        "POST",
        f"spaces/{space}/upload-image",
        files={"file": ("a.jpg", PICTURE, "image/jpeg")},
        data={"shows": shows},
    )
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def booked(renter: Client, space: str, start: float = 1, end: float = 3) -> dict[str, Any]:
    answer = await renter.post("bookings/create", space_id=space, **hours(start, end))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())
