"""The command line: ``parkplace COMMAND``."""

import asyncio
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Coroutine, Sequence
from typing import NoReturn

from bot import commands
from bot.trouble import BadInput, Trouble

FAILED = 1
BAD_INPUT = 2
INTERRUPTED = 130


class _Parser(ArgumentParser):
    """Says what is wrong in one line, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {message}\n")


def main(argv: Sequence[str] | None = None) -> int:
    try:
        return _called(sys.argv[1:] if argv is None else argv)
    except Trouble as error:
        for line in str(error).splitlines():
            print(f"parkplace: {line}", file=sys.stderr)
        return BAD_INPUT if isinstance(error, BadInput) else FAILED
    except (KeyboardInterrupt, asyncio.CancelledError):
        return INTERRUPTED


def _called(argv: Sequence[str]) -> int:
    parser = _Parser(prog="parkplace", description="A marketplace for parking, in a chat.")
    chosen = argv[0] if argv and argv[0] in commands.COMMANDS else None
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, promise in commands.COMMANDS.items():
        subparser = subparsers.add_parser(name, help=promise, description=promise)
        if name == chosen:
            command = commands.load(name)
            command.add_arguments(subparser)
    args = parser.parse_args(argv)
    return asyncio.run(_interruptible(command.run(args, commands.settings())))


async def _interruptible(running: Coroutine[None, None, int]) -> int:
    """SIGTERM ends a command as Ctrl-C does: everything it has opened is closed."""
    task = asyncio.ensure_future(running)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await task


if __name__ == "__main__":
    sys.exit(main())
