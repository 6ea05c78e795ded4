"""Pages in a real browser: headless Chromium, driven with Playwright."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright

from tests.needs import chromium

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
# A browser of a test neither needs a sandbox or a graphics card nor phones home.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Pages of a context share a process, and none is started ahead: half of the cost of a page.
    "--process-per-site",
    "--disable-features=SpareRendererForSitePerProcess",
)


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """A browser to open pages in; the test is skipped, loudly, where there is none."""
    path = chromium()
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield launched
        await launched.close()


@asynccontextmanager
async def opened(
    launched: Browser, url: str, *, tolerated: str | None = None, **options: Any
) -> AsyncIterator[Page]:
    """A page in a context of its own, in which by the end nothing went wrong.

    Errors in its console and exceptions in its scripts fail the test, but for those that
    the pattern ``tolerated`` matches. ``options`` are those of a Playwright context.
    """
    context = await launched.new_context(**{"viewport": DESK} | options)
    context.set_default_timeout(30_000)
    page = await context.new_page()
    wrong = complaints(page)
    try:
        await page.goto(url)
        yield page
    finally:
        await context.close()
    assert [text for text in wrong if not (tolerated and re.search(tolerated, text))] == []


def complaints(page: Page) -> list[str]:
    """What goes wrong in a page from now on, as it grows."""
    wrong: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            wrong.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    return wrong
