"""Spaces on the map page: looked at, booked, extended, given up, left, and asked for by others."""

from datetime import UTC, datetime

import pytest
from playwright.async_api import expect

from sandbox import shown
from tests.e2e.page import main_button, sizes, top
from tests.e2e.town import REFUSED, Town, soon


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
