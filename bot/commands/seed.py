"""``parkplace seed``: an invented town, or an invented world."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import UTC, datetime

from bot.opening import migrated, opened_store
from bot.settings import Settings
from bot.trouble import BadInput
from bot.wiring import town
from storage.seeding import fill_world


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--seed", type=_count, default=1, help="another number, another town")
    parser.add_argument("--spaces", type=_count, metavar="N", help="a world of N spaces instead")
    parser.add_argument("--bookings", type=_count, metavar="M", help="and of M bookings")


async def run(args: Namespace, settings: Settings) -> int:
    now = datetime.now(UTC)
    if args.spaces is None:
        if args.bookings is not None:
            raise BadInput("--bookings goes with --spaces")
        async with opened_store(settings) as store:
            spaces, bookings = await town(store, settings, args.seed).fill(now)
    else:
        spaces, bookings = args.spaces, args.bookings or 0
        migrated(settings)
        fill_world(settings.database_url, spaces=spaces, bookings=bookings, seed=args.seed, now=now)
    print(f"{spaces} spaces and {bookings} bookings were added to {settings.database_url}.")
    return 0


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) > 100_000_000:
        raise ArgumentTypeError(f"{text!r} is not a whole number from 0 to 100000000")
    return int(text)
