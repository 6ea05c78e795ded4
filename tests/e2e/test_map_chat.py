"""The map over the chat: what one person books on it, the other one hears of at once."""

from pathlib import Path

from playwright.async_api import Browser, expect

from bot.web import Door, answering
from bot.wiring import opened
from sandbox import Sandbox
from tests import browser
from tests.e2e.running import settings_for
from tests.e2e.test_main_job import LASSE, RIVA, list_a_space
from tests.e2e.test_pictures import DESK, SLOW, card, find, pane


async def test_a_booking_over_the_map_is_told_in_the_other_chat_while_it_is_open(
    sandbox: Sandbox, tmp_path: Path, chromium: Browser
) -> None:
    door = Door.at("127.0.0.1", 0)
    async with opened(settings_for(sandbox, tmp_path), f"{door.address}/map") as place:
        beside = (answering(place.application(), door), place.introduction(), place.ticking())
        async with place.runner(*beside, polling=place.polling()):
            await list_a_space(sandbox.person(LASSE))
            # A photo of the chat is there once it was fetched from Telegram, moments later.
            looks = {"viewport": DESK, "tolerated": "status of 404"}
            async with browser.opened(chromium, sandbox.url, **looks) as page:
                riva, lasse = pane(page, RIVA), pane(page, LASSE)
                await find(riva)
                await card(riva).get_by_role("button", name="1", exact=True).click()
                await expect(card(riva).get_by_role("button", name="Route")).to_be_visible()
                await card(riva).get_by_role("button", name="Map").click()
                chat = riva.get_by_role("dialog", name="Park Place")
                await chat.get_by_role("button", name="Book · €5.00").click(timeout=SLOW)

                app = riva.frame_locator("iframe.web-app")
                await expect(app.get_by_role("heading", name="Booked.")).to_be_visible()
                news = lasse.locator(".message", has_text="New booking:")
                await expect(news).to_contain_text("€5.00")
                await chat.get_by_role("button", name="I'm here").click()
                await expect(lasse.locator(".message", has_text="is there")).to_be_visible()
