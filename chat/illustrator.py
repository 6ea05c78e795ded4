"""Adds pictures to messages that are out already: no answer waits for one.

Whatever a picture shows is told by its text, too. So nothing of this is kept: after a crash, when
it cannot be drawn, or while too many wait to be drawn, the text stands alone.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any, TypeAlias

from telegram import InputFile
from telegram.error import BadRequest, TelegramError

from chat.delivery import CAPTION, UNCHANGED, Call, length, pictured, upload
from chat.meter import Meter
from chat.ports import ReadPhoto, Store, W
from chat.screen import Photo, Screen
from chat.uploads import Uploads

log = logging.getLogger(__name__)

WAITING = 24
"""Pictures that may wait to be drawn; what comes then gets none."""

Enter: TypeAlias = Callable[[int], Awaitable[None]]
"""Returns when a picture may be sent to a chat; answers go first."""
Send: TypeAlias = Callable[[Call], Awaitable[Any]]
"""What Telegram says to it."""
Added: TypeAlias = Callable[[int, int], Awaitable[None]]
"""Keeps that a message of a chat is a picture with a caption from now on."""


class Crowded(Exception):
    """Answers, or other pictures, need the time that it would take."""


@dataclass(frozen=True, slots=True)
class Illustrated:
    """What it takes to have pictures."""

    added: Added
    plain: bytes
    """Takes the place of an older picture that must not stand beside the new words."""
    crowded: Callable[[], bool] = lambda: False
    """Whether answers wait for their turn: drawing would take the processor from them."""


@dataclass(eq=False, slots=True)
class _Job:
    """One picture for what one message says now."""

    chat: int
    message: int
    screen: Screen
    picture: Photo
    replaces: bool
    """Whether the message shows another picture until then."""
    began: float
    outdated: bool = False
    leaving: bool = False
    arrived: bool = False


class Illustrator:
    """At most one picture is on its way to each message: that of what it says now."""

    def __init__(
        self,
        read: ReadPhoto,
        enter: Enter,
        send: Send,
        illustrated: Illustrated,
        uploads: Uploads,
        meter: Meter,
    ) -> None:
        self._read = read
        self._enter = enter
        self._send = send
        self._illustrated = illustrated
        self._uploads = uploads
        self._meter = meter
        self._jobs: dict[tuple[int, int], _Job] = {}
        self._tasks: dict[_Job, asyncio.Task[None]] = {}
        self._turn = asyncio.Lock()
        self._waiting = 0

    def add(self, chat: int, message: int, screen: Screen, *, replaces: bool) -> None:
        """Have the screen's picture added to the message that shows its words; returns at once."""
        if screen.picture is None or length(screen.text) > CAPTION:
            return
        job = _Job(chat, message, screen, screen.picture, replaces, perf_counter())
        self._jobs[chat, message] = job
        self._tasks[job] = task = asyncio.create_task(self._carry(job))
        task.add_done_callback(lambda _: self._tasks.pop(job))

    async def give_way(self, chat: int, message: int) -> bool:
        """The message is about to become something else: no older picture may come after that.

        One that is leaving at this moment is waited for. Whether it made the message a picture.
        """
        job = self._jobs.pop((chat, message), None)
        if job is None:
            return False
        job.outdated = True
        if job.leaving:
            await asyncio.wait([self._tasks[job]])
        return job.arrived

    async def idle(self) -> None:
        """Return when no picture is on its way."""
        while self._tasks:
            await asyncio.wait(self._tasks.values())

    async def stop(self) -> None:
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _carry(self, job: _Job) -> None:
        try:
            outcome = await self._carried(job)
        except Crowded:
            outcome = "crowded"
            await self._make_plain(job)
        except Exception as error:  # noqa: BLE001 - whatever it was, the text stands
            log.warning("a message to %s stays without its picture: %r", job.chat, error)
            outcome = "failed"
            await self._make_plain(job)
        self._meter.pictured(outcome, perf_counter() - job.began)
        if self._jobs.get((job.chat, job.message)) is job:
            del self._jobs[job.chat, job.message]

    async def _carried(self, job: _Job) -> str:
        """How it ended. Raises whatever keeps it from being drawn or shown."""
        answer = await self._shown(job, await self._drawn(job))
        if answer is None:
            return "outdated"
        self._uploads.learn([job.picture], answer)
        job.arrived = True
        await self._illustrated.added(job.chat, job.message)
        return "added"

    async def _drawn(self, job: _Job) -> str | InputFile:
        """One after the other, so that what is outdated meanwhile need not be drawn."""
        if file_id := self._uploads.of(job.picture).file_id:
            return file_id
        if self._waiting == WAITING:
            raise Crowded
        self._waiting += 1
        try:
            async with self._turn:
                if job.outdated:
                    return ""
                if self._illustrated.crowded():
                    raise Crowded
                return await upload(job.picture, self._read)
        finally:
            self._waiting -= 1

    async def _shown(self, job: _Job, media: str | InputFile) -> Any:
        """What Telegram says to it; None if the message was to say something else meanwhile."""
        job.leaving = False
        if not job.outdated:
            await self._enter(job.chat)
        if job.outdated:
            return None
        job.leaving = True
        try:
            return await self._send(pictured(job.screen, job.chat, job.message, media))
        except BadRequest as error:
            if UNCHANGED in str(error).lower():
                return True
            self._uploads.forget([job.picture])
            raise

    async def _make_plain(self, job: _Job) -> None:
        """An older picture is worse than none."""
        if not job.replaces:
            return
        try:
            await self._shown(job, InputFile(self._illustrated.plain, "plain.png", attach=True))
        except TelegramError as error:
            log.warning("a message to %s shows an older picture: %r", job.chat, error)


def keeping(store: Store[W]) -> Added:
    async def added(chat: int, message: int) -> None:
        async with store.begin() as work:
            await work.cards.pictured(chat, message)

    return added
