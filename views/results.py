"""The card of what is free around a place."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from chat.screen import Button, Photo, Screen
from market.domain.ids import written
from market.domain.preferences import Preferences
from market.domain.saved import SavedPlace
from market.domain.search import REACH, Found, Obstacle, Sort, radius_before, radius_of
from market.domain.space import Space
from market.domain.window import Window
from market.services.finding import CANDIDATES, Result
from views import find, listing, maps
from views.find import Act
from views.layout import Rows, marked, press
from views.time import Chip, chips
from views.words import Html, Words, bold, user_text

FAR = 5 * REACH
"""Metres to the nearest space of all, beyond which nobody lists anything there."""


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
    preferences: Preferences
    place: str = ""
    """What the place is called, where it was not sent but typed or chosen."""
    saved: Sequence[SavedPlace] = ()
    """The person's own places, to go on from where there is nothing."""
    follows: bool = False
    """Whether the card moves along with a live location."""
    map_page: str = ""
    """Where the map opens from inside the chat; empty where it does not."""

    def when(self, words: Words) -> Html:
        when = words.when(self.window, ZoneInfo(self.zone), self.now)
        if not self.elsewhere:
            return when
        return words.say("{when}, {place} time", when=when, place=words.city(self.zone))


def results(words: Words, result: Result, asked: Asked, version: int) -> Screen:
    """One page of free spaces, or why there are none; at most 1,000 characters."""
    listed = [found for found in result.nearby.found if found.space in result.spaces]
    if not listed:
        return _nothing(words, result, asked, version)
    first = result.spaces[listed[0].space]
    header = _header(words, asked)
    if order := _order(words, result, asked, listed[0].metres, first.country):
        header = Html(f"{header}\n{order}")
    if asked.follows:
        header = Html(f"{header}\n{_follows(words)}")
    lines = [
        _line(words, number, found, result.spaces[found.space])
        for number, found in enumerate(listed, 1)
    ]
    numbers = tuple(
        press(str(number), Act.OPEN, written(found.space), version)
        for number, found in enumerate(listed, 1)
    )
    rows = (
        numbers,
        *_paging(words, result, asked, version),
        *_times(words, asked, version),
        _sorts(words, asked, version),
        _more(words, asked, version),
    )
    spaces = [result.spaces[found.space] for found in listed]
    return Screen(
        "\n\n".join([header, *lines]),
        rows=rows,
        picture=_picture(words, result, asked, spaces),
        card=find.CARD,
    )


def _picture(words: Words, result: Result, asked: Asked, spaces: Sequence[Space]) -> Photo:
    return maps.of_results(words, result.search.point, spaces, asked.now, asked.zone)


def _header(words: Words, asked: Asked) -> Html:
    when = bold(asked.when(words))
    if asked.place:
        return words.say("Free near {place} · {when}", place=user_text(asked.place), when=when)
    return words.say("Free nearby · {when}", when=when)


def _follows(words: Words) -> Html:
    return words.say("Moves along with you, as long as you share your location.")


def _order(words: Words, result: Result, asked: Asked, nearest: float, country: str) -> Html | None:
    """In which order, out of how wide a circle; nothing where that goes without saying."""
    if asked.preferences.sort is Sort.NEAREST:
        return None if result.search.skip else _widened(words, nearest, country)
    if result.radius is None:
        circle = words.say("of the {n} nearest", n=CANDIDATES)
    else:
        circle = words.say("within {distance}", distance=words.distance(result.radius, country))
    if asked.preferences.sort is Sort.CHEAPEST:
        return words.say("Cheapest first, {circle}", circle=circle)
    return words.say("Best rated first, {circle}", circle=circle)


def _widened(words: Words, nearest: float, country: str) -> Html | None:
    radius = radius_of(nearest)
    tried = radius_before(radius)
    if tried is None:
        return None
    return words.say(
        "Nothing free within {tried}, so up to {radius} away:",
        tried=words.distance(tried, country),
        radius=words.distance(radius, country),
    )


