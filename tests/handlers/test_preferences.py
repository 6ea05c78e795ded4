"""The order and the filters of a search, and how far it looks."""

from dataclasses import replace

import pytest

from market.domain.money import Money
from market.domain.place import Offset
from market.domain.space import Approval, Limits, Rating, Tag
from market.domain.tariff import Tariff
from tests.examples import a_space, euros, window
from tests.handlers.town import BAKERY, DRIVEWAY, GARAGE, HERE, Town, many, north
from tests.telegram import Chat


def titles(card: str) -> list[str]:
    return [line.split("⁨")[1].split("⁩")[0] for line in card.splitlines() if line[:3] == "<b>"]


async def test_another_order_says_out_of_what_and_is_remembered(chat: Chat, town: Town) -> None:
    await town.change(GARAGE, rating=Rating(50, 10))
    await chat.send_location(*HERE)
    card = await chat.press("Cheapest")
    assert card.startswith(
        "~ Free nearby · <b>today 14:00–16:00</b>\nCheapest first, within 20 km\n\n"
    )
    assert "[Nearest | f.sort] [Cheapest · | f.sort] [Best rated | f.sort]" in card
    assert [title[:6] for title in titles(card)] == ["Drivew", "Courty", "Garage"]
    rated = await chat.press("Best rated")
    assert "\nBest rated first, within 20 km\n" in rated
    assert [title[:6] for title in titles(rated)] == ["Garage", "Courty", "Drivew"]
    assert "Best rated first" in await chat.send_location(*HERE)
    assert "first" not in (await chat.press("Nearest")).splitlines()[1]


async def test_cheapest_looks_no_further_than_fills_a_card(chat: Chat, town: Town) -> None:
    await town.add(*many(4, tariff=Tariff(euros(400))))
    bargain = a_space(id=300, title="Bargain", place=north(1500), tariff=Tariff(euros(100)))
    await town.add(replace(bargain, offset=Offset(0.0, 0.0)))
    await chat.send_location(*HERE)
    card = await chat.press("Cheapest")
    assert "\nCheapest first, within 1 km\n" in card
    assert "Bargain" not in card
    more = await chat.press("More ›")
    assert [title[:4] for title in titles(more)] == ["Yard", "Yard"]
    assert "[‹ Back | f.page]" in more


async def test_of_very_many_the_nearest_are_compared(chat: Chat, town: Town) -> None:
    crowd = [replace(space, place=north(100)) for space in many(201)]
    await town.add(*crowd)
    await chat.send_location(*HERE)
    assert "\nCheapest first, of the 200 nearest\n" in await chat.press("Cheapest")


async def test_across_a_border_the_currency_paid_here_comes_first(chat: Chat, town: Town) -> None:
    await town.change(DRIVEWAY, tariff=Tariff(Money(100, "CHF")))
    await chat.send_location(*HERE)
    assert titles(await chat.press("Cheapest"))[-1].startswith("Driveway")


@pytest.mark.parametrize(
    ("metres", "said"),
    [
        (499, None),
        (900, "Nothing free within 500 m, so up to 1 km away:"),
        (1_900, "Nothing free within 1 km, so up to 2 km away:"),
        (4_900, "Nothing free within 2 km, so up to 5 km away:"),
        (19_000, "Nothing free within 5 km, so up to 20 km away:"),
    ],
)
async def test_where_nothing_is_near_it_looks_further_and_says_so(
    chat: Chat, town: Town, metres: float, said: str | None
) -> None:
    town.taken += [(space, window(0, 5)) for space in (BAKERY, GARAGE, DRIVEWAY)]
    await town.add(a_space(id=300, place=north(metres), offset=Offset(0.0, 0.0)))
    second = (await chat.send_location(*HERE)).splitlines()[1]
    assert second == (said or "")


async def test_filters_are_marked_and_kept(chat: Chat, town: Town) -> None:
    await chat.send_location(*HERE)
    card = await chat.press("Filters")
    assert card.startswith("~ <b>Filters</b>\n")
    assert "[covered | w.tag] [EV | w.tag] [gated | w.tag]" in card
    assert "[Vehicle size | w.size]\n" in card
    assert "[Any price · | w.price] [≤ €5.00 | w.price] [≤ €10.00 | w.price]" in card
    assert "[EV · | w.tag]" in await chat.press("EV")
    found = await chat.press("Show spaces")
    assert titles(found) == ["Garage B, bay 12"]
    assert "[Filters 1 | f.filters]" in found
    assert titles(await chat.send_location(*HERE)) == ["Garage B, bay 12"]
    await chat.press("Filters 1")
    assert "[EV | w.tag]" in await chat.press("EV ·")
    assert len(titles(await chat.press("Show spaces"))) == 3


