"""What listers do on the map page: put a space there, price it, change it."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect

from handlers.typed.prices import read_price
from market.domain.errors import Invalid
from tests.e2e.page import HERE, from_menu, main_button, photo, sizes
from tests.e2e.town import REFUSED, Town


async def describe(page: Page, title: str) -> None:
    """Place, photo, title and price of a space."""
    await page.get_by_role("button", name="Choose on the map").click()
    await page.get_by_role("button", name="Use this place").click()
    await page.get_by_label("Add photos").set_input_files([photo(), photo("gate.jpg")])
    await page.get_by_label("Title").fill(title)
    await page.get_by_label("Price of an hour").fill("2,50")


@sizes
async def test_a_space_is_added_with_its_pin_photos_and_price_and_goes_live(
    town: Town, size: str
) -> None:
    lasse = await town.newcomer("Lasse")
    async with town.visiting(size, lasse, HERE) as page:
        await from_menu(page, "Add a space")
        await main_button(page).click()
        await expect(page.get_by_text("The place is still missing.")).to_be_visible()
        await describe(page, "Driveway with the blue gate")
        await page.locator(".view-add").get_by_role("button", name="covered").click()
        await page.get_by_role("radio", name="Days and hours").click()
        await main_button(page).click()
        preview = page.locator(".view-preview")
        await expect(preview.get_by_text("€2.50 an hour")).to_be_visible()
        await expect(preview.get_by_text("Open Mon–Fri 08:00–18:00")).to_be_visible()
        await main_button(page).click()
        await expect(page.get_by_text("is live. Anyone nearby can book it now.")).to_be_visible()
    (space,) = await lasse.get("spaces/mine")
    assert (space["state"], len(space["photos"]), space["tags"]) == ("live", 2, ["covered"])
    assert space["tariff"]["hour"] == {"minor": 250, "currency": "EUR"}


async def test_a_photo_that_fails_is_named_and_sent_again(town: Town) -> None:
    lasse = await town.newcomer("Lasse")
    async with town.visiting("phone", lasse, HERE, tolerated=REFUSED) as page:
        await from_menu(page, "Add a space")
        await describe(page, "Driveway with a broken photo")
        await page.get_by_label("Add photos").set_input_files(photo("torn.jpg", b"no picture"))
        await main_button(page).click()
        await main_button(page).click()

        failed = page.get_by_text("torn.jpg: This picture cannot be read.")
        await expect(failed).to_be_visible()
        await page.get_by_role("button", name="Try again").click()
        await expect(failed).to_be_visible()
        await page.get_by_role("button", name="Remove torn.jpg").click()
        await expect(failed).to_have_count(0)
    (space,) = await lasse.get("spaces/mine")
    assert len(space["photos"]) == 2


async def test_a_half_made_listing_survives_a_reload(town: Town) -> None:
    lasse = await town.newcomer("Lasse")
    async with town.visiting("phone", lasse, HERE) as page:
        await from_menu(page, "Add a space")
        await describe(page, "Driveway of somebody in a hurry")
        await page.reload()
        await page.wait_for_selector("html[data-ready]", state="attached")
        await from_menu(page, "Add a space")

        await expect(page.get_by_text("You have a half-made listing.")).to_be_visible()
        await expect(page.get_by_label("Title")).to_have_value("Driveway of somebody in a hurry")
        await expect(page.get_by_label("Price of an hour")).to_have_value("2,50")
        await expect(page.get_by_role("button", name="Move the pin")).to_be_visible()


async def test_without_a_connection_it_says_so_and_loses_nothing(town: Town) -> None:
    lasse = await town.newcomer("Lasse")
    async with town.visiting("phone", lasse, HERE, tolerated="ERR_INTERNET_DISCONNECTED") as page:
        await from_menu(page, "Add a space")
        await describe(page, "Driveway without a network")
        await main_button(page).click()
        await page.context.set_offline(True)
        await main_button(page).click()
        await expect(page.get_by_text("No connection.")).to_be_visible()
        await page.context.set_offline(False)
        await expect(page.get_by_label("Title")).to_have_value("Driveway without a network")
        await main_button(page).click()
        await main_button(page).click()
        await expect(page.get_by_text("is live. Anyone nearby")).to_be_visible()
    assert len(await lasse.get("spaces/mine")) == 1


@sizes
async def test_a_place_that_is_searched_for_stands_under_the_pin(town: Town, size: str) -> None:
    lasse = await town.newcomer("Lasse")
    async with town.visiting(size, lasse, HERE) as page:
        await from_menu(page, "Add a space")
        await page.get_by_role("button", name="Choose on the map").click()
        await page.get_by_role("searchbox").fill("60.16686, 24.94437")
        await page.keyboard.press("Enter")
        await expect(page.locator(".leaflet-marker-pane .pin")).to_be_visible()
        await page.locator(".leaflet-zoom-anim, .leaflet-pan-anim").wait_for(state="detached")
        await page.get_by_role("button", name="Use this place").click()

        key = f"parkplace.{lasse.person.id}.draft"
        where = await page.evaluate("(key) => JSON.parse(sessionStorage[key]).point", key)
    assert where == pytest.approx({"lat": 60.16686, "lng": 24.94437}, abs=3e-5)


async def test_a_second_space_at_the_same_place_is_another_bay(town: Town) -> None:
    lasse = await town.newcomer("Lasse")
    async with town.visiting("phone", lasse, HERE) as page:
        await from_menu(page, "Add a space")
        await page.get_by_role("button", name="Choose on the map").click()
        box = await page.locator(".map").bounding_box()
        assert box
        await page.get_by_role("button", name="Use this place").click()
        key = f"parkplace.{lasse.person.id}.draft"
        where = await page.evaluate("(key) => JSON.parse(sessionStorage[key]).point", key)
        await lasse.lists(place=where, tags=["ev"])
        await page.get_by_role("button", name="Move the pin").click()
        await page.get_by_role("button", name="Use this place").click()
        await page.get_by_role("button", name="Copy").click()

        await expect(page.get_by_label("Price of an hour")).to_have_value("2.50")
        await expect(page.locator(".view-add").get_by_role("button", name="EV")).to_have_attribute(
            "aria-pressed", "true"
        )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("zwei fünfzig", "A number, please."),
        ("2.50.1", "A number, please."),
        ("$5", "Prices there are in EUR."),
        ("0", "It has to cost something."),
    ],
)
async def test_a_price_that_cannot_be_is_explained_at_its_field(
    town: Town, prices: Page, typed: str, said: str
) -> None:
    await prices.get_by_label("Price of an hour").fill(typed)
    await main_button(prices).click()
    await expect(prices.locator(".wrong", has_text=said)).to_be_visible()


async def test_a_price_that_is_far_too_high_is_asked_back(town: Town, prices: Page) -> None:
    await prices.get_by_label("Price of an hour").fill("2,555")  # thousands, as in the chat
    await main_button(prices).click()
    await expect(prices.get_by_text("€2,555.00 an hour is far more than usual.")).to_be_visible()


@pytest.fixture(scope="module")
async def prices(town: Town) -> AsyncIterator[Page]:
    """The form of a new space, with everything but a good price."""
    lasse = await town.newcomer("Lasse")
    async with town.visiting("phone", lasse, HERE) as page:
        await from_menu(page, "Add a space")
        await describe(page, "Driveway of a dear lister")
        yield page


async def test_prices_are_read_as_in_the_chat(town: Town) -> None:
    async with town.visiting("phone") as page:
        module = await page.evaluate("document.querySelector('script[type=module]').src")
        read = """async ([main, typed]) => {
            const { readPrice } = await import(new URL('parts/prices.js', main));
            return typed.map(([text, currency]) => {
                try { return readPrice(text, currency); } catch (error) { return error.message; }
            });
        }"""
        found = await page.evaluate(read, [module, [list(case) for case in TYPED]])
    assert dict(zip(TYPED, found, strict=True)) == {case: in_chat(*case) for case in TYPED}


PRICES = """\
2.50|2,50|€2.50|2.5 eur|2|0,5|1.250|1.250,00|1,250.00|12 500|2.555|2.5555|1.25.00|-2|+2|$2|2 $
¥300|2 kr|3 euros|2.50/h|2.50 per hour|2.50 an hour|1'250|1’250.50|２.５０|2..5|zwei|2 x|"""


