"""``parkplace backup PATH``: database, photos and keys, while others write."""

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path

from bot.settings import Settings
from bot.trouble import Trouble
from storage.backup import BackupFault, back_up
from storage.migrate import SchemaMismatch


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PATH", help="a folder that is not there yet")


async def run(args: Namespace, settings: Settings) -> int:
    try:
        made = back_up(settings.database_url, settings.data_dir, args.path, datetime.now(UTC))
    except (BackupFault, SchemaMismatch) as error:
        raise Trouble(str(error)) from None
    except OSError as error:
        raise Trouble(f"{error.filename or args.path}: {error.strerror}") from None
    rows = sum(made.rows.values())
    print(f"{args.path} has {rows} rows and {made.photos} photos, and was read again: all is well.")
    if made.missing:
        print(f"{made.missing} photos that the database names are not on the disk.")
    return 0
