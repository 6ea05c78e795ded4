"""The demo as a visitor sees it: both people side by side in a real browser."""

import os
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bot.town.drawing import drawn
from bot.town.light import DAY
from bot.town.scene import Motif, Scene
from bot.wiring import town
from chat.ports import utc_now
from sandbox import Sandbox
from tests.browser import opened
from tests.e2e.running import polling

RIVA, LASSE = 1001, 1002
pytestmark = pytest.mark.usefixtures("photos_drawn_once")
WINDOW = {"width": 1280, "height": 1240}
"""High enough for a whole card with its map and its buttons."""
PICTURES = os.environ.get("SCREENSHOTS")
"""A folder to keep pictures of each stage in, for those who want to look at them."""


def pane(page: Page, person: int) -> Locator:
    return page.locator(f".pane[data-person='{person}']")


async def say(where: Locator, text: str) -> None:
    await where.get_by_label("Message", exact=True).fill(text)
    await where.get_by_label("Message", exact=True).press("Enter")


async def kept(page: Page, name: str) -> None:
    if PICTURES:
        await page.wait_for_timeout(1500)  # until the date over the messages has faded
        await page.screenshot(path=Path(PICTURES) / f"{name}.png")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_visitor_lists_finds_and_books(
    sandbox: Sandbox, tmp_path: Path, chromium: Browser, scheme: str
) -> None:
    async with polling(sandbox, tmp_path) as place:
        await town(place.store, place.settings).fill(utc_now())
        async with opened(chromium, sandbox.url, viewport=WINDOW, color_scheme=scheme) as page:
            await lists_with_an_album(page, scheme)
            await finds_and_books(page, scheme)


async def lists_with_an_album(page: Page, scheme: str) -> None:
    lasse = pane(page, LASSE)
    await lasse.get_by_role("button", name="START").click()
    await lasse.get_by_role("button", name="➕ List a space").click()
    await expect(lasse.get_by_text("Send 1 to 10 photos")).to_be_visible()
    files = [
        {"name": f"{motif}.jpg", "mimeType": "image/jpeg", "buffer": photo}
        for motif in (Motif.COURTYARD, Motif.GATE, Motif.ABOVE)
        if (photo := drawn(Scene(motif, DAY, "12", "bakery")))
    ]
    await lasse.get_by_role("button", name="Attach").click()
    async with page.expect_file_chooser() as choosing:
        await lasse.get_by_role("menuitem", name="Photo").click()
    await (await choosing.value).set_files(files)
    await lasse.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    await expect(lasse.get_by_text("3 photos. Where is it?")).to_be_visible()
    await lasse.get_by_role("button", name="Attach").click()
    await lasse.get_by_role("menuitem", name="Location").click()
    await lasse.get_by_role("button", name="Send this location").click()
    await expect(lasse.get_by_text("What does an hour cost?")).to_be_visible()
    await say(lasse, "2,50")
    await expect(lasse.get_by_text("€2.50 an hour. Give it a title")).to_be_visible()
    await say(lasse, "Courtyard behind the bakery")
    await expect(lasse.get_by_role("button", name="Publish")).to_be_visible()
    await kept(page, f"preview-{scheme}")
    await lasse.get_by_role("button", name="Publish").click()
    await expect(lasse.get_by_text("is live. Anyone nearby can book it now.")).to_be_visible()


async def finds_and_books(page: Page, scheme: str) -> None:
    riva, lasse = pane(page, RIVA), pane(page, LASSE)
    await riva.get_by_role("button", name="START").click()
    await riva.get_by_role("button", name="Attach").click()
    await riva.get_by_role("menuitem", name="Location").click()
    # Where Lasse's courtyard is, as one would search it on the map.
    await riva.get_by_label("Search an address").fill("Eteläesplanadi 24")
    await riva.get_by_label("Search an address").press("Enter")
    await riva.get_by_role("button", name="Send this location").click()
    card = riva.locator(".message").filter(has_text="Courtyard behind the bakery").last
    await expect(card).to_be_visible()
    await kept(page, f"found-{scheme}")
    lines = (await card.inner_text()).splitlines()
    number = next(line.split()[0] for line in lines if "Courtyard behind the bakery" in line)
    await riva.get_by_role("button", name=number, exact=True).click()
    await expect(riva.get_by_role("button", name="Book · €5.00")).to_be_visible()
    await kept(page, f"space-{scheme}")
    await riva.get_by_role("button", name="Book · €5.00").click()
    await expect(riva.get_by_text("Booked.")).to_be_visible()
    await expect(lasse.get_by_text("New booking: ")).to_be_visible()
    await kept(page, f"booked-{scheme}")
