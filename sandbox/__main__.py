"""``python -m sandbox``: the local Telegram alone, for any bot."""

import argparse
import asyncio
import contextlib
import signal
import sys
from pathlib import Path

from sandbox.server import LARGEST_PORT, TOKEN, Sandbox


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8080, help="the next free one if it is busy")
    parser.add_argument("--city", type=Path, help="a gzipped GeoJSON map for the chat page")
    parser.add_argument("--token", default=TOKEN, help="the token the bot must use")
    wanted = parser.parse_args()
    if not 0 <= wanted.port <= LARGEST_PORT:
        parser.error(f"a port is a number from 0 to {LARGEST_PORT}")
    if wanted.city and not wanted.city.is_file():
        parser.error(f"there is no map at {wanted.city}")
    if not wanted.token.partition(":")[0].isdecimal():
        parser.error("a token begins with the bot's number and a colon, such as 42:secret")
    try:
        asyncio.run(run(wanted.port, wanted.city, wanted.token))
    except OSError as error:
        print(f"The sandbox cannot listen: {error.strerror}", file=sys.stderr)
        return 1
    return 0


async def run(port: int, city: Path | None, token: str) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signal_number, stopped.set)
    async with Sandbox(port=port, or_next=True, city=city, token=token) as sandbox:
        print(f"Chat page {sandbox.url}\nBot API   {sandbox.url}/bot{token}/", flush=True)
        await stopped.wait()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
