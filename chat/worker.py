"""Handles updates: each in one unit of work, whose answer leaves after the commit."""

import asyncio
import json
import logging
import traceback
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from time import perf_counter
from typing import Any, Generic, TypeAlias

from telegram import Update, User

from chat.answer import Answer
from chat.bot import Bot
from chat.buttons import Press
from chat.context import Arrival, C, Callback
from chat.conversation import Conversation
from chat.courier import Courier
from chat.envelope import Envelope
from chat.meter import Meter, Unmetered
from chat.persons import Persons
from chat.ports import Clock, Store, Unfinished, W, utc_now
from chat.replies import Replies, Unreachable
from chat.router import Route, Router
from chat.saving import answer_of, save
from chat.screen import Screen
from chat.thread import Threads

log = logging.getLogger(__name__)

LATE = timedelta(minutes=10)
ATTEMPTS = 3
"""A handler that fails is tried twice more before its update is given up."""
SIDE_BY_SIDE = 64

Peek: TypeAlias = Callable[[], Awaitable[Threads]]
Prepare: TypeAlias = Callable[[Update, Peek], Awaitable[Mapping[str, Any]]]
"""Network and heavy work before the unit; may look where the person stands."""
Arriving: TypeAlias = Callable[[W, Arrival], Awaitable[C]]
Explain: TypeAlias = Callable[[Exception, C], Awaitable[Sequence[Screen]]]
Apology: TypeAlias = Callable[[int, str], Screen]
"""Words for a person (id, language code) whose update failed for no reason of theirs."""


class Stale(Exception):
    """The update has been handled already."""


@dataclass(frozen=True, slots=True)
class _Job:
    """An update to handle, or, after a restart, an answer to send."""

    envelope: Envelope
    answer: Answer | None = None
    repeats: int = 0


_UNMETERED = Unmetered()


async def _nothing(update: Update, peek: Peek) -> Mapping[str, Any]:
    return {}


async def _ignore(work: object, chat: int) -> None:
    log.info("chat %s is closed to us", chat)


