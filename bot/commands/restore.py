"""``parkplace restore PATH``: what a backup holds, where the settings say."""

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path

from bot.settings import Settings
from bot.trouble import Trouble
from storage.backup import BackupFault, restore
from storage.migrate import SchemaMismatch


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PATH", help="what `parkplace backup` made")
    parser.add_argument(
        "--replace", action="store_true", help="put aside the database that is there now"
    )


async def run(args: Namespace, settings: Settings) -> int:
    url, now = settings.database_url, datetime.now(UTC)
    try:
        held = restore(args.path, url, settings.data_dir, now, replace=args.replace)
    except (BackupFault, SchemaMismatch) as error:
        raise Trouble(str(error)) from None
    except OSError as error:
        raise Trouble(f"{error.filename or args.path}: {error.strerror}") from None
    rows = sum(held.rows.values())
    print(f"{rows} rows and {held.photos} photos are back, as they were on {held.made_at}.")
    return 0
