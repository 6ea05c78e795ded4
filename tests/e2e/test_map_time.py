"""What the map page reckons by itself: times in zones of others, money, distances."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Page

from tests.e2e.town import Town


@pytest.fixture(scope="module")
async def page(town: Town) -> AsyncIterator[Page]:
    async with town.visiting("desk", timezone_id="America/New_York") as page:
        yield page


async def reckoned(page: Page, module: str, body: str, *given: Any) -> Any:
    """What a function body gives that knows a module of the page as ``it`` and its facts."""
    script = f"""async (given) => {{
      const main = document.querySelector("script[type=module]").src;
      const it = await import(new URL("./{module}.js", main));
      {body}
    }}"""
    return await page.evaluate(script, given)


@pytest.mark.parametrize(
    ("zone", "wall", "instant"),
    [
        ("Europe/Helsinki", (2030, 6, 3, 15, 30), "2030-06-03T12:30:00.000Z"),
        ("Asia/Kathmandu", (2030, 6, 3, 0, 0), "2030-06-02T18:15:00.000Z"),
        ("Europe/Berlin", (2030, 3, 31, 2, 30), "2030-03-31T01:30:00.000Z"),
        ("Europe/Berlin", (2030, 10, 27, 2, 30), "2030-10-27T00:30:00.000Z"),
        ("Europe/Berlin", (2030, 12, 32, 9, 0), "2031-01-01T08:00:00.000Z"),
    ],
    ids=["summer", "a quarter", "left out in spring", "first of two in autumn", "day runs over"],
)
async def test_a_wall_time_is_the_instant_at_which_clocks_show_it(
    page: Page, zone: str, wall: tuple[int, ...], instant: str
) -> None:
    body = """const [[year, month, day, hour, minute], zone] = given;
      return it.instant({ year, month, day, hour, minute }, zone).toISOString();"""

    assert await reckoned(page, "zones", body, wall, zone) == instant


CHIPS = """const stay = new it.Stay();
  stay.zone = given[1];
  return stay.chips(new Date(given[0])).map(
    ({ name, start, end }) => [name, start.toISOString(), end.toISOString()]);"""


async def test_the_usual_times_are_those_of_the_place(page: Page) -> None:
    chips = await reckoned(page, "stay", CHIPS, "2030-06-03T11:05:00Z", "Europe/Helsinki")

    assert chips == [
        ["1h", "2030-06-03T11:15:00.000Z", "2030-06-03T12:15:00.000Z"],
        ["2h", "2030-06-03T11:15:00.000Z", "2030-06-03T13:15:00.000Z"],
        ["4h", "2030-06-03T11:15:00.000Z", "2030-06-03T15:15:00.000Z"],
        ["tonight", "2030-06-03T15:00:00.000Z", "2030-06-03T20:00:00.000Z"],
        ["tomorrow", "2030-06-04T06:00:00.000Z", "2030-06-04T14:00:00.000Z"],
    ]


@pytest.mark.parametrize(
    ("now", "tonight"),
    [
        ("2030-06-03T16:05:00Z", ["2030-06-03T16:15:00.000Z", "2030-06-03T20:00:00.000Z"]),
        ("2030-06-03T19:29:00Z", ["2030-06-03T19:30:00.000Z", "2030-06-03T20:00:00.000Z"]),
        ("2030-06-03T19:30:00Z", None),
    ],
    ids=["in the evening", "just before half past ten", "half past ten"],
)
async def test_tonight_begins_now_at_the_earliest_and_is_not_offered_late(
    page: Page, now: str, tonight: list[str] | None
) -> None:
    chips = await reckoned(page, "stay", CHIPS, now, "Europe/Helsinki")

    found = {name: ends for name, *ends in chips}
    assert found.get("tonight") == tonight


@pytest.mark.parametrize(
    ("window", "said"),
    [
        (("2030-06-03T12:00:00Z", "2030-06-03T14:00:00Z"), "today 15:00–17:00"),
        (("2030-06-03T18:00:00Z", "2030-06-03T21:00:00Z"), "today 21:00–00:00"),
        (("2030-06-03T20:00:00Z", "2030-06-04T05:00:00Z"), "today 23:00 – tomorrow 08:00"),
        (("2030-06-08T06:00:00Z", "2030-06-08T07:00:00Z"), "Sat 8 Jun 09:00–10:00"),
    ],
    ids=["within a day", "until midnight", "over night", "another day"],
)
async def test_a_stay_is_said_in_the_zone_of_the_place(
    page: Page, window: tuple[str, str], said: str
) -> None:
    body = """const [start, end] = given[0].map((at) => new Date(at));
      return it.when({ start, end }, "Europe/Helsinki", new Date("2030-06-03T11:00:00Z"));"""

    # Browsers do not agree on the comma behind a day of the week.
    assert (await reckoned(page, "words", body, window)).replace(",", "") == said


@pytest.mark.parametrize(
    ("metres", "country", "said"),
    [
        (4, "FI", "10 m"),
        (234, "FI", "230 m"),
        (1_349, "FI", "1.3 km"),
        (200, "US", "660 ft"),
        (200, "GB", "220 yd"),
        (3_000, "GB", "1.9 mi"),
    ],
)
async def test_distances_are_said_as_people_measure_there(
    page: Page, metres: float, country: str, said: str
) -> None:
    assert await reckoned(page, "words", "return it.distance(...given);", metres, country) == said


@pytest.mark.parametrize(
    ("minor", "currency", "full", "short"),
    [
        (500, "EUR", "€5.00", "€5"),
        (550, "EUR", "€5.50", "€5.50"),
        (500, "JPY", "¥500", "¥500"),
        (123_456, "USD", "$1,234.56", "$1,234.56"),
    ],
    ids=["whole", "with cents", "without cents", "thousands"],
)
async def test_money_has_the_cents_that_its_currency_has(
    page: Page, minor: int, currency: str, full: str, short: str
) -> None:
    body = """const [minor, currency] = given;
      return [it.money({ minor, currency }), it.money({ minor, currency }, { short: true })];"""

    assert await reckoned(page, "words", body, minor, currency) == [full, short]
