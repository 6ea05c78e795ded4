"""Which handler gets an update: one table for buttons, one order for everything else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic

from telegram import Update

from chat.buttons import Press
from chat.context import C, Callback
from chat.conversation import Conversation, Match
from chat.matchers import Rank, is_said
from chat.ports import ThreadRow
from chat.thread import Thread, Threads


@dataclass(frozen=True, slots=True)
class Route(Generic[C]):
    callback: Callback[C]
    conversation: Conversation[C] | None = None
    found: object = None
    redraws: bool = False
    """Shows the card as it is, so its version stays."""

    @property
    def name(self) -> str:
        """For whoever counts; no update can make up a new one."""
        called = getattr(self.callback, "__name__", type(self.callback).__name__)
        return f"{self.conversation.name}.{called}" if self.conversation else called


class Router(Generic[C]):
    """Raises ValueError when two conversations share a name, or two buttons an action."""

    def __init__(
        self,
        conversations: Sequence[Conversation[C]],
        *,
        unmatched: Callback[C],
        group: Callback[C],
    ) -> None:
        self._conversations = _unique((it.name, it) for it in conversations)
        self._pressed = _unique((action, it) for it in conversations for action in it.presses)
        self._unmatched = Route(unmatched)
        self._group = Route(group)

    def threads(self, rows: Iterable[ThreadRow], now: datetime) -> Threads:
        """What is still alive of a person's conversations."""
        threads = []
        for thread in map(Thread.of, rows):
            conversation = self._conversations.get(thread.flow)
            if conversation is None:
                continue
            alive = thread.over or conversation.alive(thread, now)
            threads.append(thread if alive else thread.ended())
        return Threads(threads)

    def in_group(self, update: Update) -> Route[C] | None:
        """Only what is said or pressed there is answered."""
        return self._group if update.callback_query or is_said(update) else None

    def woken(self, flow: str, threads: Threads) -> Route[C] | None:
        """None if the conversation ended while its wake-up was on the way."""
        conversation = self._conversations.get(flow)
        if conversation is None or conversation.on_wake is None or threads.of(flow).over:
            return None
        return Route(conversation.on_wake, conversation)

    def pressed(self, press: Press | None, threads: Threads, *, late: bool) -> Route[C]:
        """A press on an older card, or one that comes too late, only shows the card as it is."""
        conversation = self._pressed.get(press.action) if press else None
        if press is None or conversation is None:
            return self._unmatched
        current = press.version in (0, threads.of(conversation.name).version)
        if current and not late:
            return Route(conversation.presses[press.action], conversation)
        if conversation.redraw is not None:
            return Route(conversation.redraw, conversation, redraws=True)
        return self._unmatched if late else Route(conversation.presses[press.action], conversation)

    def sent(self, update: Update, threads: Threads) -> Route[C] | None:
        """Links, then commands and menu labels, then whoever waits, then whoever may begin.

        None for what needs no answer when nobody takes it: edits, blocking the bot, pinning.
        """
        active = threads.active
        waiting = self._conversations[active.flow] if active else None
        for rank in (Rank.LINKED, Rank.NAMED, Rank.PLAIN):
            if active and waiting and (match := waiting.match(update, active, rank)):
                return _route(match, waiting)
            for conversation in self._conversations.values():
                if match := conversation.enter(update, rank):
                    return _route(match, conversation)
        return self._unmatched if is_said(update) else None


def _route(match: Match[C], conversation: Conversation[C]) -> Route[C]:
    return Route(match.callback, conversation, match.found)


def _unique(pairs: Iterable[tuple[str, Conversation[C]]]) -> dict[str, Conversation[C]]:
    table: dict[str, Conversation[C]] = {}
    for name, conversation in pairs:
        if name in table:
            raise ValueError(f"{name!r} is used twice: {table[name].name}, {conversation.name}")
        table[name] = conversation
    return table
