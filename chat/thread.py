"""Where one person stands in one conversation, and in all of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from chat.ports import ThreadRow

FIRST_VERSION = 1
"""Version 0 is that of buttons which never go out of date."""


@dataclass(frozen=True, slots=True)
class Thread:
    """One person in one conversation; ``version`` outlives its end, so that old buttons show."""

    flow: str
    step: str | None = None
    version: int = FIRST_VERSION
    draft: str | None = None
    active: bool = False
    """Gets what the person writes; the others sleep with their drafts."""
    expires_at: datetime | None = None
    wake_at: datetime | None = None

    @classmethod
    def of(cls, row: ThreadRow) -> Self:
        return cls(
            row.flow,
            row.step,
            row.version,
            row.draft,
            row.active,
            row.expires_at,
            row.wake_at,
        )

    @property
    def over(self) -> bool:
        return self.step is None and self.draft is None

    def ended(self) -> Self:
        return replace(self, step=None, draft=None, active=False, expires_at=None, wake_at=None)


class Threads:
    """All conversations of one person."""

    def __init__(self, threads: Iterable[Thread] = ()) -> None:
        self._threads = {thread.flow: thread for thread in threads}

    def of(self, flow: str) -> Thread:
        return self._threads.get(flow) or Thread(flow)

    @property
    def active(self) -> Thread | None:
        return next((thread for thread in self._threads.values() if thread.active), None)