TYPED = [
    (text, currency)
    for currency in ("EUR", "JPY", "USD", "SEK")
    for line in PRICES.splitlines()
    for text in line.split("|")
]


def in_chat(text: str, currency: str) -> int | str:
    try:
        return read_price(text, currency)
    except Invalid as refusal:
        return refusal.reason


@sizes
async def test_a_lister_pauses_and_reprices_a_space(town: Town, size: str) -> None:
    lasse = await town.newcomer("Lasse")
    space = await lasse.lists(photos=("space", "space"))
    async with town.visiting(size, lasse, HERE) as page:
        await from_menu(page, "My spaces")
        await page.get_by_role("button", name="Pause").click()
        await expect(page.get_by_text("paused", exact=True)).to_be_visible()
        await page.get_by_role("button", name="Resume").click()
        await expect(page.get_by_role("button", name="Pause")).to_be_visible()
        await page.get_by_role("button", name="Edit").click()
        edit = page.locator(".view-edit")
        await edit.get_by_role("button", name="Show Photo 2 of 2 first").click()
        await edit.get_by_label("Photos of the way in").set_input_files(photo("gate.jpg"))
        await expect(edit.locator(".photo.sent img")).to_have_count(3)
        await edit.get_by_label("Price of an hour").fill("3.20")
        await main_button(page).click()
        await expect(page.get_by_text("€3.20 an hour")).to_be_visible()
    now = await lasse.get(f"spaces/{space['id']}")
    assert now["tariff"]["hour"]["minor"] == 320
    assert [it["id"] for it in now["photos"]] == [it["id"] for it in reversed(space["photos"])]
    assert now["exact"]["notes"] == space["exact"]["notes"]
    assert len(now["exact"]["photos"]) == 1


