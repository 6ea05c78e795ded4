"""From the first update to the last: starting, waiting for a signal, and draining."""

import asyncio
import logging
import signal
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Generic

from chat.bot import Bot
from chat.context import C
from chat.inline import Inline
from chat.intake import Polling
from chat.ports import W
from chat.wakes import Wakes
from chat.worker import Worker

log = logging.getLogger(__name__)

DRAIN = 20.0
"""Seconds for what is under way when the end is asked for; the inbox keeps the rest."""
SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Runner(Generic[W, C]):
    """Everything of the chat that runs by itself. Without ``polling`` a webhook feeds the intake.

    ``async with runner`` starts it and drains it; ``run`` does so until a signal comes. What runs
    ``beside`` it, such as a web server, is entered once messages can be sent, and left before the
    drain.
    """

    def __init__(
        self,
        bot: Bot,
        worker: Worker[W, C],
        wakes: Wakes[W, C],
        *,
        inline: Inline | None = None,
        polling: Polling[W, C] | None = None,
        beside: Sequence[AbstractAsyncContextManager[object]] = (),
        drain: float = DRAIN,
    ) -> None:
        self._bot = bot
        self._worker = worker
        self._wakes = wakes
        self._inline = inline
        self._polling = polling
        self._beside = beside
        self._entered = AsyncExitStack()
        self._drain = drain
        self._sources: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> None:
        try:
            await self._start()
        except BaseException:
            await self.__aexit__()
            raise

    async def _start(self) -> None:
        await self._bot.connect()
        await self._worker.recover()
        for other in self._beside:
            await self._entered.enter_async_context(other)
        self._sources = [asyncio.create_task(self._wakes.run())]
        if self._polling is not None:
            self._sources.append(asyncio.create_task(self._polling.run()))

    async def __aexit__(self, *_: object) -> None:
        """Take nothing new, and finish what was taken within the limit."""
        for source in self._sources:
            source.cancel()
        await asyncio.gather(*self._sources, return_exceptions=True)
        await self._entered.aclose()
        try:
            async with asyncio.timeout(self._drain):
                await self._worker.idle()
        except TimeoutError:
            log.warning("not everything was done in %s s; the rest waits in the inbox", self._drain)
        await self._worker.stop()
        if self._inline is not None:
            await self._inline.stop()
        await self._bot.disconnect()

    async def run(self) -> None:
        """Until SIGINT or SIGTERM; another one does not cut the drain short.

        Raises what ends the polling for good, such as InvalidToken.
        """
        stop = _signalled()
        async with self:
            stopped = asyncio.create_task(stop.wait())
            done, _ = await asyncio.wait(
                [stopped, *self._sources], return_when=asyncio.FIRST_COMPLETED
            )
            stopped.cancel()
        for source in done - {stopped}:
            source.result()


def _signalled() -> asyncio.Event:
    """Set by the first signal. The handlers stay: nor may the closing after the drain be cut."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()

    def ask() -> None:
        log.info("still draining" if stop.is_set() else "draining")
        stop.set()

    for number in SIGNALS:
        loop.add_signal_handler(number, ask)
    return stop
