"""What people do on the map page beside booking and listing: report a car, and be themselves."""

import json

from playwright.async_api import expect

from tests.e2e.page import HERE, from_menu, main_button, photo, sizes
from tests.e2e.town import REFUSED, Town


async def test_two_people_in_one_tab_stay_two(town: Town) -> None:
    lasse, riva = await town.newcomer("Lasse"), await town.newcomer("Riva")
    async with town.visiting("phone", riva) as page:
        for who in (lasse, riva):
            await page.goto("about:blank")
            await page.goto(town.address(who))
            await page.wait_for_selector("html[data-ready]", state="attached")
            await page.get_by_role("button", name="Menu").first.click()
            await expect(page.locator(".view-menu h2")).to_contain_text(who.person.first_name)


TELEGRAM = """
const answers = {
    web_app_ready: ['theme_changed', { theme_params: {} }],
    web_app_check_location: ['location_checked', { available: true }],
    web_app_request_location:
        ['location_requested', { available: true, latitude: 60.17, longitude: 24.95 }],
};
const answer = (type) =>
    answers[type] && setTimeout(() => Telegram.WebView.receiveEvent(...answers[type]));
window.TelegramWebviewProxy = { postEvent: answer };
"""
"""What its app says to the page, of which it shows no more."""


async def test_telegram_says_where_a_reported_car_stands(town: Town) -> None:
    nora = await town.newcomer("Nora")
    async with town.visiting("phone", nora, HERE) as page:
        await page.add_init_script(TELEGRAM)
        await page.reload()
        await page.wait_for_selector("html[data-ready]", state="attached")
        await from_menu(page, "Report a car")
        await page.get_by_role("button", name="Where I am").click()
        await expect(page.get_by_text("60.17000, 24.95000")).to_be_visible()


@sizes
async def test_a_car_is_reported_with_its_photo_plate_and_place(town: Town, size: str) -> None:
    nora = await town.newcomer("Nora")
    async with town.visiting(size, nora, HERE, tolerated=REFUSED) as page:
        await from_menu(page, "Report a car")
        report = page.locator(".view-report")
        await page.get_by_label("Photo of the car").set_input_files(photo("car.jpg"))
        await report.get_by_label("Number plate").fill("???")
        await report.get_by_role("button", name="Choose on the map").click()
        await page.get_by_role("button", name="Use this place").click()
        await main_button(page).click()
        await expect(page.get_by_text("That is no number plate.")).to_be_visible()
        await report.get_by_label("Number plate").fill("HEL-204")
        await main_button(page).click()
        await expect(page.get_by_text("Thank you, report")).to_be_visible()
    (kept,) = (await nora.get("reports/mine"))["items"]
    assert kept["plate"] == "HEL204"


@sizes
async def test_vehicles_come_and_go(town: Town, size: str) -> None:
    riva = await town.newcomer("Riva")
    async with town.visiting(size, riva) as page:
        await from_menu(page, "Vehicles")
        await expect(page.get_by_text("None yet.")).to_be_visible()
        await page.get_by_label("Number plate").fill("hel-204")
        await page.get_by_label("Height").fill("19")
        await main_button(page).click()
        await expect(page.get_by_text("1 to 10 m, please.")).to_be_visible()
        await page.get_by_label("Height").fill("1,9")
        await main_button(page).click()
        await expect(page.get_by_text("HEL204")).to_be_visible()
        await expect(page.get_by_text("1.9 m high")).to_be_visible()
        await page.get_by_role("button", name="Remove HEL204").click()
        await expect(page.get_by_text("None yet.")).to_be_visible()


@sizes
async def test_a_language_is_spoken_at_once_and_kept(town: Town, size: str) -> None:
    riva = await town.newcomer("Riva")
    async with town.visiting(size, riva) as page:
        await from_menu(page, "Language")
        await page.get_by_role("radio", name="Deutsch").click()
        await expect(page.locator("html")).to_have_attribute("lang", "de")
        await page.wait_for_selector("html[data-ready]", state="attached")
    assert (await riva.get("auth/me"))["language"] == "de"


@sizes
async def test_a_name_is_changed_and_everything_that_is_kept_is_handed_over(
    town: Town, size: str
) -> None:
    riva = await town.newcomer("Riva")
    async with town.visiting(size, riva) as page:
        await from_menu(page, "Settings")
        await page.get_by_label("Name").fill("  Riva  the  Second ")
        await main_button(page).click()
        await expect(page.locator(".view-menu h2")).to_contain_text("Riva the Second")
        await page.get_by_role("button", name="Privacy").click()
        async with page.expect_download() as saved:
            await page.get_by_role("button", name="Get everything").click()
        kept = json.loads((await (await saved.value).path()).read_text())
    assert kept["you"][0]["name"] == "Riva the Second"


async def test_somebody_has_themselves_erased(town: Town) -> None:
    riva = await town.newcomer("Riva")
    booking = await riva.books((await (await town.newcomer("Lasse")).lists())["id"])
    async with town.visiting("phone", riva, tolerated=REFUSED) as page:
        await from_menu(page, "Privacy")
        await page.get_by_role("button", name="Delete everything").click()
        await expect(page.get_by_text("1 booking of yours is cancelled.")).to_be_visible()
        await main_button(page).click()
        await expect(page.get_by_text("You are erased.")).to_be_visible()
    answer = await riva.http.get(f"bookings/{booking['id']}")
    assert answer.status == 401
