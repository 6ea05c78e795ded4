"""``parkplace near``: the nearest spaces that can be booked."""

import json
import math
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from babel.numbers import get_currency_precision

from bot.opening import nearby_index, opened_store
from bot.settings import Settings
from bot.trouble import BadInput
from gateways.geography import OfflineGeography
from market.domain.errors import Invalid
from market.domain.ids import written
from market.domain.place import Point
from market.domain.schedule import local_window
from market.domain.search import DEFAULT_STAY, Filters, Nearby, Search, default_window
from market.domain.space import Tag
from market.domain.window import Window
from views.words import words_in


def add_arguments(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("lat", type=_degrees(90), help="latitude in degrees")
    add("lng", type=_degrees(180), help="longitude in degrees")
    add("--from", dest="start", type=_time, metavar="TIME", help="like 2030-06-01T09:00, there")
    add("--to", dest="end", type=_time, metavar="TIME", help="two hours later if not given")
    add("-k", type=_number, default=5, help="how many spaces at most (5)")
    add("--tag", action="append", default=[], choices=list(Tag), help="may be repeated")
    add("--height", type=_number, metavar="CM", help="of the vehicle")
    add("--length", type=_number, metavar="CM", help="of the vehicle")
    add("--max-price", type=_amount, metavar="AMOUNT", help="for the whole stay, in local money")
    add("--instant", action="store_true", help="only what needs no approval")
    add("--json", action="store_true", help="for programs")


async def run(args: Namespace, settings: Settings) -> int:
    search = _search(args, OfflineGeography(settings.currency), datetime.now(UTC))
    async with opened_store(settings) as store, nearby_index(settings, store) as index:
        nearby = index.near(search)
    print(_as_json(nearby) if args.json else _as_text(nearby))
    return 0


def _search(args: Namespace, geography: OfflineGeography, now: datetime) -> Search:
    point = Point(args.lat, args.lng)
    zone = geography.zone_at(point)
    currency = geography.currency_of(geography.country_of(zone))
    most = args.max_price
    filters = Filters(
        tags=frozenset(map(Tag, args.tag)),
        height=args.height,
        length=args.length,
        max_price=None if most is None else int(most.scaleb(get_currency_precision(currency))),
        currency=None if most is None else currency,
        instant_only=args.instant,
    )
    window = _window(args.start, args.end, ZoneInfo(zone), now)
    return Search(point, window, now, k=args.k, filters=filters)


def _window(start: datetime | None, end: datetime | None, zone: ZoneInfo, now: datetime) -> Window:
    """Times without an offset are the clock's at the place. Raises BadInput."""
    if start is None:
        if end is not None:
            raise BadInput("--to goes with --from")
        return default_window(now)
    try:
        if start.tzinfo is not None:
            return Window(start, end or start + DEFAULT_STAY)
        return local_window(start, end or start + DEFAULT_STAY, zone)
    except Invalid as error:
        raise BadInput(f"--from and --to: {error.limit or 'the stay'} {error.reason}") from None
    except (TypeError, ValueError):
        raise BadInput(
            "--to must be after --from, and both with an offset or both without"
        ) from None


def _as_json(nearby: Nearby) -> str:
    return json.dumps(
        {
            "spaces": [
                {
                    "id": written(found.space),
                    "metres": round(found.metres, 1),
                    "price": {"minor": found.price.minor, "currency": found.price.currency},
                }
                for found in nearby.found
            ],
            "more": nearby.more,
            "obstacles": dict(nearby.obstacles),
            "nearest_metres": None if nearby.nearest is None else round(nearby.nearest, 1),
        }
    )


def _as_text(nearby: Nearby) -> str:
    words = words_in("en")
    lines = [
        f"{written(found.space)}  {found.metres:7.0f} m  {words.money(found.price)}"
        for found in nearby.found
    ]
    return "\n".join(lines) or f"Nothing fits: {_why(nearby)}."


def _why(nearby: Nearby) -> str:
    if nearby.nearest is None:
        return "there is no space at all"
    if not nearby.obstacles:
        return f"the nearest space is {nearby.nearest / 1000:.0f} km away"
    return ", ".join(f"{count} {reason}" for reason, count in nearby.obstacles.items())


def _degrees(limit: int) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            degrees = float(text)
        except ValueError:
            degrees = math.nan
        if not -limit <= degrees <= limit:
            raise ArgumentTypeError(f"{text!r} is not a number from -{limit} to {limit}")
        return degrees

    return read


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= 10_000:
        raise ArgumentTypeError(f"{text!r} is not a whole number from 1 to 10000")
    return int(text)


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a time like 2030-06-01T09:00") from None


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(0)
    if not amount.is_finite() or not 0 < amount < 10**9:
        raise ArgumentTypeError(f"{text!r} is not an amount like 12.50")
    return amount
