"""The map page in a browser, over the whole product, with people whom Telegram has signed in."""

import io
import itertools
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
from PIL import Image
from playwright.async_api import Browser, BrowserContext, Page

from api.limits import Doors
from bot.wiring import CITY, Marketplace
from sandbox import Person, Sandbox
from sandbox.webapps import launch_data
from tests.api.conftest import FREELY
from tests.browser import complaints
from tests.e2e.running import listening

PLACE = {"lat": 60.17135, "lng": 24.94372}
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 800}}
REFUSED = r"status of 4\d\d"
"""What a browser says of every refusal of the API, expected or not."""
_numbers = itertools.count(5001)


def picture(colour: str = "slategray", size: tuple[int, int] = (320, 240)) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, "JPEG")
    return content.getvalue()


def soon(start: float = 24, end: float = 26) -> dict[str, str]:
    """From and to, in hours after the next full hour."""
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return {
        "start": (hour + timedelta(hours=start)).isoformat(),
        "end": (hour + timedelta(hours=end)).isoformat(),
    }


@dataclass
class Neighbour:
    """Somebody with Telegram, and an HTTP client that is signed in for them."""

    person: Person
    http: aiohttp.ClientSession

    async def call(self, method: str, path: str, **request: Any) -> Any:
        answer = await self.http.request(method, path, **request)
        assert answer.status < 300, await answer.text()
        return await answer.json() if answer.status != 204 else None

    async def get(self, path: str) -> Any:
        return await self.call("GET", path)

    async def lists(
        self,
        title: str = "Courtyard behind the bakery",
        photos: tuple[str, ...] = ("space",),
        **changes: Any,
    ) -> Any:
        """A live space; ``photos`` says what each of them shows."""
        offer = {
            "title": title,
            "place": PLACE,
            "tariff": {"currency": "EUR", "hour": 250},
            "address": "Kaivokatu 4",
            "notes": "Second gate on the left. Code 4711",
            "description": "Wide and dry.\nMind the step.",
            "tags": ["covered", "gated"],
        }
        space = await self.call("POST", "spaces", json=offer | changes)
        for shows in photos:
            form = aiohttp.FormData({"shows": shows})
            form.add_field("file", picture(), filename="photo.jpg")
            space = await self.call("POST", f"spaces/{space['id']}/upload-image", data=form)
        return space

    async def books(self, space: str, **window: str) -> Any:
        stay = {"space_id": space, **(window or soon())}
        return await self.call("POST", "bookings/create", json=stay)


@dataclass
class Town:
    sandbox: Sandbox
    place: Marketplace
    browser: Browser
    base: str
    looks: dict[str, Any]
    """How the page is looked at if nothing else is said, as options of a Playwright context."""
    neighbours: list[Neighbour] = field(default_factory=list)
    _contexts: dict[str, BrowserContext] = field(default_factory=dict)

    async def newcomer(self, name: str = "Nora") -> Neighbour:
        """Somebody whom nobody has seen here before."""
        person = Person(next(_numbers), name)
        driver = self.sandbox.add_person(person)
        await driver.start()
        http = aiohttp.ClientSession(f"{self.base}/api/v1/")
        answer = await http.post("auth/telegram", json={"init_data": self.launch(person)})
        tokens = await answer.json()
        assert answer.status == 200, tokens
        http.headers["Authorization"] = f"Bearer {tokens['access_token']}"
        self.neighbours.append(Neighbour(person, http))
        return self.neighbours[-1]

    def launch(self, person: Person) -> str:
        return launch_data(self.sandbox.token, person, "q", int(time.time()))

    @asynccontextmanager
    async def visiting(
        self,
        size: str = "phone",
        who: Neighbour | None = None,
        start: str = "",
        *,
        tolerated: str | None = None,
        **options: Any,
    ) -> AsyncIterator[Page]:
        """The page, ready; by the end nothing in it went wrong but what is ``tolerated``."""
        context = await self._context(size, self.looks | options)
        page = await context.new_page()
        wrong = complaints(page)
        try:
            await page.goto(self.address(who, start))
            await page.wait_for_selector("html[data-ready]", state="attached")
            yield page
        finally:
            await page.close()
            await context.clear_cookies()
            await context.set_offline(False)
        assert [text for text in wrong if not (tolerated and re.search(tolerated, text))] == []

    async def _context(self, size: str, options: dict[str, Any]) -> BrowserContext:
        """One for all visits of a kind: what the page keeps, it keeps for a tab.

        A tab that stays open keeps its process, which takes far longer to start than a page.
        """
        kind = f"{size} {options}"
        if kind not in self._contexts:
            self._contexts[kind] = context = await self.browser.new_context(
                viewport=SIZES[size],
                locale="en-GB",
                **{"has_touch": size == "phone", "timezone_id": "Europe/Helsinki"} | options,
            )
            context.set_default_timeout(30_000)
            await (await context.new_page()).goto(f"{self.base}/healthz")
        return self._contexts[kind]

    def address(self, who: Neighbour | None = None, start: str = "") -> str:
        query = f"?start={start}" if start else ""
        if who is None:
            return f"{self.base}/map{query}"
        data = quote(self.launch(who.person), safe="")
        return f"{self.base}/map{query}#tgWebAppData={data}&tgWebAppVersion=9.1"


@asynccontextmanager
async def a_town(folder: Path, launched: Browser, **looks: Any) -> AsyncIterator[Town]:
    async with Sandbox(city=CITY) as sandbox, listening(sandbox, folder) as place:
        # Everybody here has one address, and would be told to wait a little.
        state = place.api.state
        state.backend = replace(state.backend, doors=Doors(FREELY))
        base = f"http://127.0.0.1:{place.settings.http_port}"
        town = Town(sandbox, place, launched, base, looks)
        yield town
        for neighbour in town.neighbours:
            await neighbour.http.close()
