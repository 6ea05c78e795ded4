"""The commands, one module each; a module is only loaded when its command is called."""

from argparse import ArgumentParser, Namespace
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:  # settings take half a second to import, and Ctrl-C must find us awake
    from bot.settings import Settings

COMMANDS = {
    "demo": "the bot with a local Telegram and an invented town; needs no account",
    "run": "the bot, by polling",
    "serve": "the HTTP server, and the bot by webhook",
    "migrate": "bring the database to the schema of this release",
    "backup": "copy everything into a new folder; may be done while it runs",
    "restore": "put a backup back",
    "seed": "fill the database with invented spaces",
    "near": "the nearest spaces that can be booked",
}


class Command(Protocol):
    """What each module of this package offers."""

    @staticmethod
    def add_arguments(parser: ArgumentParser) -> None: ...

    @staticmethod
    async def run(args: Namespace, settings: "Settings") -> int:
        """Returns the exit code. Raises Trouble for what the operator can put right."""


def load(name: str) -> Command:
    return cast(Command, import_module(f"bot.commands.{name}"))


def settings() -> "Settings":
    """Raises BadSettings."""
    return cast("Settings", import_module("bot.settings").load())
