"""The map itself: what it shows, and what it does under a finger, on a phone and on a desk."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from market.domain.ids import SpaceId, new_id, read_id
from market.domain.money import Money
from market.domain.place import Offset, Point, shifted
from market.domain.space import Rating, Tag
from market.domain.tariff import Tariff
from tests.e2e.page import STILL, look_again, sizes
from tests.e2e.town import PLACE, Neighbour, Town, a_town
from tests.examples import a_space

CENTRE = Point(PLACE["lat"], PLACE["lng"])
EVERY = 110.0
"""Metres between two neighbours in the street of the test."""


@pytest.fixture(scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> AsyncIterator[Town]:
    async with a_town(tmp_path_factory.mktemp("map"), chromium) as town:
        lasse = await town.newcomer("Lasse")
        await build(town, lasse)
        yield town


def spot(n: int) -> Point:
    """Of the space with this number: two to the west and two to the east, and some far north."""
    if n >= 5:
        return shifted(CENTRE, Offset(0, 3_000 + EVERY * n))
    return shifted(CENTRE, Offset(90, EVERY * (n - 2)))


def marker(page: Page, n: int, price: str = "", state: str = "free"):
    """Of a space by its number, with the price of the stay."""
    name = re.compile(rf"^\W*Bay {n}\W.*{re.escape(price)}.*\b{state}")
    return page.locator(".marker").and_(page.get_by_role("button", name=name))


async def build(town: Town, lister: Neighbour) -> None:
    """Five spaces in a row, the second of them with charging, and three more far north."""
    owner = read_id((await lister.get("auth/me"))["id"])
    now = datetime.now(UTC)
    async with town.place.store.begin() as work:
        for n in range(8):
            space = a_space(
                id=SpaceId(new_id()),
                lister=owner,
                title=f"Bay {n}",
                place=spot(n),
                shows_place=True,
                zone="Europe/Helsinki",
                country="FI",
                tariff=Tariff(Money(200 + 50 * n, "EUR")),
                tags=frozenset({Tag.EV} if n == 1 else ()),
                rating=Rating(9, 2) if n == 2 else Rating(),
                listed_at=now,
            )
            await work.spaces.add(space)


@sizes
async def test_the_map_shows_every_space_with_the_price_of_the_stay(town: Town, size: str) -> None:
    async with town.visiting(size) as page:
        for n in range(1, 4):
            await expect(marker(page, n, f"€{4 + n}.00")).to_be_visible()
        await expect(page.locator(".list-summary")).to_contain_text("free, from €")
        await expect(page.locator(".spot").first).to_contain_text("Bay")
        await expect(page.locator(".leaflet-control-attribution")).to_contain_text("OpenStreetMap")


@sizes
async def test_moving_the_map_brings_what_is_there_and_keeps_what_was(
    town: Town, size: str
) -> None:
    north = spot(6)
    async with town.visiting(size) as page:
        await expect(page.locator(".map")).to_have_attribute("data-spaces", "5")

        await page.get_by_role("searchbox").fill(f"{north.lat:.5f}, {north.lng:.5f}")
        await page.keyboard.press("Enter")

        await expect(page.locator(".map")).to_have_attribute("data-spaces", "3")
        await expect(marker(page, 6, "€10.00")).to_be_visible()
        await expect(page.locator(".pin")).to_be_visible()


@sizes
async def test_another_length_of_stay_changes_the_prices(town: Town, size: str) -> None:
    async with town.visiting(size) as page:
        await expect(marker(page, 2, "€6.00")).to_be_visible()

        await page.locator(".time-chip").click()
        await page.get_by_role("button", name="4 h", exact=True).click()
        await page.get_by_role("button", name="Show spaces").click()

        await expect(marker(page, 2, "€12.00")).to_be_visible()
        await expect(marker(page, 2, "€6.00")).to_have_count(0)


@sizes
async def test_a_day_and_two_times_are_chosen_by_hand(town: Town, size: str) -> None:
    async with town.visiting(size) as page:
        await page.locator(".time-chip").click()
        day = (datetime.now(UTC) + timedelta(days=3)).date()
        await page.get_by_label("First day").fill(day.isoformat())
        await page.get_by_label("Start time").select_option("09:00")
        await page.get_by_label("End time").select_option("12:30")
        await expect(page.locator(".times-summary")).to_contain_text("3 h 30 min")

        await page.get_by_label("Last day").fill((day - timedelta(days=2)).isoformat())
        await expect(page.get_by_text("The end must be after the start.")).to_be_visible()
        await expect(page.get_by_role("button", name="Show spaces")).to_be_disabled()
        await page.get_by_label("Last day").fill(day.isoformat())

        await page.get_by_role("button", name="Show spaces").click()

        await expect(page.locator(".time-chip")).to_contain_text("09:00–12:30")
        await expect(marker(page, 2, "€10.50")).to_be_visible()


@sizes
async def test_a_filter_leaves_what_has_it(town: Town, size: str) -> None:
    async with town.visiting(size) as page:
        await expect(page.locator(".map")).to_have_attribute("data-spaces", "5")
        await page.get_by_role("button", name="Filters").click()
        view = page.locator(".view-filters")
        await view.get_by_role("button", name="EV charging").click()
        await page.get_by_role("button", name=re.compile("^Show 1 space")).click()

        await expect(page.locator(".map")).to_have_attribute("data-spaces", "1")
        await expect(page.locator(".spot")).to_have_count(1)
        await expect(page.get_by_role("button", name="1 filter")).to_be_visible()


@sizes
async def test_a_place_is_searched_by_its_name(town: Town, size: str) -> None:
    async with town.visiting(size) as page:
        await page.get_by_role("searchbox").fill("Aleksanterinkatu 9")
        await page.keyboard.press("Enter")
        await expect(page.locator(".pin")).to_be_visible()

        await page.get_by_role("searchbox").fill("Qwertyuiop")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Nothing found")).to_be_visible()

        await page.get_by_role("button", name="Clear the search").click()
        await expect(page.locator(".pin")).to_have_count(0)


@sizes
async def test_a_marker_opens_its_space_and_shows_its_stars(town: Town, size: str) -> None:
    async with town.visiting(size) as page:
        await marker(page, 2).click()

        await expect(page.locator(".view-space h2")).to_contain_text("Bay 2")
        await expect(page.locator(".marker.chosen .marker-stars")).to_contain_text("4.5")

        await marker(page, 3).click()
        await expect(page.locator(".view-space h2")).to_contain_text("Bay 3")
        await page.keyboard.press("Escape")
        await expect(page.locator(".view-space")).to_have_count(0)
        await expect(page.locator(".marker.chosen")).to_have_count(0)


async def test_back_closes_what_lies_on_the_list_and_then_leaves(town: Town) -> None:
    async with town.visiting("phone") as page:
        await page.locator(".time-chip").click()
        await expect(page.locator(".view-times")).to_be_visible()
        await page.evaluate("history.back()")
        await expect(page.locator(".view-times")).to_have_count(0)
        await expect(page.locator(".marker").first).to_be_visible()


async def test_the_list_is_dragged_up_over_the_map(town: Town) -> None:
    async with town.visiting("phone") as page:
        await expect(page.locator(".spot").first).to_be_visible()
        box = await page.locator(".sheet-grip").bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + 10

        await page.mouse.move(x, y)
        await page.mouse.down()
        await page.mouse.move(x, y - 250, steps=8)
        await page.mouse.move(x, 120, steps=8)
        await page.mouse.up()

        await expect(page.locator(".sheet")).to_have_attribute("data-stop", "full")


async def test_a_card_points_at_its_marker_and_opens_its_space(town: Town) -> None:
    async with town.visiting("desk") as page:
        card = page.locator(".spot", has_text="Bay 3")
        await card.hover()
        await expect(page.locator(".marker.hovered")).to_contain_text("€7")

        await card.click()
        await expect(page.locator(".view-space h2")).to_contain_text("Bay 3")


@sizes
async def test_the_map_goes_to_where_one_is_once_that_is_allowed(town: Town, size: str) -> None:
    north = spot(5)
    here = {"latitude": north.lat, "longitude": north.lng}
    async with town.visiting(size, geolocation=here, permissions=["geolocation"]) as page:
        await page.get_by_role("button", name="My position").click()

        await expect(page.locator(".me")).to_be_visible()
        await expect(page.locator(".map")).to_have_attribute("data-spaces", "3")


async def test_whoever_does_not_allow_it_is_told_another_way(town: Town) -> None:
    async with town.visiting("phone") as page:
        await page.get_by_role("button", name="My position").click()
        await expect(page.get_by_text("Search for an address instead")).to_be_visible()


@sizes
async def test_a_link_opens_a_place(town: Town, size: str) -> None:
    north = spot(6)
    start = f"at_{north.lat:.5f}_{north.lng:.5f}"
    async with town.visiting(size, None, start) as page:
        await expect(page.locator(".pin")).to_be_visible()
        await expect(page.locator(".map")).to_have_attribute("data-spaces", "3")


async def test_a_booking_is_seen_on_an_open_map(town: Town) -> None:
    riva, sami = await town.newcomer("Riva"), await town.newcomer("Sami")
    async with town.visiting("desk", riva) as page:
        await expect(page.locator(".map")).to_have_attribute("data-spaces", "5")
        await expect(marker(page, 4)).to_be_visible()
        (space,) = [
            it
            for it in (await sami.get(f"spaces?lat={CENTRE.lat}&lng={CENTRE.lng}"))["items"]
            if it["title"] == "Bay 4"
        ]
        start = datetime.now(UTC) + timedelta(minutes=1)
        await sami.books(
            space["id"],
            start=start.isoformat(),
            end=(start + timedelta(hours=20)).isoformat(),
        )

        await expect(marker(page, 4, state="taken")).to_be_visible()


async def test_without_a_network_the_map_says_so_and_keeps_what_it_knows(town: Town) -> None:
    async with town.visiting("phone", tolerated="ERR_FAILED") as page:
        await expect(page.locator(".marker").first).to_be_visible()
        await page.route("**/api/v1/**", lambda route: route.abort())

        await page.get_by_role("button", name="Covered").first.click()

        await expect(page.get_by_role("alert")).to_contain_text("No connection.")
        await expect(page.locator(".marker").first).to_be_visible()


async def test_markers_follow_two_fingers(town: Town) -> None:
    async with town.visiting("phone") as page:
        await expect(marker(page, 2)).to_be_visible()
        fingers = await page.context.new_cdp_session(page)

        async def touch(kind: str, *xs: int) -> None:
            points = [{"x": x, "y": 300, "id": n} for n, x in enumerate(xs)]
            await fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        await touch("touchStart", 150, 250)
        await touch("touchMove", 145, 255)
        await touch("touchMove", 140, 260)
        markers, scaled = page.locator(".markers"), re.compile("scale")
        await expect(markers).to_have_attribute("style", scaled)
        await touch("touchEnd")
        await expect(markers).not_to_have_attribute("style", scaled)
        await expect(marker(page, 2)).to_be_visible()


async def test_the_keyboard_goes_past_the_markers_to_the_list(town: Town) -> None:
    async with town.visiting("desk") as page:
        await expect(page.locator(".spot").first).to_be_visible()

        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")

        await expect(page.locator(".spot").first).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.locator(".view-space")).to_be_visible()


async def test_a_focus_stays_on_its_filter_when_the_map_looks_again(town: Town) -> None:
    async with town.visiting("desk") as page:
        await expect(marker(page, 2)).to_be_visible()
        chip = page.locator(".bar-tags .chip").first
        await chip.focus()

        async with page.expect_response("**/spaces/map?*"):
            await look_again(page)
        await page.evaluate(STILL)

        await expect(chip).to_be_focused()


async def test_a_focus_below_the_edge_does_not_move_the_page(town: Town) -> None:
    async with town.visiting("phone") as page:
        await expect(page.locator(".spot").last).to_be_attached()
        await page.locator(".spot").last.evaluate("(spot) => spot.focus()")

        assert await page.evaluate("[document.body.scrollTop, scrollY]") == [0, 0]


@pytest.mark.parametrize(("scheme", "white"), [("light", True), ("dark", False)])
async def test_the_page_is_dark_before_its_scripts_are_there(
    town: Town, scheme: Any, *, white: bool
) -> None:
    page = await town.browser.new_page(color_scheme=scheme)
    await page.route("**/main.js", lambda route: route.abort())
    await page.goto(town.address())
    paint = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    await page.close()
    assert (paint == "rgb(255, 255, 255)") is white
