"""What a handler is given: the update, the person's draft, and a place to put the answer."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from typing import Any, Final, TypeAlias, TypeVar

from telegram import Message, Update, User

from chat.buttons import Press
from chat.screen import Screen
from chat.thread import FIRST_VERSION, Threads


class End(Enum):
    END = "end"


END: Final = End.END
"""Returned by a handler to leave the conversation; its draft is dropped."""

C = TypeVar("C", bound="Context")
D = TypeVar("D")

Move: TypeAlias = StrEnum | End | None
"""Where a handler leaves the person: at a step, which makes its conversation the active one; at
the END; or, with None, where they were (the draft is saved all the same)."""

Callback: TypeAlias = Callable[[Update, C], Awaitable[StrEnum | End | None]]


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update that found its handler; all that a context is made of."""

    update: Update
    user: User
    chat: int
    now: datetime
    late: bool = False
    flow: str = ""
    """The conversation whose handler it is; empty where nobody matched, and in groups."""
    threads: Threads = field(default_factory=Threads)
    version: int = FIRST_VERSION
    """What buttons of the conversation carry from now on."""
    draft: Any = None
    press: Press | None = None
    matched: Any = None
    """What the matcher found, such as the ``re.Match`` of ``on_text``."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What ``prepare`` found before the unit of work."""


class Context:
    """The base of a bot's own context, which adds its services, person and words."""

    def __init__(self, arrival: Arrival) -> None:
        self.arrival = arrival
        self.draft: Any = arrival.draft
        """Of this conversation; saved as JSON with the effects. None until something is set."""
        self.screens: list[Screen] = []
        self.left: str | None = None
        self.waking: timedelta | None = None

    @property
    def update(self) -> Update:
        return self.arrival.update

    @property
    def user(self) -> User:
        """Who it is from; of a wake-up only the id is known."""
        return self.arrival.user

    @property
    def chat(self) -> int:
        return self.arrival.chat

    @property
    def now(self) -> datetime:
        """When it is handled."""
        return self.arrival.now

    @property
    def late(self) -> bool:
        """Sent more than ten minutes before it is handled: it must not book, cancel or pay."""
        return self.arrival.late

    @property
    def press(self) -> Press | None:
        """The button that was pressed, if it is one of ours."""
        return self.arrival.press

    @property
    def facts(self) -> Mapping[str, Any]:
        return self.arrival.facts

    @property
    def matched(self) -> Any:
        return self.arrival.matched

    @property
    def message(self) -> Message | None:
        """What the person wrote or changed; not the message that carries a pressed button."""
        return self.update.message or self.update.edited_message

    @property
    def text(self) -> str:
        """What was written, or the caption of what was sent, without white space around it."""
        if self.message is None:
            return ""
        return (self.message.text or self.message.caption or "").strip()

    @property
    def payload(self) -> str:
        """What follows a command, such as the deep link's ``space_4711`` after ``/start``."""
        command, _, rest = self.text.partition(" ")
        return rest.strip() if command.startswith("/") else ""

    @property
    def step(self) -> str | None:
        """Where the person was in this conversation, also while it slept."""
        return self.arrival.threads.of(self.arrival.flow).step

    @property
    def active(self) -> str | None:
        """The conversation that gets what the person writes."""
        active = self.arrival.threads.active
        return active.flow if active else None

    @property
    def version(self) -> int:
        """What buttons of this conversation carry: they act until the next card is shown."""
        return self.arrival.version

    def version_of(self, flow: str) -> int:
        """What buttons of another conversation carry on this one's card, such as a way back."""
        if flow == self.arrival.flow:
            return self.version
        return self.arrival.threads.of(flow).version

    def draft_as(self, kind: type[D]) -> D:
        """The draft, which must be of that kind; a new one if there is none yet."""
        if self.draft is None:
            self.draft = kind()
        if not isinstance(self.draft, kind):
            raise TypeError(f"the draft of {self.arrival.flow} is no {kind.__name__}")
        return self.draft

    def show(self, *screens: Screen) -> None:
        """Collect what is sent after the commit, in this order."""
        self.screens.extend(screens)

    def leave(self) -> str | None:
        """Put the active conversation, if any, to sleep with its draft; returns its name."""
        self.left = self.active
        return self.left

    def wake_in(self, delay: timedelta) -> None:
        """Have this conversation's ``on_wake`` called then; only the last one set counts."""
        self.waking = delay
