"""The map page in a browser: how soon prices are on the map, and how long a finger ever waits.

A phone and a desk open the page cold, each several times, from a server that was just started:
2,000 spaces are in view and 3,000 more around it. The first useful paint is the frame in which the
ground and the prices are both there. Then the map of 5,000 is dragged about and zoomed, clusters
and all, and the browser tells of every task of its main thread that took 50 ms or more.
"""

import asyncio
import json
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize

from benchmarks.http import CENTRE, _awake, _free_port
from benchmarks.replies import _parkplace, _settings
from market.domain.ids import PersonId, SpaceId, new_id
from market.domain.money import Money
from market.domain.person import Person
from market.domain.place import Offset, Point
from market.domain.space import Space
from market.domain.tariff import Tariff
from storage.database import Store
from tests.browser import browser

VIEWS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 800}}
IN_VIEW, AROUND = 2_000, 3_000
HALF_VIEW = (0.0038, 0.0030)
"""Degrees of latitude and longitude that both screens show, on each side of the middle."""
MARGIN = 1.5
ZOOM = 16
OPENINGS = 5
DRAGS = 12
PAINT_BOUND, TASK_BOUND = 1.5, 100.0
"""Seconds, and milliseconds."""
SHORTEST = 50.0
"""Milliseconds: of shorter tasks a browser does not tell."""

_WATCH = """
window.longest = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
}).observe({ type: "longtask", buffered: true });
const tell = () => (document.documentElement.dataset.useful = performance.now());
const painted = () => {
  const isThere = document.querySelector(".marker-price") &&
    document.querySelector(".leaflet-tile-loaded");
  if (isThere) requestAnimationFrame(() => setTimeout(tell));
  else requestAnimationFrame(painted);
};
painted();
"""


def measured() -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as folder, _serving(Path(folder)) as url:
        return asyncio.run(_rows(url))


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    port = _free_port()
    environment = _settings(folder) | {
        "PARK_HTTP_PORT": str(port),
        "PARK_BOT_API_URL": f"http://127.0.0.1:{_free_port()}",
    }
    _parkplace(["migrate"], environment)
    asyncio.run(_fill(environment["PARK_DATABASE_URL"]))
    server = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(60)


async def _fill(url: str) -> None:
    """A very dense town, all of it free."""
    chance, now = random.Random(5), datetime.now(UTC)
    lister = Person(PersonId(new_id()), None, "Lasse", "en", "Europe/Helsinki", now)
    store = await Store.open(url)
    async with store.begin() as work:
        await work.people.add(lister)
        for n in range(IN_VIEW + AROUND):
            await work.spaces.add(_space(n, lister.id, chance, now))
    await store.close()


def _space(n: int, lister: PersonId, chance: random.Random, now: datetime) -> Space:
    return Space(
        id=SpaceId(new_id()),
        lister=lister,
        title=f"Bay {n} behind the gate",
        place=_place(chance, beyond=n >= IN_VIEW),
        offset=Offset(0, 0),
        zone="Europe/Helsinki",
        country="FI",
        tariff=Tariff(Money(chance.randrange(150, 900, 10), "EUR")),
        listed_at=now,
    )


def _place(chance: random.Random, *, beyond: bool) -> Point:
    while True:
        reach = MARGIN if beyond else 1.0
        up, across = chance.uniform(-reach, reach), chance.uniform(-reach, reach)
        if not beyond or max(abs(up), abs(across)) > 1:
            return Point(CENTRE[0] + up * HALF_VIEW[0], CENTRE[1] + across * HALF_VIEW[1])


async def _rows(url: str) -> list[dict[str, object]]:
    async with aiohttp.ClientSession(url) as http:
        await _awake(http)
    rows = []
    async with browser() as launched:
        for name, view in VIEWS.items():
            paints = [await _opened(launched, url, view) for _ in range(OPENINGS)]
            paint = statistics.median(paints) / 1000
            task = await _dragged(launched, url, view)
            title = f"map on a {name}"
            metric = f"first useful paint, {IN_VIEW:,} in view"
            rows.append(_row(title, metric, "s", paint, PAINT_BOUND))
            metric = f"longest task while panning {IN_VIEW + AROUND:,}, at most"
            rows.append(_row(title, metric, "ms", task, TASK_BOUND))
    return rows


def _row(name: str, metric: str, unit: str, ours: float, bound: float) -> dict[str, object]:
    ratio = round(bound / ours, 2)
    figure = {"name": name, "metric": metric, "unit": unit, "ours": round(ours, 2)}
    return {**figure, "peer": "the bound", "peer_value": bound, "ratio": ratio}


async def _context(launched: Browser, view: Mapping[str, int]) -> BrowserContext:
    context = await launched.new_context(viewport=ViewportSize(**view))
    await context.add_init_script(_WATCH)
    seen = json.dumps({"lat": CENTRE[0], "lng": CENTRE[1], "zoom": ZOOM})
    # As after a reload, so that all of them look at the same streets.
    await context.add_init_script(f"sessionStorage.setItem('parkplace.view', '{seen}')")
    return context


async def _opened(launched: Browser, url: str, view: Mapping[str, int]) -> float:
    """Milliseconds to the first useful paint, with nothing kept from before."""
    context = await _context(launched, view)
    page = await context.new_page()
    await page.goto(f"{url}/map")
    useful = await page.wait_for_selector("html[data-useful]", state="attached")
    milliseconds = float(await useful.get_attribute("data-useful") or 0)
    await context.close()
    return milliseconds


async def _dragged(launched: Browser, url: str, view: Mapping[str, int]) -> float:
    """The longest task, or the shortest that a browser tells of where there was none."""
    context = await _context(launched, view)
    page = await context.new_page()
    await page.goto(f"{url}/map")
    await page.wait_for_selector(f".map[data-spaces='{IN_VIEW + AROUND}']")
    await page.wait_for_load_state("networkidle")
    await page.evaluate("window.longest = 0")
    await _drag(page, view)
    longest = float(await page.evaluate("window.longest"))
    await context.close()
    return max(SHORTEST, longest)


async def _drag(page: Page, view: Mapping[str, int]) -> None:
    x, y = view["width"] * 0.7, view["height"] * 0.4
    for n in range(DRAGS):
        await page.mouse.move(x, y)
        await page.mouse.down()
        turn = 1 if n % 4 < 2 else -1
        await page.mouse.move(x - turn * 120, y + turn * 70, steps=12)
        await page.mouse.up()
        await page.wait_for_timeout(250)
        if n % 4 == 3:
            await page.mouse.wheel(0, 120 if n % 8 == 3 else -120)
            await page.wait_for_timeout(600)