@sizes
async def test_bookings_ahead_are_listed_before_a_change_is_saved(town: Town, size: str) -> None:
    lasse, riva = await town.newcomer("Lasse"), await town.newcomer("Riva")
    space = await lasse.lists("Yard with a guest")
    await riva.books(space["id"])
    async with town.visiting(size, lasse, HERE) as page:
        await from_menu(page, "My spaces")
        await page.get_by_role("button", name="Pause").click()
        ahead = page.locator(".view-ahead")
        await expect(
            ahead.get_by_text("1 booking ahead keeps what it was promised:")
        ).to_be_visible()
        assert (await lasse.get(f"spaces/{space['id']}"))["state"] == "live"
        await main_button(page).click()
        await expect(page.get_by_text("paused", exact=True)).to_be_visible()

        await page.get_by_role("button", name="Edit").click()
        await page.get_by_label("Price of an hour").fill("3.20")
        await main_button(page).click()
        await expect(ahead.locator(".card")).to_have_count(1)
        assert (await lasse.get(f"spaces/{space['id']}"))["tariff"]["hour"]["minor"] == 250
        await main_button(page).click()
        await expect(page.get_by_text("€3.20 an hour")).to_be_visible()

        await page.get_by_role("button", name="Edit").click()
        await page.get_by_label("Title", exact=True).fill("Yard with a gate")
        await main_button(page).click()
        await expect(page.get_by_text("Yard with a gate").first).to_be_visible()
        await expect(ahead).to_have_count(0)
