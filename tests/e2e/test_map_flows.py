"""What people do on the map page beside looking around: book, stay, list, report, be themselves."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from playwright.async_api import Page, expect

from handlers.typed.prices import read_price
from market.domain.errors import Invalid
from sandbox import shown
from tests.e2e.town import PLACE, REFUSED, Town, picture, soon

sizes = pytest.mark.parametrize("size", ["phone", "desk"])


HERE = f"at_{PLACE['lat']}_{PLACE['lng']}"


def main_button(page: Page):
    return page.locator(".main-button")


def top(page: Page):
    """The view that lies on all others."""
    return page.locator(".view").last


@sizes
async def test_a_space_is_booked_with_one_tap_and_its_lister_hears_of_it_in_the_chat(
    town: Town, size: str
) -> None:
    lasse, riva = await town.newcomer("Lasse"), await town.newcomer("Riva")
    space = await lasse.lists()
    async with town.visiting(size, riva, f"space_{space['id']}") as page:
        sheet = page.locator(".view-space")
        await expect(sheet.get_by_role("heading", level=2)).to_contain_text("Courtyard behind")
        await expect(sheet.get_by_text("2 h × €2.50")).to_be_visible()
        await expect(sheet.get_by_text("until the start")).to_be_visible()
        await expect(main_button(page)).to_have_text("Book · €5.00")
        assert "Kaivokatu" not in await sheet.inner_text()

        await main_button(page).click()

        booking = page.locator(".view-booking")
        await expect(booking.get_by_role("heading", level=2)).to_have_text("Booked.")
        await expect(booking.get_by_text("Kaivokatu 4")).to_be_visible()
        await expect(booking.get_by_text("Copy 4711")).to_be_visible()
        route = booking.get_by_role("link", name="Route")
        assert "destination=60.17135,24.94372" in (await route.get_attribute("href") or "").replace(
            "%2C", ","
        )
    notice = await town.sandbox.person(lasse.person.id).wait_for_text("New booking:")
    assert "€5.00" in shown(notice)


@sizes
async def test_photos_are_turned_by_keys_and_buttons(town: Town, size: str) -> None:
    lasse = await town.newcomer("Lasse")
    space = await lasse.lists(photos=("space", "space"))
    async with town.visiting(size, None, f"space_{space['id']}") as page:
        strip = page.locator(".gallery-strip")
        await strip.focus()
        await page.keyboard.press("ArrowRight")
        await expect(page.locator(".dot").nth(1)).to_have_class("dot present")
        await page.get_by_role("button", name="Photo before").click(force=True)
        await expect(page.locator(".dot").nth(0)).to_have_class("dot present")


@sizes
async def test_a_visitor_signs_in_on_the_way_to_booking(town: Town, size: str) -> None:
    lasse = await town.newcomer("Lasse")
    space = await lasse.lists()
    async with town.visiting(size, None, f"space_{space['id']}") as page:
        await main_button(page).click()
        await page.get_by_role("radio", name="New here").click()
        await page.get_by_label("Name").fill("Ann")
        await page.get_by_label("E-mail").fill("not an address")
        await main_button(page).click()
        await expect(page.get_by_text("An address like")).to_be_visible()
        await page.get_by_label("E-mail").fill(f"ann-{size}@example.org")
        await page.get_by_label("Password").fill("a long enough secret 9")
        await page.keyboard.press("Enter")

        await expect(main_button(page)).to_have_text("Book · €5.00")


@sizes
async def test_a_visitor_sees_what_another_time_costs(town: Town, size: str) -> None:
    space = await (await town.newcomer("Lasse")).lists()
    async with town.visiting(size, None, f"space_{space['id']}") as page:
        sheet = page.locator(".view-space")
        await expect(sheet.get_by_text("€5.00 for this stay")).to_be_visible()

        await sheet.locator(".stay-line").click()
        await page.get_by_role("button", name="4 h", exact=True).click()
        await page.get_by_role("button", name="Show spaces").click()

        await expect(sheet.get_by_text("€10.00 for this stay")).to_be_visible()


@pytest.mark.parametrize("signed_in", [True, False], ids=["signed in", "a visitor"])
async def test_a_space_that_is_free_soon_is_had_from_then_with_a_tap(
    town: Town, *, signed_in: bool
) -> None:
    lasse, riva, nora = [await town.newcomer(name) for name in ("Lasse", "Riva", "Nora")]
    space = await lasse.lists()
    await nora.books(space["id"], start=datetime.now(UTC).isoformat(), end=soon(1, 2)["start"])
    who = riva if signed_in else None
    async with town.visiting("phone", who, f"space_{space['id']}", tolerated=REFUSED) as page:
        sheet = page.locator(".view-space")
        await expect(sheet.get_by_text("It is taken or closed for some")).to_be_visible()
        await expect(main_button(page)).to_have_count(0)

        await sheet.get_by_role("button", name="Free from").click()

        label = "Confirm · €5.00" if signed_in else "Sign in to book"
        await expect(main_button(page)).to_have_text(label)


async def test_two_people_in_one_tab_stay_two(town: Town) -> None:
    lasse, riva = await town.newcomer("Lasse"), await town.newcomer("Riva")
    async with town.visiting("phone", riva) as page:
        for who in (lasse, riva):
            await page.goto("about:blank")
            await page.goto(town.address(who))
            await page.wait_for_selector("html[data-ready]", state="attached")
            await page.get_by_role("button", name="Menu").first.click()
            await expect(page.locator(".view-menu h2")).to_contain_text(who.person.first_name)


@sizes
async def test_a_plate_is_asked_for_then_confirmed_and_remembered(town: Town, size: str) -> None:
    lasse, riva = await town.newcomer("Lasse"), await town.newcomer("Riva")
    space = await lasse.lists(plate_needed=True)
    async with town.visiting(size, riva, f"space_{space['id']}", tolerated=REFUSED) as page:
        await main_button(page).click()
        await expect(main_button(page)).to_have_text("Confirm · €5.00")
        await page.locator(".view-confirm").get_by_label("Number plate").fill("???")
        await main_button(page).click()
        await expect(page.get_by_text("That is no number plate.")).to_be_visible()
        await page.locator(".view-confirm").get_by_label("Number plate").fill("hel-204")
        await main_button(page).click()

        await expect(page.get_by_text("For HEL204")).to_be_visible()
    assert [it["plate"] for it in await riva.get("users/vehicles")] == ["HEL204"]


@sizes
async def test_a_request_is_confirmed_first_and_its_lister_accepts_on_the_map(
    town: Town, size: str
) -> None:
    lasse, riva = await town.newcomer("Lasse"), await town.newcomer("Riva")
    space = await lasse.lists(approval="request")
    booking = await riva.books(space["id"])
    assert booking["state"] == "requested"
    async with town.visiting(size, lasse, f"booking_{booking['id']}") as page:
        await page.get_by_role("button", name="Accept").click()
        await expect(page.get_by_text("booked", exact=True)).to_be_visible()
    assert (await riva.get(f"bookings/{booking['id']}"))["state"] == "booked"


@sizes
async def test_a_space_that_is_taken_meanwhile_says_so_in_its_sheet(town: Town, size: str) -> None:
    lasse, riva, nora = [await town.newcomer(name) for name in ("Lasse", "Riva", "Nora")]
    space = await lasse.lists()
    await lasse.lists("Garage B, bay 12")
    async with town.visiting(size, riva, f"space_{space['id']}", tolerated=REFUSED) as page:
        await expect(main_button(page)).to_have_text("Book · €5.00")
        now = datetime.now(UTC)
        await nora.books(space["id"], start=now.isoformat(), end=soon(5, 6)["end"])

        await expect(top(page).get_by_text("Taken a moment ago.")).to_be_visible()
        await expect(main_button(page)).to_have_count(0)
        await page.locator(".instead button").click()
        await expect(main_button(page)).to_have_text("Book · €5.00")


@sizes
async def test_a_stay_is_extended_and_given_up_at_the_sum_that_was_shown(
    town: Town, size: str
) -> None:
    lasse, riva = await town.newcomer("Lasse"), await town.newcomer("Riva")
    space = await lasse.lists(photos=("space", "entrance"))
    booking = await riva.books(space["id"])
    async with town.visiting(size, riva, f"booking_{booking['id']}") as page:
        view = page.locator(".view-booking")
        await expect(view.locator(".way-in img")).to_have_js_property("naturalWidth", 320)
        await view.get_by_role("button", name="Extend").click()
        await page.get_by_role("button", name="+ €1.25").click()
        await expect(view.get_by_text("€6.25, pay on site")).to_be_visible()

        await view.get_by_role("button", name="Cancel booking").click()
        await expect(page.get_by_text("You will owe nothing.")).to_be_visible()
        await main_button(page).click()
        await expect(view.get_by_text("cancelled", exact=True)).to_be_visible()
        # What was pressed is gone; keys go on where it stood.
        await expect(view.get_by_role("heading", level=2)).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(view).to_have_count(0)
    assert (await riva.get(f"bookings/{booking['id']}"))["refunded"]["minor"] == 625


async def test_a_booking_goes_into_ones_calendar(town: Town) -> None:
    lasse, riva = await town.newcomer("Lasse"), await town.newcomer("Riva")
    booking = await riva.books((await lasse.lists())["id"])
    async with town.visiting("desk", riva, f"booking_{booking['id']}") as page:
        async with page.expect_download() as saved:
            await page.get_by_role("button", name="Add to calendar").click()
        file = await (await saved.value).path()
        assert b"BEGIN:VEVENT" in file.read_bytes()


@sizes
async def test_a_renter_says_that_they_are_there_and_that_they_have_left(
    town: Town, size: str
) -> None:
    lasse, riva = await town.newcomer("Lasse"), await town.newcomer("Riva")
    space = await lasse.lists()
    now = datetime.now(UTC).isoformat()
    booking = await riva.books(space["id"], start=now, end=soon(2, 3)["end"])
    async with town.visiting(size, riva, f"booking_{booking['id']}") as page:
        await page.get_by_role("button", name="I'm here").click()
        await expect(page.get_by_text("you are there")).to_be_visible()
        await page.get_by_role("button", name="I've left").click()
        await expect(page.get_by_text("This stay is over.")).to_be_visible()
        await page.get_by_role("radio", name="4 of 5").click()
        await page.get_by_label("Comment").fill("Dry and easy to find.")
        await page.get_by_role("button", name="Send the review").click()
        await expect(page.get_by_text("Thank you for the review.")).to_be_visible()


async def from_menu(page: Page, entry: str) -> None:
    await page.get_by_role("button", name="Menu").first.click()
    await page.locator(".view-menu").get_by_role("button", name=entry, exact=True).click()


def photo(name: str = "bay.jpg", content: bytes | None = None) -> dict:
    return {"name": name, "mimeType": "image/jpeg", "buffer": content or picture()}


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
