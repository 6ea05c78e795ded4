"""Maps in the chat: they come to cards that are out already, and open as the map itself."""

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bot.town.fill import Town
from bot.web import Door, answering
from bot.wiring import Marketplace, opened, town
from chat.ports import utc_now
from sandbox import Sandbox
from tests import browser
from tests.e2e.running import settings_for

pytestmark = pytest.mark.usefixtures("photos_drawn_once")
RIVA, LASSE = 1001, 1002
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
CLOCK = re.compile(r"\b\d\d:\d\d\b")
SLOW = 15_000
"""Milliseconds that a busy machine may take to draw."""
PICTURES = os.environ.get("SCREENSHOTS")
"""A folder to keep pictures of each stage in, for those who want to look at them."""


@asynccontextmanager
async def demo(sandbox: Sandbox, folder: Path) -> AsyncIterator[Marketplace]:
    """The product as ``parkplace demo`` runs it, with its town."""
    settings = settings_for(sandbox, folder)
    door = Door.at("127.0.0.1", 0)
    async with opened(settings, f"{door.address}/map") as place:
        await invented(place).fill(utc_now())
        api = answering(place.application(), door)
        beside = (api, place.introduction(), place.ticking())
        async with place.runner(*beside, polling=place.polling()):
            yield place


def invented(place: Marketplace) -> Town:
    return town(place.store, place.settings, host=(LASSE, "Lasse"))


def pane(page: Page, person: int) -> Locator:
    return page.locator(f".pane[data-person='{person}']")


def card(where: Locator) -> Locator:
    """The card of the search, whatever it has become."""
    return where.locator(".message:has(.inline-keyboard)").last


async def kept(page: Page, name: str) -> None:
    if PICTURES:
        await page.wait_for_timeout(700)
        await page.screenshot(path=Path(PICTURES) / f"{name}.png")


async def find(where: Locator) -> None:
    await where.get_by_role("button", name="START").click()
    await where.get_by_role("button", name="📍 Find parking").click()
    await where.get_by_role("dialog").get_by_role("button", name="Send my location").click()
    await expect(card(where)).to_contain_text("Free nearby")


async def picture(where: Locator, *, other_than: str = "") -> str:
    """The address of the card's picture, once it is another one."""
    image = card(where).locator(".mosaic img")
    await expect(image).to_be_visible(timeout=SLOW)
    if other_than:
        await expect(image).not_to_have_attribute("src", other_than, timeout=SLOW)
    width = await image.evaluate("async (image) => (await image.decode(), image.naturalWidth)")
    assert width == 800
    return await image.get_attribute("src") or ""


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_card_gets_its_map_and_keeps_it_up_to_the_booking(
    sandbox: Sandbox, tmp_path: Path, chromium: Browser, size: dict[str, int]
) -> None:
    name = f"picture-{size['width']}"
    scheme = "light" if size is DESK else "dark"
    async with (
        demo(sandbox, tmp_path),
        browser.opened(chromium, sandbox.url, viewport=size, color_scheme=scheme) as page,
    ):
        riva = pane(page, RIVA)
        await find(riva)
        first = await picture(riva)
        messages = await riva.locator(".message").count()
        await kept(page, f"{name}-found")

        await card(riva).get_by_role("button", name="Further ›").click()
        await expect(card(riva).get_by_role("button", name="‹ Nearer")).to_be_visible()
        second = await picture(riva, other_than=first)
        await kept(page, f"{name}-further")

        await card(riva).get_by_role("button", name="1", exact=True).click()
        book = card(riva).get_by_role("button", name="Book · €")
        await expect(book).to_be_visible()
        third = await picture(riva, other_than=second)
        await kept(page, f"{name}-space")
        assert await riva.locator(".message").count() == messages, "all of it is one message"

        await book.click()
        booked = riva.locator(".message", has_text="Booked.")
        await expect(booked).to_be_visible()
        shown = booked.locator(".mosaic img")
        await expect(shown).not_to_have_attribute("src", third, timeout=SLOW)
        await kept(page, f"{name}-booked")
        methods = [call.method.lower() for call in sandbox.calls]
        assert methods.index("sendmessage") < methods.index("editmessagemedia")


async def test_the_map_opens_over_the_chat_as_whoever_it_is(
    sandbox: Sandbox, tmp_path: Path, chromium: Browser
) -> None:
    async with (
        demo(sandbox, tmp_path),
        browser.opened(chromium, sandbox.url, viewport=DESK, color_scheme="light") as page,
    ):
        for person in (RIVA, LASSE):
            one = pane(page, person)
            await find(one)
            await card(one).get_by_role("button", name="4 h").click()
            await expect(card(one).get_by_role("button", name="4 h ·")).to_be_visible()
            await card(one).get_by_role("button", name="1", exact=True).click()
            await expect(card(one).get_by_role("button", name="Route")).to_be_visible()
            stay = CLOCK.findall(await card(one).locator(".text").inner_text())[:2]
            await card(one).get_by_role("button", name="Map").click()
            dialog = one.get_by_role("dialog", name="Park Place")
            price = dialog.get_by_role("button", name="Book · €")
            await expect(price).to_be_visible(timeout=SLOW)
            await kept(page, f"framed-{person}")
            shown = one.frame_locator("iframe.web-app").get_by_text(re.compile(".*".join(stay)))
            await expect(shown.first).to_be_visible()
            await dialog.get_by_role("button", name="Back").first.click()
            await expect(price).to_be_hidden()
            await dialog.get_by_role("button", name="Close").first.click()

        await one.get_by_role("button", name="Map").last.click()
        framed = one.frame_locator("iframe.web-app")
        await expect(framed.get_by_placeholder("Address or place")).to_be_visible(timeout=SLOW)