def _line(words: Words, number: int, found: Found, space: Space) -> Html:
    facts = (
        words.money(found.price),
        find.distance(words, found.metres, space.country),
        find.rating(words, space),
        *([words.say("by request")] if space.by_request else []),
        *find.tags(words, space),
    )
    return Html(f"<b>{number}  {user_text(space.title)}</b>\n{' · '.join(facts)}")


def _paging(words: Words, result: Result, asked: Asked, version: int) -> Rows:
    search, by_distance = result.search, asked.preferences.sort is Sort.NEAREST
    row = []
    if search.skip:
        label = words.label("‹ Nearer") if by_distance else words.label("‹ Back")
        row.append(press(label, Act.PAGE, str(max(0, search.skip - search.k)), version))
    row += maps.around(words, asked.map_page, search.point, asked.window)
    if result.nearby.more:
        label = words.label("Further ›") if by_distance else words.label("More ›")
        row.append(press(label, Act.PAGE, str(search.skip + search.k), version))
    return (tuple(row),) if row else ()


def _times(words: Words, asked: Asked, version: int) -> Rows:
    return chips(words, asked.chips, asked.present, version)


def _sorts(words: Words, asked: Asked, version: int) -> tuple[Button, ...]:
    labels = {
        Sort.NEAREST: words.label("Nearest"),
        Sort.CHEAPEST: words.label("Cheapest"),
        Sort.BEST_RATED: words.label("Best rated"),
    }
    return tuple(
        press(marked(label, present=sort is asked.preferences.sort), Act.SORT, sort, version)
        for sort, label in labels.items()
    )


def _more(words: Words, asked: Asked, version: int) -> tuple[Button, ...]:
    picky = asked.preferences.picky
    label = words.label("Filters {n}", n=picky) if picky else words.label("Filters")
    return (
        press(label, Act.FILTERS, "", version),
        press(words.label("♥ Favourites"), Act.FAVOURITES, "", version),
        press(words.label("Save place"), Act.SAVE, "", version),
    )


def _nothing(words: Words, result: Result, asked: Asked, version: int) -> Screen:
    nearest = result.nearby.nearest
    if nearest is None or nearest > REACH:
        return _far(words, nearest, asked, version)
    why = "\n".join(_obstacles(words, result))
    text = words.say(
        "Nothing free nearby · {when}\n\n{why}\n\nTry another time: tap, or type it, such as"
        " <i>tomorrow 9-17</i>. Or let me tell you when something can be had.",
        when=bold(asked.when(words)),
        why=Html(why),
    )
    rows = (
        *_paging(words, result, asked, version),
        *_times(words, asked, version),
        (_tell(words, version),),
        _more(words, asked, version),
    )
    return Screen(text, rows=rows, picture=_picture(words, result, asked, ()), card=find.CARD)


def _far(words: Words, nearest: float | None, asked: Asked, version: int) -> Screen:
    """Nobody lists a space there."""
    if nearest is None or nearest > FAR:
        text = words.say(
            "Nobody lists a space within 100 km of there yet. Send another place, be told when"
            " there is one, or be the first to list: it takes about a minute."
        )
    else:
        text = words.say(
            "No space within 20 km of there; the nearest is {distance} away. Send another place,"
            " or be told when there is one.",
            distance=words.distance(nearest, ""),
        )
    begin = press(words.label("List a space"), listing.Act.BEGIN)
    rows = (*find.places(asked.saved), (_tell(words, version), begin))
    return Screen(text, rows=rows, card=find.CARD)


def _tell(words: Words, version: int) -> Button:
    return press(words.label("Tell me"), Act.TELL, "", version)


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
        Obstacle.FILTERED: words.count(
            "{n} does not match your filters", "{n} do not match your filters", n
        ),
    }[obstacle]
