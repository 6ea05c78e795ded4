"""A web app in its frame over the chat, which speaks as it would to Telegram's web client."""

import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import web
from playwright.async_api import Browser, FrameLocator, Locator, Page, expect

from sandbox import Sandbox
from tests.browser import DESK, PHONE, opened
from tests.sandbox.conftest import RIVA, Api, button, under

APP = """<!doctype html><html lang="en"><meta charset="utf-8"><title>App</title>
<link rel="icon" href="data:,"><h1>App</h1><ol aria-label="Heard"></ol><script>
const say = (eventType, eventData = {}) =>
  parent.postMessage(JSON.stringify({ eventType, eventData }), "*");
addEventListener("message", ({ data }) => {
  const line = document.createElement("li");
  line.textContent = data;
  document.querySelector("ol").append(line);
});
say("web_app_ready");
</script></html>"""


@pytest.fixture
async def app() -> AsyncIterator[str]:
    """The address of a page elsewhere, which says what it is told to and shows what it hears."""

    async def page(_: web.Request) -> web.Response:
        return web.Response(text=APP, content_type="text/html")

    server = web.Application()
    server.router.add_get("/map", page)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}/map?start=at_60.1_24.9"
    await runner.cleanup()


@pytest.fixture
async def page(
    request: pytest.FixtureRequest, sandbox: Sandbox, api: Api, app: str, chromium: Browser
) -> AsyncIterator[Page]:
    """The chat page with the app open in Riva's pane."""
    size = getattr(request, "param", DESK)
    rows = under([button("Map", web_app={"url": app})])
    await api.result("sendMessage", chat_id=RIVA, text="Here", reply_markup=rows)
    async with opened(chromium, sandbox.url, viewport=size, color_scheme="light") as page:
        await pane(page).get_by_role("button", name="Map").click()
        await expect(frame(page).get_by_role("heading")).to_be_visible()
        yield page


def pane(page: Page) -> Locator:
    return page.locator(f".pane[data-person='{RIVA}']")


def frame(page: Page) -> FrameLocator:
    return pane(page).frame_locator("iframe.web-app")


async def say(page: Page, event: str, **facts: Any) -> None:
    await (
        frame(page)
        .locator("body")
        .evaluate("(_, [event, facts]) => say(event, facts)", [event, facts])
    )


async def told(page: Page, event: str) -> dict[str, Any]:
    """The newest event of that type, awaited if need be."""
    lines = frame(page).get_by_role("listitem").filter(has_text=f'"{event}"')
    await expect(lines.last).to_be_visible()
    return json.loads(await lines.last.inner_text())["eventData"]


async def test_an_app_is_launched_with_signed_data_and_wears_the_colours_of_the_page(
    page: Page,
) -> None:
    address = urlsplit(await pane(page).locator("iframe.web-app").get_attribute("src"))
    launch = parse_qs(address.fragment)
    assert address.query == "start=at_60.1_24.9"
    assert json.loads(launch["tgWebAppThemeParams"][0])["bg_color"] == "#ffffff"
    assert "hash" in parse_qs(launch["tgWebAppData"][0])
    await say(page, "web_app_request_theme")
    assert (await told(page, "theme_changed"))["theme_params"]["text_color"] == "#14181c"
    await page.evaluate("document.querySelector('[aria-label*=dark]').click()")
    await expect(frame(page).get_by_role("listitem").last).to_contain_text("#17212b")


@pytest.mark.parametrize("page", [DESK, PHONE], ids=["desk", "phone"], indirect=True)
async def test_buttons_are_drawn_around_an_app_that_hears_how_much_room_is_left(
    page: Page,
) -> None:
    await say(page, "web_app_request_viewport")
    size = await told(page, "viewport_changed")
    box = await pane(page).locator("iframe.web-app").bounding_box()
    assert box is not None
    assert (size["width"], size["height"]) == (round(box["width"]), round(box["height"]))
    assert size["width"] >= 320

    await say(page, "web_app_setup_main_button", is_visible=True, text="Book · €5.00")
    book = pane(page).get_by_role("button", name="Book · €5.00")
    await expect(book).to_be_in_viewport(ratio=1)
    await book.click()
    assert await told(page, "main_button_pressed") == {}
    assert (await told(page, "viewport_changed"))["height"] < size["height"]
    await say(page, "web_app_setup_main_button", is_progress_visible=True)
    await expect(book).to_be_disabled()
    await say(page, "web_app_setup_main_button", is_visible=False)
    await expect(book).to_be_hidden()

    back = pane(page).get_by_role("dialog").get_by_role("button", name="Back")
    await expect(back).to_be_hidden()
    await say(page, "web_app_setup_back_button", is_visible=True)
    await back.focus()
    await page.keyboard.press("Enter")
    await told(page, "back_button_pressed")


async def test_an_app_is_closed_by_itself_or_by_the_person_unless_something_would_be_lost(
    page: Page,
) -> None:
    await say(page, "web_app_setup_closing_behavior", need_confirmation=True)
    close = pane(page).get_by_role("dialog").get_by_role("button", name="Close", exact=True)
    await close.first.click()
    asked = pane(page).get_by_role("dialog", name="Close?")
    await asked.get_by_role("button", name="Cancel").click()
    await expect(pane(page).locator("iframe")).to_be_visible()
    await close.first.click()
    await asked.get_by_role("button", name="Close").last.click()
    await expect(pane(page).locator("iframe")).to_have_count(0)

    await pane(page).get_by_role("button", name="Map").click()
    await expect(frame(page).get_by_role("heading")).to_be_visible()
    await say(page, "web_app_close")
    await expect(pane(page).locator("iframe")).to_have_count(0)
    await expect(pane(page).get_by_role("button", name="Map")).to_be_focused()


async def test_an_app_asks_where_the_person_is_and_whatever_else_it_wants_to_know(
    page: Page,
) -> None:
    await say(page, "web_app_check_location")
    state = {"available": True, "access_requested": False, "access_granted": False}
    assert await told(page, "location_checked") == state
    await say(page, "web_app_request_location")
    await pane(page).get_by_role("button", name="Allow").click()
    place = await told(page, "location_requested")
    assert (round(place["latitude"], 2), round(place["longitude"], 2)) == (60.17, 24.94)

    buttons = [{"id": "yes", "type": "destructive", "text": "Delete"}, {"id": "", "type": "cancel"}]
    await say(page, "web_app_open_popup", title="Sure?", message="For good.", buttons=buttons)
    await pane(page).get_by_role("button", name="Delete").click()
    assert await told(page, "popup_closed") == {"button_id": "yes"}
