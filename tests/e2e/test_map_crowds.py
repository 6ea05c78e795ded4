"""The map over a town of thousands of spaces, which the page is told of without a store."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.page import HERE, STILL, look_again, sizes
from tests.e2e.town import PLACE, Town, a_town


@pytest.fixture(scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> AsyncIterator[Town]:
    async with a_town(tmp_path_factory.mktemp("map"), chromium) as town:
        yield town


def many(count: int) -> dict[str, Any]:
    """So many spaces over some square kilometres."""
    states = ("free", "free", "soon", "taken")
    rows = [
        {
            "id": f"{n:010}",
            "title": f"Space {n}",
            "lat": PLACE["lat"] + ((n * 7919) % 1000 - 500) * 4e-5,
            "lng": PLACE["lng"] + ((n * 104729) % 1000 - 500) * 8e-5,
            "total": 300 + n % 900,
            "currency": "EUR",
            "state": states[n % 4],
            "since": "2030-01-01T12:00:00Z" if n % 4 == 2 else None,
            "stars": 4.5,
            "reviews": 3,
        }
        for n in range(count)
    ]
    now = datetime.now(UTC).isoformat()
    window = {"start": now, "end": now}
    zone = {"zone": "Europe/Helsinki", "country": "FI"}
    return {"window": window, **zone, "spaces": rows, "crowds": []}


def in_one_yard(count: int) -> dict[str, Any]:
    told = many(count)
    for row in told["spaces"]:
        row.update(PLACE | {"state": "free"})
    return told


async def tell(page: Page, spaces: dict[str, Any]) -> None:
    """From now on the page hears of these, whatever it asks for."""
    body = json.dumps(spaces)
    await page.route(
        "**/spaces/map?*", lambda route: route.fulfill(body=body, content_type="application/json")
    )
    await look_again(page)


@asynccontextmanager
async def crowded(town: Town, size: str, **looks: Any) -> AsyncIterator[Page]:
    """A map of 5,000 spaces whose markers are all there."""
    async with town.visiting(size, None, HERE, **looks) as page:
        await tell(page, many(5_000))
        await expect(page.locator(".map")).to_have_attribute("data-spaces", "5000")
        await page.evaluate(STILL)
        yield page


@sizes
async def test_spaces_that_no_zoom_parts_are_chosen_from_a_list(town: Town, size: str) -> None:
    async with town.visiting(size, None, HERE, reduced_motion="reduce") as page:
        await tell(page, in_one_yard(3))
        yard = page.get_by_role("button", name=re.compile("3 spaces here"))
        await yard.click()  # as near as the map goes
        await yard.click()

        await expect(page.locator(".view-here .spot")).to_have_count(3)
        await yard.click()
        await expect(page.locator(".view-here")).to_have_count(1)


REMEMBER = """() => {
  const markers = [...document.querySelectorAll(".marker")];
  window.before = new Map(markers.map((marker) => [marker.dataset.space, marker]));
}"""
STAYED = """() => {
  const known = ({ dataset }) => window.before.get(dataset.space);
  const stayed = [...document.querySelectorAll(".marker")].filter(known);
  return [stayed.length, stayed.filter((marker) => known(marker) !== marker).length];
}"""
"""Of how many spaces there is still a marker, and how many of those are other elements."""


@sizes
async def test_panning_over_thousands_of_spaces_makes_no_markers_anew(
    town: Town, size: str
) -> None:
    async with crowded(town, size) as page:
        shown = await page.locator(".marker").count()
        assert 10 < shown < 400

        middle = page.locator(".map")
        box = await middle.bounding_box()
        assert box is not None
        for _ in range(6):
            await page.evaluate(REMEMBER)
            x, y = box["x"] + box["width"] / 2, box["y"] + 330
            await page.mouse.move(x, y)
            await page.mouse.down()
            await page.mouse.move(x - 90, y + 60, steps=6)
            await page.mouse.up()
            await page.evaluate(STILL)
            stayed, anew = await page.evaluate(STAYED)
            assert stayed > 0
            assert anew == 0

        assert await page.locator(".marker").count() < 400


async def test_a_new_zoom_puts_up_a_few_markers_a_frame(town: Town) -> None:
    async with crowded(town, "desk", reduced_motion="reduce") as page:
        await page.evaluate("""() => {
          window.filled = [];
          new MutationObserver((changes) => {
            const isOne = ({ target }) => target.classList.contains("marker");
            window.filled.push(new Set(changes.filter(isOne).map(({ target }) => target)).size);
          }).observe(document.querySelector(".markers"), { childList: true, subtree: true });
        }""")

        await page.locator(".map").focus()
        await page.keyboard.press("-")
        await page.evaluate(STILL)

        filled = await page.evaluate("window.filled")
        assert sum(filled) > 24
        assert max(filled) <= 24
        await expect(page.locator(".markers")).not_to_have_class(re.compile("odd"))


async def test_groups_do_not_lie_on_one_another(town: Town) -> None:
    async with crowded(town, "desk") as page:
        covered = await page.evaluate("""() => {
          const boxes = [...document.querySelectorAll(".marker-group")].map((group) => {
            const { x, y, width, height } = group.getBoundingClientRect();
            return { left: x + 6, right: x + width - 6, top: y, bottom: y + height };
          });
          const touch = (a, b) =>
            a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
          const hidden = boxes.filter((a) => boxes.some((b) => a !== b && touch(a, b)));
          return hidden.length / boxes.length;
        }""")
        assert covered < 0.2


async def test_clusters_hold_every_space_once_and_stay_when_the_map_moves(town: Town) -> None:
    rows = many(3_000)["spaces"]
    async with town.visiting("desk") as page:
        groups = await page.evaluate(
            """async (rows) => {
              const main = document.querySelector("script[type=module]").src;
              const { clustered } = await import(new URL("./map/clusters.js", main));
              const ids = (some) =>
                clustered(some, 15).map((group) => group.rows.map(({ id }) => id));
              return { all: ids(rows), turned: ids([...rows].reverse()) };
            }""",
            rows,
        )
    held = [space for group in groups["all"] for space in group]
    assert len(held) == len(set(held))
    had = {row["id"] for row in rows if row["state"] != "taken"}
    assert had <= set(held)
    assert groups["all"] == groups["turned"]
