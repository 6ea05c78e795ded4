"""Maps for the chat, drawn by a program beside the bot."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from gateways.maps.program import ANSWER, LENGTH
from gateways.maps.projection import View
from gateways.maps.scene import Order

PROGRAM = ("-I", "-m", "gateways.maps.program")
PATIENCE = 5.0
"""Seconds for one picture."""


class NotDrawn(Exception):
    """There is no picture; what it would have shown stands in the text, too."""


class Tiles(Protocol):
    async def of(self, view: View) -> Mapping[str, Any]: ...


class MapPictures:
    """Over tiles if there are any, else over the city, else over rings.

    The program is begun by the first picture, and ended by leaving ``async with``.
    """

    def __init__(self, city: Path | None, tiles: Tiles | None = None) -> None:
        self._arguments = [str(city)] if city else []
        self._tiles = tiles
        self._turn = asyncio.Lock()
        self._process: Process | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._end()

    async def draw(self, facts: Mapping[str, Any]) -> bytes:
        """One after the other; a broken program is begun anew. Raises NotDrawn."""
        tiles = await self._tiles.of(Order.of(facts).view) if self._tiles else None
        order = json.dumps({"facts": facts, "tiles": tiles}).encode()
        async with self._turn:
            try:
                async with asyncio.timeout(PATIENCE):
                    done, content = await self._asked(order)
            except (TimeoutError, OSError, EOFError) as error:
                await self._end()
                raise NotDrawn(f"the program for maps does not answer: {error!r}") from error
            except asyncio.CancelledError:
                # Its answer would be taken for that to the next order.
                await self._end()
                raise
        if not done:
            raise NotDrawn(content.decode(errors="replace"))
        return content

    async def _asked(self, order: bytes) -> tuple[bool, bytes]:
        process = await self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(LENGTH.pack(len(order)) + order)
        await process.stdin.drain()
        done, length = ANSWER.unpack(await process.stdout.readexactly(ANSWER.size))
        return done, await process.stdout.readexactly(length)

    async def _started(self) -> Process:
        if self._process is None:
            # In a session of its own: a Ctrl-C is for the bot, which then ends this.
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *PROGRAM,
                *self._arguments,
                stdin=PIPE,
                stdout=PIPE,
                start_new_session=True,
            )
        return self._process

    async def _end(self) -> None:
        if self._process is not None:
            process, self._process = self._process, None
            if process.returncode is None:
                process.kill()
            await process.wait()
