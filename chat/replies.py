"""Getting answers out, and marking them as sent."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Generic, TypeAlias

from chat.answer import Answer
from chat.courier import Courier, Fate, Outcome
from chat.ports import Clock, Store, W

log = logging.getLogger(__name__)

COPIES = 3
"""How often a message may be sent while nobody knows whether it arrived."""

Unreachable: TypeAlias = Callable[[W, int], Awaitable[None]]
"""Marks a chat as closed to us, inside a unit of work."""


@dataclass(eq=False, slots=True)
class _Mark:
    """An answer that is out, with what now shows which card: (chat, card, message, media)."""

    update: int
    cards: list[tuple[int, str, int, bool]] = field(default_factory=list)
    kept: asyncio.Future[None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Replies(Generic[W]):
    """What an answer goes through after its commit: sent, perhaps again, and marked."""

    def __init__(
        self, store: Store[W], courier: Courier, unreachable: Unreachable[W], clock: Clock
    ) -> None:
        self._store = store
        self._courier = courier
        self._unreachable = unreachable
        self._clock = clock
        self._repeating = asyncio.Lock()
        self._marks: list[_Mark] = []
        self._marking: asyncio.Task[None] | None = None

    async def send(self, update: int, answer: Answer, repeats: int = 0) -> None:
        """Return when the answer is out, or has been given up, and that is kept.

        ``repeats`` says how often it is sent again, after a restart, with this time.
        """
        mark = _Mark(update)
        while outcome := await self._deliver(update, answer, repeats):
            shown = (it for it in outcome.shown if it.card is not None)
            mark.cards += [(answer.chat, it.card or "", it.message, it.media) for it in shown]
            left = answer.screens[outcome.done :]
            match outcome.fate:
                case Fate.SENT:
                    break
                case Fate.UNREACHABLE:
                    async with self._store.begin() as work:
                        await self._unreachable(work, answer.chat)
                    break
                case Fate.REFUSED:
                    left = left[1:]
                case Fate.UNKNOWN:
                    repeats += 1
                    await self._wait(outcome)
                case Fate.RETRY:
                    await self._wait(outcome)
            answer = replace(answer, screens=left, callback_id=None)
        await self._keep(mark)

    async def _deliver(self, update: int, answer: Answer, repeats: int) -> Outcome | None:
        """None when there may be enough copies of it already."""
        if repeats == 0:
            return await self._hand_over(answer)
        if repeats >= COPIES:
            log.error("the answer to update %s was sent %s times, which must do", update, repeats)
            return None
        # Counted before the copy leaves, so that no crash makes more of them; and one after the
        # other, so that the copy leaves as soon as it is counted.
        async with self._repeating:
            async with self._store.begin() as work:
                await work.inbox.attempt(update)
            return await self._hand_over(answer)

    async def _hand_over(self, answer: Answer) -> Outcome:
        return await self._courier.deliver(
            answer.chat,
            answer.screens,
            answer.callback_id,
            here=answer.here,
            cards=answer.cards,
            notice=False,
        )

    async def _wait(self, outcome: Outcome) -> None:
        if outcome.retry_at is not None:
            log.warning("an answer waits: %s", outcome.reason)
            await asyncio.sleep((outcome.retry_at - self._clock()).total_seconds())

    async def _keep(self, mark: _Mark) -> None:
        """Marks share a unit: those that come while one is being kept go into the next."""
        self._marks.append(mark)
        if self._marking is None:
            self._marking = asyncio.create_task(self._keep_all())
        await mark.kept

    async def _keep_all(self) -> None:
        while self._marks:
            marks, self._marks = self._marks, []
            try:
                await self._keep_these(marks)
            except Exception as error:  # noqa: BLE001 - whoever waits for the mark must hear of it
                for mark in marks:
                    if not mark.kept.cancelled():
                        mark.kept.set_exception(error)
            else:
                for mark in marks:
                    if not mark.kept.cancelled():
                        mark.kept.set_result(None)
        self._marking = None

    async def _keep_these(self, marks: list[_Mark]) -> None:
        async with self._store.begin() as work:
            await work.inbox.sent([mark.update for mark in marks])
            if cards := [card for mark in marks for card in mark.cards]:
                await work.cards.keep(cards)
