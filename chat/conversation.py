"""A conversation: which handler takes what, at which step. Its state is a row, not a memory."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any, Generic

from pydantic import TypeAdapter, ValidationError
from telegram import Update

from chat.context import C, Callback
from chat.matchers import Handler, Rank
from chat.thread import Thread

log = logging.getLogger(__name__)

DRAFTS = 256
"""How many are remembered as read: those of the people who are just being answered."""


@dataclass(frozen=True, slots=True)
class Match(Generic[C]):
    callback: Callback[C]
    found: object


@dataclass(frozen=True)
class Conversation(Generic[C]):
    """The familiar shape: entry points, states and fallbacks, with typed buttons beside them.

    ``presses`` work from any step: a press names its own conversation, whatever the person owes
    elsewhere. ``redraw`` shows the card as it is now, when the button pressed is of an older
    version or the press comes too late; without it buttons never go out of date.
    """

    name: str
    draft: type | None = None
    """A frozen dataclass that JSON can carry."""
    entry_points: Sequence[Handler[C]] = ()
    states: Mapping[str, Sequence[Handler[C]]] = field(default_factory=dict)
    fallbacks: Sequence[Handler[C]] = ()
    presses: Mapping[str, Callback[C]] = field(default_factory=dict)
    redraw: Callback[C] | None = None
    on_wake: Callback[C] | None = None
    lasts: timedelta = timedelta(days=7)
    """How long an untouched draft is kept."""

    def match(self, update: Update, thread: Thread, rank: Rank = Rank.PLAIN) -> Match[C] | None:
        """Who takes what is sent to this conversation while it is the active one."""
        here = self.states.get(thread.step or "", ())
        return first_match([*here, *self.fallbacks], update, rank)

    def enter(self, update: Update, rank: Rank = Rank.PLAIN) -> Match[C] | None:
        """Who begins this conversation with it, or comes back to a sleeping one."""
        return first_match(self.entry_points, update, rank)

    def alive(self, thread: Thread, now: datetime) -> bool:
        """False for what has expired, and for a step or draft that is not known any more."""
        if thread.expires_at is not None and thread.expires_at <= now:
            return False
        if thread.step is not None and thread.step not in self.states:
            log.warning("%s has no step %r any more", self.name, thread.step)
            return False
        return not thread.active or thread.draft is None or self.read(thread) is not None

    def read(self, thread: Thread) -> Any:
        """The draft, or None if there is none that can be read."""
        if thread.draft is None or self.draft is None:
            return None
        try:
            return _read(self.draft, thread.draft)
        except ValidationError as error:
            log.warning("a draft of %s cannot be read any more: %s", self.name, error)
            return None

    def write(self, draft: object) -> str | None:
        if draft is None:
            return None
        if self.draft is None:
            raise TypeError(f"{self.name} has no draft, but got {draft!r}")
        return _adapter(self.draft).dump_json(draft).decode()


def first_match(handlers: Sequence[Handler[C]], update: Update, rank: Rank) -> Match[C] | None:
    """The first handler of at least that rank that takes the update."""
    for handler in handlers:
        if handler.rank >= rank and (found := handler.check(update)):
            return Match(handler.callback, found)
    return None


@lru_cache(maxsize=DRAFTS)
def _read(kind: type, text: str) -> Any:
    """A draft never changes, and one update asks for it several times."""
    return _adapter(kind).validate_json(text)


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
