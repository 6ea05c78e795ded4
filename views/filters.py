"""What a renter asks of a space: chosen once, kept for every later search."""

from enum import StrEnum

from chat.screen import Button, Screen
from market.domain.money import Money, usual_hour
from market.domain.preferences import Preferences, Size
from views import find
from views.layout import grid, marked, press
from views.words import Html, Words

PRICES = (2, 4, 8)
"""Hours whose usual price is offered as a limit."""


class Act(StrEnum):
    TAG = "w.tag"
    INSTANT = "w.instant"
    FIT = "w.fit"
    SIZE = "w.size"
    PRICE = "w.price"
    CLEAR = "w.clear"


def card(
    words: Words, preferences: Preferences, currency: str, country: str, version: int
) -> Screen:
    """Each choice as a button, the chosen ones marked; ``currency`` is that of the place."""
    tags = [
        press(marked(label, present=tag in preferences.tags), Act.TAG, tag, version)
        for tag, label in find.labels(words).items()
    ]
    instant = marked(words.label("Instant only"), present=preferences.instant_only)
    return Screen(
        words.say(
            "<b>Filters</b>\nTap what a space must have. I keep it for your next searches.\n"
            "A price is the most that the whole stay may cost."
        ),
        rows=(
            *grid(tags, 3),
            (press(instant, Act.INSTANT, "", version),),
            _vehicle(words, preferences, country, version),
            _prices(words, preferences.max_price, currency, version),
            (
                press(words.label("Clear"), Act.CLEAR, "", version),
                press(words.label("Show spaces"), find.Act.RESULTS, "", version),
            ),
        ),
        card=find.CARD,
    )


def ask_size(words: Words, version: int) -> Screen:
    return Screen(
        words.say(
            "How high and how long is your vehicle? For example 1.9 x 4.6 m, or only the height:"
            " 2.1 m"
        ),
        rows=((press(words.label("Back"), find.Act.FILTERS, "", version),),),
        card=find.CARD,
    )


def need_size(words: Words) -> Screen:
    return Screen(words.say("Height and length, please, for example 1.9 x 4.6 m. /cancel leaves."))


def size(words: Words, measured: Size, country: str) -> Html:
    """2.1 m high, 5.2 m long"""
    parts = []
    if measured.height is not None:
        parts.append(words.say("{size} high", size=words.size(measured.height, country)))
    if measured.length is not None:
        parts.append(words.say("{size} long", size=words.size(measured.length, country)))
    return Html(", ".join(parts))


def _short(words: Words, measured: Size, country: str) -> str:
    """2.1 m × 5.2 m"""
    if measured.height is None or measured.length is None:
        return size(words, measured, country)
    return " × ".join(words.size(it, country) for it in (measured.height, measured.length))


def _vehicle(
    words: Words, preferences: Preferences, country: str, version: int
) -> tuple[Button, ...]:
    room = preferences.room
    measure = press(words.label("Vehicle size"), Act.SIZE, "", version)
    if room == Size():
        return (measure,)
    label = words.label("Fits {size}", size=_short(words, room, country))
    fits = press(marked(label, present=preferences.fitting), Act.FIT, "", version)
    return (fits, measure)


def _prices(words: Words, chosen: Money | None, currency: str, version: int) -> tuple[Button, ...]:
    hour = usual_hour(currency)
    offered = [Money(hour.minor * hours, currency) for hours in PRICES]
    if chosen is not None and chosen.currency == currency and chosen not in offered:
        offered.append(chosen)
    labels = {f"{price.minor}.{currency}": f"≤ {words.money(price)}" for price in offered}
    present = f"{chosen.minor}.{chosen.currency}" if chosen else ""
    return tuple(
        press(marked(label, present=limit == present), Act.PRICE, limit, version)
        for limit, label in ({"": words.label("Any price")} | labels).items()
    )
