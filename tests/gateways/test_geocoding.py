"""The geocoder against a server of our own that speaks Nominatim's language."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from gateways.geocoding import RemoteGeocoder
from market.domain.errors import GeocoderDown
from market.domain.place import Address, Point

AGENT = "parkplace/1 (parking@example.org)"


def place(lat: float, display: str, **parts: str) -> dict[str, Any]:
    return {"lat": str(lat), "lon": "13.4", "display_name": display, "address": parts}


@dataclass
class Server:
    """Answers what a test tells it to, and keeps what it was asked."""

    answer: Any = field(default_factory=list)
    status: int = 200
    location: str = ""
    hangs: bool = False
    asked: list[web.Request] = field(default_factory=list)
    url: str = ""

    async def respond(self, request: web.Request) -> web.Response:
        self.asked.append(request)
        if self.hangs:
            await asyncio.Event().wait()
        headers = {"Location": self.location} if self.location else None
        return web.json_response(self.answer, status=self.status, headers=headers)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    server = Server()
    app = web.Application()
    app.router.add_get("/{path:.*}", server.respond)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/maps"
    yield server
    await runner.cleanup()


@pytest.fixture
async def geocoder(server: Server) -> AsyncIterator[RemoteGeocoder]:
    async with RemoteGeocoder(server.url, AGENT, pause=0) as remote:
        yield remote


async def test_an_address_is_asked_of_the_one_host(
    server: Server, geocoder: RemoteGeocoder
) -> None:
    parts = {"house_number": "1", "road": "Mill Lane", "city": "Oxford", "country": "England"}
    server.answer = [place(51.75, "1, Mill Lane, Oxford, England", **parts)]
    assert await geocoder.find(" Mill  Lane 1", "de") == [
        Address("Mill Lane 1, Oxford", Point(51.75, 13.4))
    ]
    [request] = server.asked
    assert request.path == "/maps/search"
    assert request.query["q"] == "Mill Lane 1"
    assert request.query["accept-language"] == "de"
    assert request.headers["User-Agent"] == AGENT


async def test_what_was_asked_before_is_not_asked_again(
    server: Server, geocoder: RemoteGeocoder
) -> None:
    for text in ("Mill Lane 1", "mill lane  1", "MILL LANE 1"):
        assert await geocoder.find(text, "en") == []
    assert len(server.asked) == 1
    await geocoder.find("Mill Lane 1", "de")
    assert len(server.asked) == 2


async def test_only_so_many_answers_are_remembered(
    server: Server, geocoder: RemoteGeocoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geocoder._found, "_room", 2)
    for text in ("one", "two", "one", "three", "one", "two"):
        await geocoder.find(text, "en")
    assert [request.query["q"] for request in server.asked] == ["one", "two", "three", "two"]


async def test_places_of_one_name_say_more(server: Server, geocoder: RemoteGeocoder) -> None:
    server.answer = [
        place(1, "Mill Lane, Jericho, Oxford", road="Mill Lane", city="Oxford"),
        place(2, "Mill Lane, Cowley, Oxford", road="Mill Lane", city="Oxford"),
        place(3, "Oxford, England", city="Oxford"),
        {"lat": "4", "lon": "13.4", "display_name": "Somewhere"},
    ]
    assert [found.name for found in await geocoder.find("mill", "en")] == [
        "Mill Lane, Jericho, Oxford",
        "Mill Lane, Cowley, Oxford",
        "Oxford",
        "Somewhere",
    ]


async def test_a_point_has_an_address(server: Server, geocoder: RemoteGeocoder) -> None:
    server.answer = place(50, "Old Mill, Oxford", amenity="Old Mill", town="Oxford")
    for lat in (50.00001, 50.00002):
        assert await geocoder.address_at(Point(lat, 13.4)) == "Old Mill, Oxford"
    [request] = server.asked
    assert request.path == "/maps/reverse"


async def test_at_sea_there_is_none(server: Server, geocoder: RemoteGeocoder) -> None:
    server.answer = {"error": "Unable to geocode"}
    assert await geocoder.address_at(Point(0, 0)) is None


@pytest.mark.parametrize("status", [301, 302, 307, 403, 429, 500])
async def test_nothing_but_an_answer_counts(
    server: Server, geocoder: RemoteGeocoder, status: int
) -> None:
    server.status, server.location = status, "/maps/elsewhere"
    with pytest.raises(GeocoderDown):
        await geocoder.find("Mill Lane 1", "en")
    assert [request.path for request in server.asked] == ["/maps/search"]
    assert await geocoder.address_at(Point(50, 13.4)) is None
    server.status, server.location = 200, ""
    assert await geocoder.find("Mill Lane 1", "en") == []


async def test_silence_has_an_end(
    server: Server, geocoder: RemoteGeocoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateways.geocoding.PATIENCE", 0.05)
    server.hangs = True
    with pytest.raises(GeocoderDown):
        await geocoder.find("Mill Lane 1", "en")


async def test_requests_are_made_one_after_the_other_with_a_pause(server: Server) -> None:
    async with RemoteGeocoder(server.url, AGENT, pause=0.1) as geocoder:
        begun = asyncio.get_running_loop().time()
        await asyncio.gather(*(geocoder.find(f"street {n}", "en") for n in range(3)))
        assert asyncio.get_running_loop().time() - begun >= 0.2
