"""Places and spaces that a person keeps for later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from chat.screen import Screen
from market.domain.ids import written
from market.domain.place import Point, metres
from market.domain.saved import MOST_FAVOURITES, PLACE_NAME, SavedPlace
from market.domain.space import Space
from market.domain.window import Window
from views import find, maps
from views.layout import Rows, grid, press
from views.words import Html, Words, bold, user_text


class Act(StrEnum):
    NAME = "v.name"
    LOVE = "v.love"
    REMOVE = "v.no"


@dataclass(frozen=True, slots=True)
class Favourite:
    """A favourite space, and whether it can be had for the window of the search."""

    space: Space
    free: bool


def ask_name(words: Words, version: int) -> Screen:
    """The names that most people want are one tap away."""
    usual = (words.label("🏠 Home"), words.label("💼 Work"))
    return Screen(
        words.say("What shall I call this place? Tap, or type a name, for example Gym."),
        rows=(
            tuple(press(name, Act.NAME, name, version) for name in usual),
            (press(words.label("Back"), find.Act.RESULTS, "", version),),
        ),
        card=find.CARD,
    )


def need_name(words: Words) -> Screen:
    return Screen(
        words.say(
            "A name of at most {n} characters, please, for example Gym. /cancel leaves.",
            n=PLACE_NAME.stop - 1,
        )
    )


def saved(words: Words, place: SavedPlace) -> Html:
    return words.say(
        "{name} is saved: /find offers it from now on, and /settings removes it.",
        name=user_text(place.name),
    )


def favourites(
    words: Words,
    listed: Sequence[Favourite],
    place: Point,
    window: Window,
    zone: str,
    now: datetime,
    version: int,
) -> Screen:
    """All favourites, with what the stay would cost where it can be had."""
    back = (press(words.label("Back"), find.Act.RESULTS, "", version),)
    if not listed:
        text = words.say(
            "No favourites yet. Open a space and tap ♡: it is then one tap away, up to {n} of"
            " them.",
            n=MOST_FAVOURITES,
        )
        return Screen(text, rows=(back,), card=find.CARD)
    header = words.say("Favourites · {when}", when=bold(words.when(window, ZoneInfo(zone), now)))
    lines = [
        _line(words, number, favourite, place, window) for number, favourite in enumerate(listed, 1)
    ]
    numbers = [
        press(str(number), find.Act.OPEN, written(favourite.space.id), version)
        for number, favourite in enumerate(listed, 1)
    ]
    spaces = [favourite.space for favourite in listed]
    return Screen(
        "\n\n".join([header, *lines]),
        rows=(*grid(numbers, 5), back),
        picture=maps.of_results(words, place, spaces, now, zone),
        card=find.CARD,
    )


def removals(places: Sequence[SavedPlace], version: int) -> Rows:
    return tuple(
        (press(f"✕ {place.name}", Act.REMOVE, written(place.id), version),) for place in places
    )


def _line(words: Words, number: int, favourite: Favourite, place: Point, window: Window) -> Html:
    space = favourite.space
    price = words.money(space.tariff.price(window.length))
    facts = (
        price if favourite.free else words.say("not to be had then"),
        find.distance(words, metres(place, space.public_point), space.country),
        find.rating(words, space),
    )
    return Html(f"<b>{number}  {user_text(space.title)}</b>\n{' · '.join(facts)}")
