"""Inline queries: asked while the person types, so only the newest one deserves an answer."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from telegram import (
    InlineQuery,
    InlineQueryResult,
    InlineQueryResultsButton,
    Update,
)
from telegram.error import BadRequest, TelegramError

from chat.bot import Bot
from chat.envelope import Envelope

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """Personal and short-lived; ``next_offset`` asks for more when the person scrolls."""

    results: Sequence[InlineQueryResult] = ()
    next_offset: str = ""
    button: InlineQueryResultsButton | None = None
    """Above the results, leads into the private chat."""
    cache_seconds: int = 10


Answering: TypeAlias = Callable[[InlineQuery], Awaitable[InlineAnswer]]


class Inline:
    """Beside the inbox and the person's queue: losing one of these costs a keystroke."""

    def __init__(self, bot: Bot, answering: Answering) -> None:
        self._bot = bot
        self._answering = answering
        self._newest: dict[int, Envelope] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def ask(self, envelope: Envelope) -> None:
        """Returns at once; an older query of the person that has no answer yet gets none."""
        if envelope.person is None:
            return
        busy = envelope.person in self._newest
        self._newest[envelope.person] = envelope
        if not busy:
            task = asyncio.create_task(self._answer_newest(envelope.person))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def idle(self) -> None:
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _answer_newest(self, person: int) -> None:
        envelope = None
        while envelope is not self._newest[person]:
            envelope = self._newest[person]
            try:
                await self._answer(person, envelope)
            except BadRequest as error:
                log.info("an inline query came too late: %s", error)
            except TelegramError as error:
                log.warning("an inline query was not answered: %r", error)
            except Exception:
                log.exception("an inline query failed")
        del self._newest[person]

    async def _answer(self, person: int, envelope: Envelope) -> None:
        query = Update.de_json(dict(envelope.raw), self._bot).inline_query
        if query is None:
            return
        answer = await self._answering(query)
        if self._newest[person] is not envelope:
            return
        await self._bot.answer_inline_query(
            query.id,
            answer.results,
            cache_time=answer.cache_seconds,
            is_personal=True,
            next_offset=answer.next_offset,
            button=answer.button,
        )
