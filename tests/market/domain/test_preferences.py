from dataclasses import replace

import pytest

from market.domain.preferences import Preferences, Size
from market.domain.search import Filters, Sort
from market.domain.space import Tag
from tests.examples import euros

CHOSEN = Preferences(
    sort=Sort.CHEAPEST,
    tags=frozenset({Tag.EV}),
    instant_only=True,
    max_price=euros(500),
    size=Size(190, 460),
)


def test_preferences_become_filters() -> None:
    assert Preferences().filters("EUR") == Filters()
    assert CHOSEN.filters("EUR") == Filters(
        tags=frozenset({Tag.EV}),
        height=190,
        length=460,
        max_price=500,
        currency="EUR",
        instant_only=True,
    )


def test_a_price_in_another_currency_is_left_out() -> None:
    assert CHOSEN.filters("USD") == replace(CHOSEN, max_price=None).filters("USD")


@pytest.mark.parametrize(
    ("typed", "vehicle", "room"),
    [
        (Size(), Size(), Size()),
        (Size(190, 460), Size(), Size(190, 460)),
        (Size(190, 460), Size(210, 520), Size(210, 520)),
        (Size(190, 460), Size(height=210), Size(210, 460)),
    ],
    ids=["nothing known", "typed", "the vehicle's own", "what is not known of it, as typed"],
)
def test_what_the_vehicle_needs(typed: Size, vehicle: Size, room: Size) -> None:
    preferences = Preferences(size=typed, vehicle=vehicle)
    assert preferences.room == room
    assert replace(preferences, fitting=False).filters("EUR") == Filters()


def test_a_tag_is_turned_on_and_off() -> None:
    once = Preferences().toggled(Tag.LIT)
    assert once.tags == {Tag.LIT}
    assert once.toggled(Tag.LIT) == Preferences()


@pytest.mark.parametrize(
    ("preferences", "count"),
    [
        (Preferences(), 0),
        (Preferences(sort=Sort.BEST_RATED), 0),
        (Preferences(vehicle=Size(height=210)), 1),
        (Preferences(vehicle=Size(height=210), fitting=False), 0),
        (CHOSEN, 4),
        (CHOSEN.cleared(), 0),
    ],
)
def test_it_is_counted_how_much_is_asked(preferences: Preferences, count: int) -> None:
    assert preferences.picky == count


def test_clearing_keeps_the_order_and_what_is_known_of_the_vehicle() -> None:
    cleared = CHOSEN.cleared()
    assert (cleared.sort, cleared.size) == (Sort.CHEAPEST, Size(190, 460))
    assert cleared.filters("EUR") == Filters()