class Worker(Generic[W, C]):
    """In order for each person, side by side between them; nothing lost and nothing twice.

    ``arriving`` builds the context inside the unit. A ``refusal`` rolls the unit back, and
    ``explain`` finds the words for it in a second one. Whatever else a handler raises is tried
    again, then kept with its traceback, and the person gets the ``apology``. ``unmatched`` answers
    what nobody takes, ``group`` everything outside a private chat.
    """

    def __init__(
        self,
        store: Store[W],
        bot: Bot,
        conversations: Sequence[Conversation[C]],
        arriving: Arriving[W, C],
        *,
        courier: Courier,
        refusal: type[Exception],
        explain: Explain[C],
        apology: Apology,
        unmatched: Callback[C],
        group: Callback[C],
        prepare: Prepare = _nothing,
        unreachable: Unreachable[W] = _ignore,
        clock: Clock = utc_now,
        meter: Meter = _UNMETERED,
    ) -> None:
        self._store = store
        self._bot = bot
        self._router = Router(conversations, unmatched=unmatched, group=group)
        self._arriving = arriving
        self._refusal = refusal
        self._explain = explain
        self._apology = apology
        self._prepare = prepare
        self._clock = clock
        self._meter = meter
        self._courier = courier
        self._replies = Replies(store, courier, unreachable, clock)
        self._persons: Persons[_Job] = Persons(self._work_off, SIDE_BY_SIDE)

    def receive(self, envelopes: Iterable[Envelope]) -> None:
        """Take what is in the inbox already; returns at once."""
        for envelope in envelopes:
            self._put(_Job(envelope))

    async def recover(self) -> None:
        """Take up what an earlier process left: answers first sent again, updates handled."""
        async with self._store.begin() as work:
            rows = await work.inbox.unfinished()
        for row in rows:
            self._put(_recovered(row))
        if rows:
            log.info("%s updates were left from the last time", len(rows))

    async def idle(self) -> None:
        """Return when everything received is handled and answered."""
        await self._persons.idle()

    async def stop(self) -> None:
        """Let go of what is under way; the inbox keeps it for the next start."""
        await self._persons.stop()
        await self._courier.stop()

    def _put(self, job: _Job) -> None:
        # Whoever sent it, nobody else has to wait for an update without a sender.
        person = job.envelope.person
        self._persons.put(("nobody", job.envelope.id) if person is None else person, job)

    async def _work_off(self, job: _Job, limit: asyncio.Semaphore) -> None:
        if job.answer is not None:
            await self._replies.send(job.envelope.id, job.answer, job.repeats)
            return
        async with limit:
            answer = await self._handle(job.envelope)
        if answer is not None:
            await self._replies.send(job.envelope.id, answer)

    async def _handle(self, envelope: Envelope) -> Answer | None:
        try:
            update = self._parse(envelope)
        except Exception:
            log.exception("update %s cannot be parsed", envelope.id)
            return await self._bury(envelope, traceback.format_exc())
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await self._attempt(envelope, update)
            except Stale:
                return None
            except Exception:
                log.exception("update %s failed (%s of %s)", envelope.id, attempt, ATTEMPTS)
                reason = traceback.format_exc()
        return await self._bury(envelope, reason)

    def _parse(self, envelope: Envelope) -> Update:
        if envelope.wakes:
            return Update(envelope.id)
        return Update.de_json(dict(envelope.raw), self._bot)

    async def _attempt(self, envelope: Envelope, update: Update) -> Answer | None:
        facts: Mapping[str, Any] = {}
        try:
            facts = await self._prepare(update, partial(self._peek, envelope))
            return await self._turn(envelope, update, facts)
        except self._refusal as refusal:
            return await self._turn(envelope, update, facts, refusal)

    async def _turn(
        self,
        envelope: Envelope,
        update: Update,
        facts: Mapping[str, Any],
        refusal: Exception | None = None,
    ) -> Answer | None:
        """The unit of work. With a refusal it only explains what the one before it refused."""
        began = perf_counter()
        async with self._store.begin() as work:
            route, answer = await self._answered(work, envelope, update, facts, refusal)
            # The fence: of two who handle the same update only one keeps what it did.
            packed = answer.to_json() if answer else None
            if not await work.inbox.end(envelope.id, self._clock(), packed):
                raise Stale
        if route is not None:
            refused = refusal is not None
            self._meter.handled(route.name, perf_counter() - began, refused=refused)
        return answer

    async def _answered(
        self,
        work: W,
        envelope: Envelope,
        update: Update,
        facts: Mapping[str, Any],
        refusal: Exception | None,
    ) -> tuple[Route[C] | None, Answer | None]:
        """Who took the update, and what is to be shown. Nobody takes what is from nobody."""
        person = update.effective_user or _woken(envelope)
        if person is None or envelope.chat is None:
            return None, None
        threads = await self._threads(work, envelope)
        press = _press(update)
        route = self._route(envelope, update, press, threads)
        if route is None:
            return None, None
        arrival = self._arrival(envelope, update, person, press, threads, route, facts)
        context = await self._arriving(work, arrival)
        if refusal is None:
            move = await route.callback(update, context)
        else:
            move = None
            context.show(*await self._explain(refusal, context))
        await save(work, route, context, move)
        return route, await answer_of(work, envelope, context)

    async def _threads(self, work: W, envelope: Envelope) -> Threads:
        if envelope.person is None or not envelope.private:
            return Threads()
        return self._router.threads(await work.conversations.of(envelope.person), self._clock())

    async def _peek(self, envelope: Envelope) -> Threads:
        """Where the person stands; stays true until the unit, because this is the person's turn."""
        async with self._store.glance() as work:
            return await self._threads(work, envelope)

    def _route(
        self, envelope: Envelope, update: Update, press: Press | None, threads: Threads
    ) -> Route[C] | None:
        if envelope.wakes:
            return self._router.woken(envelope.wakes, threads)
        if not envelope.private:
            return self._router.in_group(update)
        if update.callback_query:
            return self._router.pressed(press, threads, late=self._is_late(envelope))
        return self._router.sent(update, threads)

    def _arrival(
        self,
        envelope: Envelope,
        update: Update,
        user: User,
        press: Press | None,
        threads: Threads,
        route: Route[C],
        facts: Mapping[str, Any],
    ) -> Arrival:
        conversation = route.conversation
        thread = threads.of(conversation.name if conversation else "")
        assert envelope.chat is not None
        return Arrival(
            update=update,
            user=user,
            chat=envelope.chat,
            now=self._clock(),
            late=self._is_late(envelope),
            flow=thread.flow,
            threads=threads,
            version=thread.version if route.redraws else thread.version + 1,
            draft=conversation.read(thread) if conversation else None,
            press=press,
            matched=route.found,
            facts=facts,
        )

    def _is_late(self, envelope: Envelope) -> bool:
        return self._clock() - envelope.sent_at > LATE

    async def _bury(self, envelope: Envelope, reason: str) -> Answer | None:
        """Keep the update with the reason, and say so to the person; never parses it again."""
        answer = None
        if envelope.person is not None and envelope.chat is not None:
            sorry = self._apology(envelope.person, envelope.language)
            screens = (sorry,) if envelope.private else ()
            answer = Answer(envelope.chat, screens, envelope.callback_id)
        async with self._store.begin() as work:
            packed = answer.to_json() if answer else None
            buried = await work.inbox.bury(envelope.id, self._clock(), reason, packed)
        self._meter.buried()
        return answer if buried else None


def _recovered(row: Unfinished) -> _Job:
    envelope = Envelope.of(json.loads(row.raw), row.sent_at)
    assert envelope is not None
    if row.state == "sending" and row.answer is not None:
        return _Job(envelope, Answer.from_json(row.answer), row.attempts + 1)
    return _Job(envelope)


def _press(update: Update) -> Press | None:
    query = update.callback_query
    return Press.parse(query.data) if query and query.data else None


def _woken(envelope: Envelope) -> User | None:
    if envelope.wakes and envelope.person is not None:
        return User(envelope.person, "", is_bot=False)
    return None
