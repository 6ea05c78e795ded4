"""Finding: how a place is asked for, and what several of its cards say alike."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from chat.buttons import LIMIT, Press
from chat.screen import Button, Screen, Where
from market.domain.place import Address, Point, walking_minutes
from market.domain.saved import SavedPlace
from market.domain.space import Space, Tag
from views import menu
from views.layout import Rows, grid, press
from views.words import Html, Words, unknown

CARD = "find"
LONGEST_WALK = 60
"""Minutes; nobody walks further from where they parked, so it is not said."""


class Act(StrEnum):
    OPEN = "f.open"
    PAGE = "f.page"
    RESULTS = "f.all"
    AT = "f.at"
    """Around a place that the button names."""
    SORT = "f.sort"
    FILTERS = "f.filters"
    FAVOURITES = "f.loved"
    SAVE = "f.save"
    """The place of the search, under a name."""
    TELL = "f.tell"
    """When something can be had."""
    TOLD = "f.told"
    """The space that was told of, for the window that was waited for."""
    AGAIN = "f.again"
    """Somewhere else, for the time of a booking that was called off."""


def ask_place(words: Words, saved: Sequence[SavedPlace] = ()) -> Screen:
    """With the person's own places as buttons, which leave no room for the menu."""
    return Screen(
        words.say(
            "Where do you want to park? Tap 📍 Find parking below, or type its address.\n"
            "A desktop cannot send its position, but coordinates such as 60.17, 24.94 will do too."
        ),
        rows=places(saved),
        keyboard=None if saved else menu.keyboard(words),
    )


def need_place(words: Words) -> Screen:
    return Screen(
        words.say(
            "I need a place: tap 📍 Find parking below, or type an address with its town.\n"
            "A desktop cannot send its position, but coordinates such as 60.17, 24.94 will do too."
        ),
        keyboard=menu.keyboard(words),
    )


def nowhere(words: Words) -> Screen:
    return Screen(
        words.say(
            "That is 0, 0, in the sea off Africa; your phone does not know where it is yet."
            " Send the location again in a moment, or type its address."
        )
    )


def unknown_address(words: Words, typed: str) -> Screen:
    return Screen(
        words.say(
            "I know no such place: {typed}. Type a street with its number and town, or coordinates"
            " such as 60.17, 24.94. Or tap 📍 Find parking below.\n"
            "📅 My bookings has what you booked, and the way there. /help says what else I can do.",
            typed=unknown(typed),
        ),
        keyboard=menu.keyboard(words),
    )


def neither_time_nor_place(words: Words, typed: str) -> Screen:
    return Screen(
        words.say(
            "I find neither a time nor an address in {typed}.\n"
            "For example: <i>tomorrow 9-17</i>, <i>fri 18:00 3h</i>, <i>till 18</i>;"
            " or a street with its number and town.",
            typed=unknown(typed),
        )
    )


def choose_place(words: Words, found: Sequence[Address]) -> Screen:
    """Each button carries its place: it never goes out of date."""
    return Screen(
        words.say("Which one do you mean?"),
        rows=tuple((at(address),) for address in found),
        where=Where.ANEW,
    )


def at(address: Address, label: str = "") -> Button:
    """A button that searches around a place; it carries as much of the name as there is room."""
    place = f"{address.point.lat:.5f},{address.point.lng:.5f},"
    room = LIMIT - len(Press(Act.AT, place).pack())
    name = address.name.replace(":", " ").encode()[:room].decode(errors="ignore")
    return press(label or address.name, Act.AT, place + name)


def follows_no_more(words: Words) -> Screen:
    return Screen(
        words.say("You share your location no more, so the card above stays as it is now."),
        where=Where.ANEW,
        silent=True,
    )


def places(saved: Sequence[SavedPlace]) -> Rows:
    return grid([at(Address(place.name, place.point)) for place in saved], 3)


def back_to_chat(words: Words, point: Point) -> Screen:
    """The place is known: back to the chat from which somebody came here to send it."""
    return Screen(
        words.say("Thank you. Now back to where you came from."),
        rows=(
            (
                Button(
                    words.label("Back to the chat"),
                    switch_inline=f"{point.lat:.5f}, {point.lng:.5f}",
                ),
            ),
        ),
        where=Where.ANEW,
    )


def over(words: Words) -> Screen:
    return Screen(toast=words.label("This search is over. Send a location for a new one."))


def hint(words: Words) -> Screen:
    return Screen(
        words.say(
            "Tap a button of the card above, or type another time: <i>tomorrow 9-17</i>,"
            " <i>fri 18:00 3h</i>, <i>till 18</i>. A new location starts a new search."
        )
    )


def noted(screen: Screen, note: Html | None) -> Screen:
    """The screen with a sentence above it."""
    return screen if note is None else replace(screen, text=f"{note}\n\n{screen.text}")


def was_late(words: Words) -> Html:
    return words.say(
        "Your tap took more than ten minutes to reach me, so I did nothing. This is how it is now:"
    )


def was_long_ago(words: Words, then: datetime, zone: ZoneInfo, now: datetime) -> Html:
    return words.say(
        "That search is from {day}. Here it is for now:", day=words.moment(then, zone, now)
    )


def distance(words: Words, metres: float, country: str) -> Html:
    """240 m, 3 min; only the distance where one would not walk."""
    far = words.distance(metres, country)
    minutes = walking_minutes(metres)
    if minutes > LONGEST_WALK:
        return far
    return words.say("{distance}, {minutes} min", distance=far, minutes=minutes)


def rating(words: Words, space: Space) -> str:
    average = space.rating.average
    return words.label("new") if average is None else words.stars(average)


def tags(words: Words, space: Space) -> list[str]:
    return [label for tag, label in labels(words).items() if tag in space.tags]


def labels(words: Words) -> dict[Tag, str]:
    return {
        Tag.COVERED: words.label("covered"),
        Tag.EV: words.label("EV"),
        Tag.GATED: words.label("gated"),
        Tag.CCTV: words.label("CCTV"),
        Tag.LIT: words.label("lit"),
        Tag.ACCESSIBLE: words.label("accessible"),
    }
