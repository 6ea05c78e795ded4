"""A served API without a server: a real store, a still clock, cheap hashes, and pictures as is."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from argon2 import PasswordHasher
from fastapi import FastAPI

from api.app import create_app
from api.context import Backend
from api.limits import Doors, Rates
from api.map_page import MapPage
from api.paging import Cursors
from gateways.access_tokens import Jwt
from gateways.geography import OfflineGeography
from gateways.launch_data import SignedLaunch
from gateways.passwords import Argon2
from market.domain.errors import Invalid
from market.services import Market
from storage.database import Store
from storage.nearby.feed import NearbyFeed
from storage.photo_folder import PhotoFolder
from tests.examples import NOON
from tests.storage.conftest import database, migrated, store, url

__all__ = ["database", "migrated", "store", "url"]

TOKEN = "123456:a-token-of-nobody-at-all"
FREELY = Rates(per_address="1000000 per second", per_account="1000000 per second")
PASSWORD = "correct horse battery"


@dataclass
class StillClock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        self.now += timedelta(**span)


async def as_it_is(content: bytes) -> bytes:
    if not content.startswith(b"\xff\xd8"):
        raise Invalid("photo", "unreadable")
    return content


PICTURE = b"\xff\xd8 a picture, to whoever looks no further"


@pytest.fixture(autouse=True)
def _plain_logs() -> Iterator[None]:
    """Nearly as a process does it: the default paints tracebacks, which takes half a minute."""
    structlog.configure(
        processors=[structlog.stdlib.render_to_log_kwargs],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    yield
    structlog.reset_defaults()


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def rates() -> Rates:
    return FREELY


@pytest.fixture
async def feed(store: Store, url: str) -> AsyncIterator[NearbyFeed]:
    feed = await NearbyFeed.open(store, url)
    following = asyncio.create_task(feed.run())
    yield feed
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)


def a_backend(
    store: Store,
    feed: NearbyFeed,
    clock: StillClock,
    photos: Path,
    rates: Rates = FREELY,
    max_ahead: int = 5,
) -> Backend:
    return Backend(
        units=store,
        market=Market(feed.index, OfflineGeography("EUR"), max_ahead=max_ahead),
        clock=clock,
        passwords=Argon2(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)),
        access=Jwt("a-secret-that-only-the-tests-know-of"),
        launches=SignedLaunch(TOKEN),
        photos=PhotoFolder(photos),
        clean=as_it_is,
        doors=Doors(rates),
        cursors=Cursors(b"for tests"),
        bot=lambda: "ParkPlaceBot",
    )


@pytest.fixture
def backend(
    store: Store, feed: NearbyFeed, clock: StillClock, rates: Rates, tmp_path: Path
) -> Backend:
    return a_backend(store, feed, clock, tmp_path / "photos", rates)


put_together = cache(create_app)
"""To look at every route for the first time takes longer than most tests."""


def app_of(backend: Backend, *cors_origins: str, shown: MapPage | None = None) -> FastAPI:
    """The application before this backend, and before no other any more."""
    app = put_together(None, cors_origins)
    app.state.backend = backend
    app.state.map_page = shown or MapPage()
    return app


@pytest.fixture
def app(backend: Backend) -> FastAPI:
    return app_of(backend, "https://map.example.org")


@dataclass
class Client:
    """Somebody with an HTTP client, signed in or not."""

    http: httpx.AsyncClient
    tokens: dict[str, Any] = field(default_factory=dict)
    id: str = ""

    async def call(self, method: str, path: str, **request: Any) -> httpx.Response:
        headers = dict(request.pop("headers", {}))
        if self.tokens:
            headers.setdefault("Authorization", f"Bearer {self.tokens['access_token']}")
        return await self.http.request(method, f"/api/v1/{path}", headers=headers, **request)

    async def get(self, path: str, **params: Any) -> httpx.Response:
        return await self.call("GET", path, params=params)

    async def post(self, path: str, **body: Any) -> httpx.Response:
        return await self.call("POST", path, json=body)

    async def put(self, path: str, body: Any = None, **headers: str) -> httpx.Response:
        return await self.call("PUT", path, json=body, headers=headers)

    async def delete(self, path: str) -> httpx.Response:
        return await self.call("DELETE", path)


@pytest.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://park.example") as http:
        yield http


@pytest.fixture
def anybody(http: httpx.AsyncClient) -> Client:
    return Client(http)


async def joined(http: httpx.AsyncClient, name: str) -> Client:
    client = Client(http)
    answer = await client.post(
        "auth/register", email=f"{name}@example.org", password=PASSWORD, name=name.capitalize()
    )
    assert answer.status_code == 201, answer.text
    client.tokens = answer.json()
    client.id = (await client.get("auth/me")).json()["id"]
    return client


@pytest.fixture
async def renter(http: httpx.AsyncClient) -> Client:
    return await joined(http, "rita")


@pytest.fixture
async def lister(http: httpx.AsyncClient) -> Client:
    return await joined(http, "leo")


@pytest.fixture
async def stranger(http: httpx.AsyncClient) -> Client:
    return await joined(http, "sam")
