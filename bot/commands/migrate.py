"""``parkplace migrate``"""

from argparse import ArgumentParser, Namespace

from bot.opening import migrated
from bot.settings import Settings


def add_arguments(parser: ArgumentParser) -> None:
    pass


async def run(args: Namespace, settings: Settings) -> int:
    migrated(settings)
    print(f"{settings.database_url} has the schema of this release.")
    return 0
