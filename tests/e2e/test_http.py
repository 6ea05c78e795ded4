"""One market, two doors: what happens over HTTP is told in the chat, and the other way round."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.wiring import Marketplace
from market.domain.place import Point, metres
from sandbox import Sandbox, shown
from tests.e2e.running import listening
from tests.e2e.test_main_job import DRIVEWAY, LASSE, NEARBY, RIVA, list_a_space


@pytest.fixture
async def place(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[Marketplace]:
    async with listening(sandbox, tmp_path) as place, asyncio.timeout(60):
        yield place


@pytest.fixture
async def http(place: Marketplace) -> AsyncIterator[aiohttp.ClientSession]:
    """Somebody new, signed in over HTTP."""
    base = f"http://127.0.0.1:{place.settings.http_port}/api/v1/"
    account = {
        "email": "ann@example.org",
        "password": "a long enough secret 9",
        "name": "Ann",
        "user_type": "renter",
    }
    async with aiohttp.ClientSession(base) as session:
        answer = await session.post("auth/register", json=account)
        tokens = await answer.json()
        assert answer.status == 201, tokens
        session.headers["Authorization"] = f"Bearer {tokens['access_token']}"
        yield session


def tomorrow() -> dict[str, str]:
    noon = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    start = noon + timedelta(days=1)
    return {"start": start.isoformat(), "end": (start + timedelta(hours=2)).isoformat()}


async def the_space(http: aiohttp.ClientSession) -> dict[str, Any]:
    params = {"lat": DRIVEWAY[0], "lng": DRIVEWAY[1], "radius": 1000, **tomorrow()}
    answer = await http.get("spaces", params=params)
    found = await answer.json()
    assert answer.status == 200, found
    return dict(found["items"][0])


async def test_a_booking_over_http_is_told_in_the_chat(
    sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    lasse = sandbox.person(LASSE)
    await list_a_space(lasse)
    space = await the_space(http)
    assert metres(Point(**space["point"]), Point(*DRIVEWAY)) > 29

    answer = await http.post("bookings/create", json={"space_id": space["id"], **tomorrow()})
    booking = await answer.json()
    assert answer.status == 201, booking

    notice = await lasse.wait_for_text("New booking:")
    assert "€5.00" in shown(notice)


async def test_a_booking_in_the_chat_is_told_over_the_socket(
    sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    riva, lasse = sandbox.person(RIVA), sandbox.person(LASSE)
    await list_a_space(lasse)
    token = http.headers["Authorization"].removeprefix("Bearer ")
    async with http.ws_connect("live") as socket:
        await socket.send_json({"type": "token", "token": token})
        assert (await socket.receive_json())["type"] == "ready"
        area = {"west": 24.9, "south": 60.1, "east": 25.0, "north": 60.2}
        await socket.send_json({"type": "watch", "areas": [area], "bookings": False})
        assert (await socket.receive_json())["type"] == "watching"

        await riva.send_location(*NEARBY)
        await riva.wait_for_text("Courtyard behind the bakery")
        await riva.press("1")
        await riva.wait_for_text("Book · €5.00")
        await riva.press("Book")
        await riva.wait_for_text("Booked.")

        news = await socket.receive_json(timeout=10)
        while news["type"] != "news":
            news = await socket.receive_json(timeout=10)
        assert len(news["spaces"]) == 1
        assert "bookings" not in news or not news["bookings"]
