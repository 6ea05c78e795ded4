"""The map: what a card shows of it as a picture, and the button that opens it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from chat.screen import Button, Photo
from market.domain.ids import SpaceId, written
from market.domain.place import Point, metres
from market.domain.space import Space
from market.domain.window import Window
from views.drawn import Map
from views.words import Words

DAYTIME = range(7, 21)
"""Hours at the place in which its map is light; dark in all others, whoever looks at it."""
AROUND = 80.0
"""Metres from its public point within which a space really is."""

_RADII = (100.0, 250.0, 500.0, 1_000.0, 2_000.0, 5_000.0, 10_000.0, 20_000.0)
_MILES = (91.44, 182.88, 804.67, 1_609.34, 3_218.69, 8_046.72, 16_093.44)
"""Where people measure in yards or feet, and miles."""
_RINGS = 3


def of_results(
    words: Words, place: Point, found: Sequence[Space], now: datetime, zone: str
) -> Photo:
    """Pins with the numbers of the card, and the place of the search."""
    spots = [space.public_point for space in found]
    pins = tuple((*_rounded(spot), str(number)) for number, spot in enumerate(spots, 1))
    country = found[0].country if found else ""
    farthest = max((metres(place, spot) for spot in spots), default=0.0)
    rings = tuple(_rings(words, farthest, country))
    return Photo(key=Map(pins, _rounded(place), dark=_dark(now, ZoneInfo(zone)), rings=rings).key)


def of_space(words: Words, space: Space, place: Point, now: datetime) -> Photo:
    """Where about it is, as seen from the place of the search."""
    spot = space.public_point
    away = metres(place, spot)
    exact = space.shows_place
    return Photo(
        key=Map(
            ((*_rounded(spot), "P"),),
            _rounded(place) if away >= 1 else None,
            dark=_dark(now, space.zone_info),
            around=0.0 if exact else AROUND,
            rings=tuple(_rings(words, away, space.country)),
        ).key
    )


def of_true_place(space: Space, now: datetime) -> Photo:
    """For whoever has booked it."""
    pin = (*_rounded(space.place), "P")
    return Photo(key=Map((pin,), dark=_dark(now, space.zone_info)).key)


def around(words: Words, page: str, place: Point, window: Window) -> tuple[Button, ...]:
    """Opens the map at a place, for a stay; nothing where there is no map to open."""
    return _button(words, page, f"at_{place.lat:.5f}_{place.lng:.5f}", window)


def at_space(words: Words, page: str, space: SpaceId, window: Window) -> tuple[Button, ...]:
    return _button(words, page, f"space_{written(space)}", window)


def _button(words: Words, page: str, start: str, window: Window) -> tuple[Button, ...]:
    if not page:
        return ()
    stay = {"from": int(window.start.timestamp()), "to": int(window.end.timestamp())}
    address = f"{page}?{urlencode({'start': start} | stay)}"
    return (Button(words.label("Map"), web_app=address),)


def _dark(now: datetime, zone: ZoneInfo) -> bool:
    return now.astimezone(zone).hour not in DAYTIME


def _rounded(point: Point) -> tuple[float, float]:
    """About a metre, which is finer than a picture shows."""
    return round(point.lat, 5), round(point.lng, 5)


def _rings(words: Words, farthest: float, country: str) -> Iterator[tuple[float, str]]:
    """The largest circles around the place that say something about what is in the picture."""
    radii = _MILES if country in ("US", "GB") else _RADII
    within = [radius for radius in radii if radius <= max(farthest, radii[0]) * 1.25]
    for radius in within[-_RINGS:]:
        yield radius, str(words.distance(radius, country))
