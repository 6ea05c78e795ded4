"""Who listens to what, and one reader of the log of changes for all of them."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NoReturn, Protocol

from api.models import live as models
from market.domain.change import Change
from market.domain.ids import PersonId
from market.domain.place import Box, Point
from market.ports.work import Work
from market.services import Services
from market.services.live import News

log = logging.getLogger(__name__)

BACKLOG = 64
"""Messages that wait for a reader; one who lets more pile up is let go."""
EACH = 32
"""Sockets of one person."""
REPLAYED = 1000
"""Changes that are told to who comes back; reading everything anew costs no more than those."""
PAUSE = 1.0
"""Seconds before another try when the store could not be read."""

Apply = Callable[[Work, Sequence[Change]], Awaitable[None]]
ServicesOf = Callable[[Work], Services]


class Follow(Protocol):
    """Hands on every change after ``seen``, in order, with a way to read what it became."""

    def __call__(self, seen: int, apply: Apply, /) -> Awaitable[NoReturn]: ...


class TooMany(Exception):
    """The person has as many sockets as we keep for one."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: for the first message, between two looks at the session, between marks, and for a
    message to be taken."""

    hello: float = 10.0
    vouch: float = 60.0
    mark: float = 30.0
    send: float = 10.0


_PACE = Pace()


@dataclass(eq=False)
class Listener:
    """One socket, as far as the hub is concerned."""

    person: PersonId
    areas: Sequence[Box] = ()
    bookings: bool = False
    messages: asyncio.Queue[str] = field(default_factory=lambda: asyncio.Queue(BACKLOG))
    slow: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a message had to be dropped: what follows would be without it."""

    def tell(self, message: str) -> None:
        try:
            self.messages.put_nowait(message)
        except asyncio.QueueFull:
            self.slow.set()


@dataclass(frozen=True, slots=True)
class _Told:
    """A change in words: to whom it may be said, and what."""

    text: str
    points: tuple[Point, ...] = ()
    """Where it is, and was until then."""
    parties: frozenset[PersonId] = frozenset()


class Hub:
    """Of one process and event loop. Nothing is read while nobody listens."""

    def __init__(self, pace: Pace = _PACE) -> None:
        self.pace = pace
        self.seen = 0
        """The last change that everybody has heard of."""
        self._listeners: set[Listener] = set()
        self._sockets: Counter[PersonId] = Counter()
        # Live news and what is told again must not overtake each other: the older state of a
        # thing would be heard last.
        self._turn = asyncio.Lock()

    def __len__(self) -> int:
        return len(self._listeners)

    @contextmanager
    def listening(self, person: PersonId) -> Iterator[Listener]:
        """Raises TooMany."""
        if self._sockets[person] >= EACH:
            raise TooMany
        listener = Listener(person)
        self._listeners.add(listener)
        self._sockets[person] += 1
        try:
            yield listener
        finally:
            self._listeners.discard(listener)
            self._sockets[person] -= 1
            if not self._sockets[person]:
                del self._sockets[person]

    async def run(self, follow: Follow, services_of: ServicesOf, seen: int) -> NoReturn:
        """Tell what happens after ``seen``, for good."""
        self.seen = seen

        async def apply(work: Work, changes: Sequence[Change]) -> None:
            await self._apply(services_of(work), changes)

        while True:
            try:
                await follow(self.seen, apply)
            except Exception:  # news may come late, but must not stop
                log.exception("live updates fell behind the store at change %s", self.seen)
            await asyncio.sleep(PAUSE)

    async def watch(self, listener: Listener, watch: models.Watch, services: Services) -> None:
        """From now on, and, as far as that is known, since the listener was here the last time."""
        async with self._turn:
            listener.areas = [area.to_domain() for area in watch.areas]
            listener.bookings = watch.bookings
            changes: Sequence[Change] | None = []
            if watch.after is not None:
                changes = await self._missed(services, watch.after)
            reload = changes is None
            listener.tell(models.Watching(seq=self.seen, reload=reload).model_dump_json())
            if changes:
                told = _in_words(await services.live.news(changes))
                _tell(listener, self.seen, told)

    async def _missed(self, services: Services, after: int) -> Sequence[Change] | None:
        """None when that is too long ago, or never was."""
        if after > self.seen:  # told by another process, which was a moment ahead of us
            return [] if after <= await services.work.changes.newest() else None
        if after < self.seen - REPLAYED:
            return None
        missed: list[Change] = []
        while after < self.seen:
            page = await services.work.changes.after(after)
            if page[:1] and page[0].id != after + 1:
                return None  # forgotten meanwhile
            missed += [change for change in page if change.id <= self.seen]
            after = page[-1].id if page else self.seen
        return missed

    async def _apply(self, services: Services, changes: Sequence[Change]) -> None:
        async with self._turn:
            if self._listeners and changes[0].id != self.seen + 1:
                self._reload(changes[-1].id)
            elif self._listeners:
                told = _in_words(await services.live.news(changes))
                for listener in tuple(self._listeners):
                    _tell(listener, changes[-1].id, told)
            self.seen = changes[-1].id

    def _reload(self, seq: int) -> None:
        """We slept so long that changes were forgotten before we saw them."""
        message = models.Watching(seq=seq, reload=True).model_dump_json()
        for listener in self._listeners:
            listener.tell(message)


@dataclass(frozen=True, slots=True)
class _News:
    spaces: Sequence[_Told]
    bookings: Sequence[_Told]


def _in_words(news: News) -> _News:
    return _News(
        [
            _Told(
                models.ChangedSpace.of(it).model_dump_json(),
                (it.space.public_point, *it.left),
            )
            for it in news.spaces
        ],
        [
            _Told(models.ChangedBooking.of(it.booking).model_dump_json(), parties=it.parties)
            for it in news.bookings
        ],
    )


def _tell(listener: Listener, seq: int, news: _News) -> None:
    """Only what the listener watches, and may know; nothing if that is nothing."""
    areas, person = listener.areas, listener.person
    spaces = [
        it.text
        for it in news.spaces
        if any(box.holds(point.lat, point.lng) for box in areas for point in it.points)
    ]
    bookings = [it.text for it in news.bookings if listener.bookings and person in it.parties]
    if spaces or bookings:
        listener.tell(models.news(seq, spaces, bookings))