async def test_nothing_of_the_kind_is_said_and_can_be_cleared(chat: Chat, town: Town) -> None:
    await chat.send_location(*HERE)
    await chat.press("Filters")
    await chat.press("accessible")
    nothing = await chat.press("Show spaces")
    assert "3 do not match your filters" in nothing
    await chat.press("Filters 1")
    await chat.press("Clear")
    assert len(titles(await chat.press("Show spaces"))) == 3


async def test_by_request_or_at_once(chat: Chat, town: Town) -> None:
    await town.change(GARAGE, approval=Approval.REQUEST)
    await chat.send_location(*HERE)
    assert "by request" in await chat.say("tomorrow 9-17")
    await chat.press("Filters")
    assert "[Instant only · | w.instant]" in await chat.press("Instant only")
    assert "Garage" not in await chat.press("Show spaces")


async def test_a_price_is_for_the_whole_stay_where_it_is_paid(chat: Chat, town: Town) -> None:
    await town.change(BAKERY, tariff=Tariff(Money(100, "CHF")))
    await chat.send_location(*HERE)
    await chat.press("Filters")
    card = await chat.press("≤ €5.00")
    assert "[Any price | w.price] [≤ €5.00 · | w.price]" in card
    assert titles(await chat.press("Show spaces")) == ["Driveway &lt;b&gt;blue&lt;/b&gt; gate"]
    assert titles(await chat.press("4 h")) == []
    await chat.press("Filters 1")
    assert "[Any price · | w.price]" in await chat.press("Any price")


async def test_a_typed_size_leaves_out_where_it_does_not_fit(chat: Chat, town: Town) -> None:
    await town.change(GARAGE, limits=Limits(height=190))
    await chat.send_location(*HERE)
    await chat.press("Filters")
    assert "How high and how long" in await chat.press("Vehicle size")
    assert "Height and length, please" in await chat.say("huge")
    assert "Height and length, please" in await chat.send_sticker()
    assert "Garage" not in await chat.say("2.1 x 5.2")
    card = await chat.press("Filters 1")
    assert "[Fits 2.1 m × 5.2 m · | w.fit] [Vehicle size | w.size]" in card
    assert "[Fits 2.1 m × 5.2 m | w.fit]" in await chat.press("Fits 2.1 m × 5.2 m ·")
    assert "Garage" in await chat.press("Show spaces")


async def test_the_vehicle_used_last_decides_what_fits(chat: Chat, town: Town) -> None:
    await town.change(GARAGE, limits=Limits(height=190))
    await chat.say("/settings")
    await chat.press("Vehicles")
    await chat.press("Add a vehicle")
    await chat.say("hel-204")
    assert "Garage" in await chat.send_location(*HERE)
    await chat.press("Filters")
    await chat.press("Vehicle size")
    assert "Garage" not in await chat.say("210 cm")
    await chat.say("/settings")
    await chat.press("Vehicles")
    assert "2.1 m high" in await chat.press("HEL204")


@pytest.mark.parametrize("data", ["f.sort:x:0", "w.tag:x:0", "w.price:x.EUR:0"])
async def test_garbled_choices_are_answered(chat: Chat, town: Town, data: str) -> None:
    await chat.send_location(*HERE)
    assert await chat.press_data(data) != ""


async def test_the_longest_card_stays_under_a_thousand_characters(chat: Chat, town: Town) -> None:
    crowded = [
        replace(
            space,
            title="W" * 60,
            tags=frozenset(Tag),
            approval=Approval.REQUEST,
            place=north(1_500 + space.id),
            rating=Rating(49, 10),
        )
        for space in many(6)
    ]
    await town.add(*crowded)
    town.taken += [(space, window(0, 50)) for space in (BAKERY, GARAGE, DRIVEWAY)]
    await chat.say("Bakery Street 4")
    card = await chat.say("tomorrow 9-17")
    text = card[: card.index("\n[1 |")]
    assert "so up to 2 km away" in text
    assert len(text.replace("<b>", "").replace("</b>", "")) < 1000


async def test_a_booking_keeps_what_was_searched_for(chat: Chat, town: Town) -> None:
    await chat.send_location(*HERE)
    await chat.press("Filters")
    await chat.press("EV")
    await chat.press("Show spaces")
    await chat.press("1")
    await chat.press("Book")
    [booking] = await town.bookings()
    assert booking.wanted == {Tag.EV}
