"""The map page by hand: what is tapped and waited for in many tests."""

import pytest
from playwright.async_api import Page

from tests.e2e.town import PLACE, picture

sizes = pytest.mark.parametrize("size", ["phone", "desk"])
HERE = f"at_{PLACE['lat']}_{PLACE['lng']}"
STILL = """async () => {
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const all = () => document.querySelector(".markers").innerHTML;
  for (let before = ""; before !== all(); ) {
    before = all();
    for (let frame = 0; frame < 5; frame += 1) await painted();
  }
}"""
"""Returns when no marker has come or gone for some frames."""


def main_button(page: Page):
    return page.locator(".main-button")


def top(page: Page):
    """The view that lies on all others."""
    return page.locator(".view").last


async def from_menu(page: Page, entry: str) -> None:
    await page.get_by_role("button", name="Menu").first.click()
    await page.locator(".view-menu").get_by_role("button", name=entry, exact=True).click()


def photo(name: str = "bay.jpg", content: bytes | None = None) -> dict:
    return {"name": name, "mimeType": "image/jpeg", "buffer": content or picture()}


async def look_again(page: Page) -> None:
    """As when the person comes back to the page."""
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
