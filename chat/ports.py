"""What the kit needs of the store. Only plain values cross: screens and drafts travel as JSON."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import Any, Protocol, TypeAlias, TypeVar

Clock: TypeAlias = Callable[[], datetime]
"""Says the time, aware and in UTC."""


def utc_now() -> datetime:
    return datetime.now(UTC)


ReadPhoto: TypeAlias = Callable[[str], Awaitable[bytes]]
"""The bytes of a photo under its key in the photo store."""


class Unfinished(Protocol):
    """An update that a restart finds in the inbox."""

    @property
    def id(self) -> int: ...
    @property
    def raw(self) -> str: ...
    @property
    def sent_at(self) -> datetime: ...
    @property
    def received_at(self) -> datetime: ...
    @property
    def state(self) -> str:
        """``new``: not handled yet. ``sending``: its answer may not be out."""

    @property
    def answer(self) -> str | None: ...
    @property
    def attempts(self) -> int:
        """How often the answer has been sent again."""


class Inbox(Protocol):
    async def add(self, rows: Sequence[Mapping[str, Any]]) -> set[int]: ...
    async def end(self, update: int, at: datetime, answer: str | None = None) -> bool: ...
    async def bury(self, update: int, at: datetime, traceback: str, answer: str | None) -> bool: ...
    async def sent(self, updates: Sequence[int]) -> None: ...
    async def attempt(self, update: int) -> None: ...
    async def unfinished(self) -> Sequence[Unfinished]: ...
    async def polled(self, bot: int, at: datetime) -> None: ...
    async def polled_at(self, bot: int) -> datetime | None: ...


class ThreadRow(Protocol):
    @property
    def flow(self) -> str: ...
    @property
    def step(self) -> str | None: ...
    @property
    def version(self) -> int: ...
    @property
    def draft(self) -> str | None: ...
    @property
    def active(self) -> bool: ...
    @property
    def expires_at(self) -> datetime | None: ...
    @property
    def wake_at(self) -> datetime | None: ...


class Conversations(Protocol):
    async def of(self, person: int) -> Sequence[ThreadRow]: ...
    async def save(
        self,
        person: int,
        flow: str,
        *,
        step: str | None,
        version: int,
        draft: str | None,
        active: bool,
        expires_at: datetime | None,
        wake_at: datetime | None,
    ) -> None: ...
    async def rest(self, person: int, flow: str) -> None: ...
    async def wake(self, now: datetime) -> Sequence[tuple[int, str]]: ...
    async def next_wake(self) -> datetime | None: ...


class Cards(Protocol):
    async def of(self, chat: int, names: Collection[str]) -> Mapping[str, tuple[int, bool]]: ...
    async def keep(self, shown: Sequence[tuple[int, str, int, bool]]) -> None: ...


class Work(Protocol):
    """One unit of work: everything in it is kept together, or not at all."""

    @property
    def inbox(self) -> Inbox: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def cards(self) -> Cards: ...


W = TypeVar("W", bound=Work)
W_co = TypeVar("W_co", bound=Work, covariant=True)


class Store(Protocol[W_co]):
    def begin(self) -> AbstractAsyncContextManager[W_co]: ...
    def glance(self) -> AbstractAsyncContextManager[W_co]: ...
    def listen(self, topic: str, callback: Callable[[], None], /) -> None: ...
