"""The map page for everybody: axe-core over every view, light and dark, and by keyboard alone."""

from collections.abc import Awaitable, Callable
from importlib.resources import files
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.e2e.town import PLACE, REFUSED, Neighbour, Town, picture

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
RUN = """async () => {
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    const told = ({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ''}`;
    return violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(told) }));
}"""
FINISH = """() => document.getAnimations()
    .filter(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime))
    .forEach((animation) => animation.finish())"""
GRAVE = ("serious", "critical")
HERE = f"at_{PLACE['lat']}_{PLACE['lng']}"
Step = Callable[[Page], Awaitable[Any]]


async def grave(page: Page) -> list[Any]:
    """What axe finds at this moment that keeps somebody out."""
    await page.evaluate(FINISH)
    found = await page.evaluate(RUN)
    return [one for one in found if one["impact"] in GRAVE]


def tap(name: str, role: str = "button") -> Step:
    return lambda page: page.get_by_role(role, name=name, exact=True).last.click()  # type: ignore[arg-type]


def main() -> Step:
    return lambda page: page.locator(".main-button").click()


def shows(selector: str) -> Step:
    return lambda page: expect(page.locator(selector).last).to_be_visible()


async def fill(page: Page) -> None:
    await page.get_by_role("button", name="Choose on the map").click()
    await page.get_by_role("button", name="Use this place").click()
    photo = {"name": "bay.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    await page.get_by_label("Add photos").set_input_files([photo])
    await page.get_by_label("Title").fill("Driveway with the blue gate")
    await page.get_by_label("Price of an hour").fill("x")
    await page.locator(".main-button").click()


async def right_price(page: Page) -> None:
    await page.get_by_label("Price of an hour").fill("2,50")
    await page.locator(".main-button").click()


VISITOR: list[tuple[str, list[Step]]] = [
    ("map", [shows(".view-list")]),
    ("menu", [tap("Menu"), shows(".view-menu .menu")]),
    ("login", [tap("Sign in"), shows(".view-login .form")]),
    ("registration", [tap("New here", "radio"), main(), shows(".view-login .wrong")]),
    (
        "password",
        [tap("Sign in", "radio"), tap("Forgotten your password?"), shows(".view-password")],
    ),
]
RENTER: list[tuple[str, list[Step]]] = [
    ("space", [shows(".view-space .price"), shows(".view-space .lines")]),
    ("times", [lambda page: page.locator(".view-space .stay-line").click(), shows(".view-times")]),
    ("plate", [tap("Close"), main(), shows(".view-confirm input")]),
    (
        "booked",
        [
            lambda page: page.get_by_label("Number plate").last.fill("HEL-204"),
            main(),
            shows(".way-in"),
        ],
    ),
    ("extend", [tap("Extend"), shows(".offer-row")]),
    ("cancel", [tap("Close"), tap("Cancel booking"), shows(".view-sure")]),
]
LISTER: list[tuple[str, list[Step]]] = [
    ("my bookings", [tap("Menu"), tap("My bookings"), shows(".view-bookings .nothing")]),
    ("my spaces", [tap("Close"), tap("My spaces"), shows(".space-card")]),
    ("guests", [tap("Bookings"), shows(".view-guests .card")]),
    (
        "edit",
        [
            tap("Close"),
            tap("Edit"),
            shows(".view-edit .form"),
            lambda page: page.locator("summary").last.click(),
        ],
    ),
    (
        "form",
        [
            tap("Close"),
            main(),
            shows(".view-add .form"),
            fill,
            shows(".view-add .wrong:not(:empty)"),
        ],
    ),
    ("preview", [right_price, shows(".view-preview .gallery")]),
    (
        "report",
        [
            tap("Close"),
            tap("Close"),
            tap("Close"),
            tap("Report a car"),
            main(),
            shows(".view-report .wrong:not(:empty)"),
        ],
    ),
    ("vehicles", [tap("Close"), tap("Vehicles"), shows(".view-vehicles .nothing")]),
    ("settings", [tap("Close"), tap("Settings"), shows(".view-settings .field")]),
    ("language", [tap("Close"), tap("Language"), shows(".view-language .option")]),
    ("privacy", [tap("Close"), tap("Privacy"), shows(".view-privacy .action")]),
]


async def walked(page: Page, steps: list[tuple[str, list[Step]]]) -> dict[str, list[Any]]:
    """What keeps somebody out, by view."""
    await page.evaluate(AXE)
    found = {}
    for name, actions in steps:
        for act in actions:
            await act(page)
        if wrong := await grave(page):
            found[name] = wrong
    return found


@pytest.mark.parametrize(("size", "scheme"), [("phone", "dark"), ("desk", "light")])
async def test_no_view_keeps_anybody_out(town: Town, size: str, scheme: str) -> None:
    lasse, riva = await town.newcomer("Lasse"), await town.newcomer("Riva")
    space = await lasse.lists(photos=("space", "space", "entrance"), plate_needed=True)
    found = {}
    journeys: list[tuple[Neighbour | None, str, Any]] = [
        (None, HERE, VISITOR),
        (riva, f"space_{space['id']}", RENTER),
        (lasse, HERE, LISTER),
    ]
    for who, start, steps in journeys:
        looks: dict[str, Any] = {"color_scheme": scheme, "tolerated": REFUSED, "bypass_csp": True}
        async with town.visiting(size, who, start, **looks) as page:
            found |= await walked(page, steps)
    assert found == {}


async def test_a_space_is_booked_by_keyboard_alone(town: Town) -> None:
    lasse, riva = await town.newcomer("Lasse"), await town.newcomer("Riva")
    space = await lasse.lists()
    async with town.visiting("desk", riva, f"space_{space['id']}") as page:
        await expect(page.locator(".view-space h2")).to_be_focused()
        await expect(page.locator(".main-button")).to_have_text("Book · €5.00")
        for _ in range(20):
            await page.keyboard.press("Tab")
            if await page.evaluate("document.activeElement.matches('.main-button')"):
                break
        await page.keyboard.press("Enter")
        await expect(page.locator(".view-booking h2")).to_be_focused()
        await page.get_by_role("button", name="Extend").press("Enter")
        await expect(page.locator(".offer-row").first).to_be_visible()

        await page.keyboard.press("Escape")

        await expect(page.get_by_role("button", name="Extend")).to_be_focused()


async def test_everything_that_is_tapped_is_large_enough(town: Town) -> None:
    lasse, riva = await town.newcomer("Lasse"), await town.newcomer("Riva")
    space = await lasse.lists()
    booking = await riva.books(space["id"])
    small = """() => [...document.querySelectorAll('.view:last-child :is(button, a, input)')]
        .filter((node) => node.checkVisibility() && !node.matches('.visually-hidden'))
        .map((node) => [node.textContent || node.ariaLabel, node.getBoundingClientRect().height])
        .filter(([, height]) => height < 43.5)"""
    for who, start in ((riva, f"space_{space['id']}"), (riva, f"booking_{booking['id']}")):
        async with town.visiting("phone", who, start) as page:
            await expect(page.locator(".view .lines").first).to_be_visible()
            assert await page.evaluate(small) == []


async def test_what_people_write_does_not_turn_our_sentences_around(town: Town) -> None:
    lasse = await town.newcomer("Lasse")
    title = "‮gnikrap‬ חניה"  # somebody tries
    space = await lasse.lists(title=title)
    async with town.visiting("phone", None, f"space_{space['id']}") as page:
        await expect(page.locator(".view-space .lines").first).to_be_visible()
        heading = await page.locator(".view-space h2").inner_text()
    assert heading.startswith("\u2068")
    assert heading.endswith("\u2069")
    assert "\u202e" not in heading
