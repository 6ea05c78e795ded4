"""Finding: where a place is asked for, and the card of what is free around it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from chat.buttons import LIMIT, Press
from chat.screen import Button, Screen, Where
from market.domain.ids import written
from market.domain.place import Address, Point, walking_minutes
from market.domain.search import REACH, Found, Obstacle
from market.domain.space import Space, Tag
from market.domain.window import Window
from market.services.finding import Result
from views import menu
from views.layout import Rows, press
from views.time import Chip, chips
from views.words import Html, Words, bold, user_text

CARD = "find"
LONGEST_WALK = 60
"""Minutes; nobody walks further from where they parked, so it is not said."""


class Act(StrEnum):
    OPEN = "f.open"
    PAGE = "f.page"
    RESULTS = "f.all"
    AT = "f.at"
    """Around a place that the button names."""
    AGAIN = "f.again"
    """Somewhere else, for the time of a booking that was called off."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a card is about, beside its results."""

    window: Window
    zone: str
    now: datetime
    chips: Collection[Chip]
    present: str
    """The chip that made the window, if one did."""
    elsewhere: bool
    """Whether the zone is named, because it is not the person's own."""
    place: str = ""
    """What the place is called, where it was not sent but typed or chosen."""

    def when(self, words: Words) -> Html:
        when = words.when(self.window, ZoneInfo(self.zone), self.now)
        if not self.elsewhere:
            return when
        return words.say("{when}, {place} time", when=when, place=place_name(self.zone))


def place_name(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def ask_place(words: Words) -> Screen:
    return Screen(
        words.say(
            "Where do you want to park? Tap 📍 Find parking below, or type its address.\n"
            "A desktop cannot send its position, but coordinates such as 60.17, 24.94 will do too."
        ),
        keyboard=menu.keyboard(words),
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
            " such as 60.17, 24.94. Or tap 📍 Find parking below.",
            typed=user_text(typed),
        ),
        keyboard=menu.keyboard(words),
    )


def neither_time_nor_place(words: Words, typed: str) -> Screen:
    return Screen(
        words.say(
            "I find neither a time nor an address in {typed}.\n"
            "For example: <i>tomorrow 9-17</i>, <i>fri 18:00 3h</i>, <i>till 18</i>;"
            " or a street with its number and town.",
            typed=user_text(typed),
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


def results(words: Words, result: Result, asked: Asked, version: int) -> Screen:
    """The nearest free spaces, or why there are none; at most 1,000 characters."""
    listed = [found for found in result.nearby.found if found.space in result.spaces]
    if not listed:
        return _nothing(words, result, asked, version)
    lines = [
        _line(words, number, found, result.spaces[found.space])
        for number, found in enumerate(listed, 1)
    ]
    header = _header(words, asked)
    numbers = tuple(
        press(str(number), Act.OPEN, written(found.space), version)
        for number, found in enumerate(listed, 1)
    )
    rows = (numbers, *_paging(words, result, version), *_times(words, asked, version))
    return Screen("\n\n".join([header, *lines]), rows=rows, card=CARD)


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
    labels = {
        Tag.COVERED: words.label("covered"),
        Tag.EV: words.label("EV"),
        Tag.GATED: words.label("gated"),
        Tag.CCTV: words.label("CCTV"),
        Tag.LIT: words.label("lit"),
        Tag.ACCESSIBLE: words.label("accessible"),
    }
    return [label for tag, label in labels.items() if tag in space.tags]


def _header(words: Words, asked: Asked) -> Html:
    when = bold(asked.when(words))
    if asked.place:
        return words.say("Free near {place} · {when}", place=user_text(asked.place), when=when)
    return words.say("Free nearby · {when}", when=when)


def _line(words: Words, number: int, found: Found, space: Space) -> Html:
    facts = (
        words.money(found.price),
        distance(words, found.metres, space.country),
        rating(words, space),
        *([words.say("by request")] if space.by_request else []),
        *tags(words, space),
    )
    return Html(f"<b>{number}  {user_text(space.title)}</b>\n{' · '.join(facts)}")


def _paging(words: Words, result: Result, version: int) -> Rows:
    search = result.search
    row = []
    if search.skip:
        nearer = max(0, search.skip - search.k)
        row.append(press(words.label("‹ Nearer"), Act.PAGE, str(nearer), version))
    if result.nearby.more:
        row.append(press(words.label("Further ›"), Act.PAGE, str(search.skip + search.k), version))
    return (tuple(row),) if row else ()


def _times(words: Words, asked: Asked, version: int) -> Rows:
    return chips(words, asked.chips, asked.present, version)


def _nothing(words: Words, result: Result, asked: Asked, version: int) -> Screen:
    nearest = result.nearby.nearest
    if nearest is None or nearest > 5 * REACH:
        text = words.say(
            "Nobody lists a space within 100 km of there yet. Send another place,"
            " or be the first: ➕ List a space takes about a minute."
        )
        return Screen(text, card=CARD)
    if nearest > REACH:
        text = words.say(
            "No space within 20 km of there; the nearest is {distance} away. Send another place.",
            distance=words.distance(nearest, ""),
        )
        return Screen(text, card=CARD)
    why = "\n".join(_obstacles(words, result))
    text = words.say(
        "Nothing free nearby · {when}\n\n{why}\n\nTry another time: tap, or type it, such as"
        " <i>tomorrow 9-17</i>",
        when=bold(asked.when(words)),
        why=Html(why),
    )
    return Screen(
        text, rows=(*_paging(words, result, version), *_times(words, asked, version)), card=CARD
    )


def _obstacles(words: Words, result: Result) -> list[Html]:
    counted = [
        _obstacle(words, obstacle, n) for obstacle, n in result.nearby.obstacles.items() if n
    ]
    return counted or [words.say("Nothing more within 20 km.")]


def _obstacle(words: Words, obstacle: Obstacle, n: int) -> Html:
    return {
        Obstacle.TAKEN: words.count("{n} is taken then", "{n} are taken then", n),
        Obstacle.OUTSIDE_HOURS: words.count("{n} is closed then", "{n} are closed then", n),
        Obstacle.DATES_BLOCKED: words.count(
            "{n} is not offered that day", "{n} are not offered that day", n
        ),
        Obstacle.STAY_LENGTH: words.count(
            "{n} is for shorter or longer stays", "{n} are for shorter or longer stays", n
        ),
        Obstacle.TOO_SOON: words.count("{n} asks for more notice", "{n} ask for more notice", n),
        Obstacle.TOO_FAR_AHEAD: words.count(
            "{n} cannot be booked that far ahead", "{n} cannot be booked that far ahead", n
        ),
        Obstacle.CLOSED: words.count("{n} is paused", "{n} are paused", n),
        Obstacle.OWN: words.count("{n} is your own", "{n} are your own", n),
        Obstacle.FILTERED: words.count("{n} is of another kind", "{n} are of another kind", n),
    }[obstacle]
