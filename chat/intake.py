"""How updates come in: into the inbox first, and only then off Telegram's list."""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Generic

from starlette.requests import Request
from starlette.responses import Response
from telegram.error import InvalidToken, NetworkError, RetryAfter

from chat.bot import Bot
from chat.context import C
from chat.envelope import Envelope
from chat.inline import Inline
from chat.ports import Clock, Store, W, utc_now
from chat.worker import Worker

log = logging.getLogger(__name__)

WANTED = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "chosen_inline_result",
    "my_chat_member",
)
LONG_POLL = 50
"""Seconds that Telegram may keep us waiting for news."""
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
POLL_KEPT = timedelta(minutes=1)
"""How exactly the time of the last poll is remembered over a restart."""
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


class Intake(Generic[W, C]):
    def __init__(
        self,
        store: Store[W],
        worker: Worker[W, C],
        inline: Inline | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self._store = store
        self._worker = worker
        self._inline = inline
        self._clock = clock

    async def accept(self, updates: Sequence[object], sent_by: datetime | None = None) -> None:
        """Take updates into the inbox, and hand on those that were not there before.

        Once this returns they may be confirmed. ``sent_by`` counts for those without a date.
        """
        now = self._clock()
        envelopes = []
        for raw in updates:
            envelope = Envelope.of(raw, sent_by or now)
            if envelope is None or envelope.id < 0:  # Below zero the numbers are our own.
                log.error("an update without a usable id is dropped: %.500r", raw)
            elif self._inline is not None and "inline_query" in envelope.raw:
                self._inline.ask(envelope)
            else:
                envelopes.append(envelope)
        if envelopes:
            await self._store_and_hand_on(envelopes, now)

    async def _store_and_hand_on(self, envelopes: list[Envelope], now: datetime) -> None:
        async with self._store.begin() as work:
            fresh = await work.inbox.add([_row(envelope, now) for envelope in envelopes])
        for envelope in envelopes:
            if envelope.id in fresh:
                fresh.discard(envelope.id)
                self._worker.receive((envelope,))


class Polling(Generic[W, C]):
    """Asks Telegram for news until it is cancelled."""

    def __init__(
        self, store: Store[W], bot: Bot, intake: Intake[W, C], clock: Clock = utc_now
    ) -> None:
        self._store = store
        self._bot = bot
        self._intake = intake
        self._clock = clock
        self._offset: int | None = None
        self._polled_at: datetime | None = None
        self._kept_at: datetime | None = None

    async def run(self) -> None:
        """Raises InvalidToken; everything else is waited out."""
        async with self._store.begin() as work:
            self._polled_at = await work.inbox.polled_at(self._bot.number)
        await self._patiently(self._unhook)
        while True:
            await self._patiently(self._poll)

    async def _unhook(self) -> None:
        """Telegram gives nothing to those who poll while it knows a webhook."""
        await self._bot.call("deleteWebhook")

    async def _poll(self) -> None:
        updates = await self._bot.call(
            "getUpdates",
            read_timeout=LONG_POLL + 10,
            offset=self._offset,
            timeout=LONG_POLL,
            allowed_updates=WANTED,
        )
        now = self._clock()
        if updates:
            # A tap carries no date, but it was made after the poll before this one.
            await self._intake.accept(updates, self._polled_at or now)
            self._offset = max(map(_id, updates)) + 1
        await self._remember(now)

    async def _remember(self, now: datetime) -> None:
        self._polled_at = now
        if self._kept_at is None or now - self._kept_at >= POLL_KEPT:
            async with self._store.begin() as work:
                await work.inbox.polled(self._bot.number, now)
            self._kept_at = now

    async def _patiently(self, act: Callable[[], Awaitable[None]]) -> None:
        """Until it has succeeded: what Telegram has not been told of, it keeps for us."""
        pause = FIRST_PAUSE
        while True:
            try:
                return await act()
            except InvalidToken:
                raise
            except RetryAfter as error:
                log.warning("Telegram wants a pause: %s", error)
                await asyncio.sleep(_seconds(error))
            except NetworkError as error:
                log.warning("Telegram cannot be reached, next try in %s s: %s", pause, error)
                await asyncio.sleep(pause)
            except Exception:
                # Also Telegram's Conflict, while another process polls with the same token.
                log.exception("no updates could be taken in, next try in %s s", pause)
                await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


def webhook(secret: str, intake: Intake[W, C]) -> Callable[[Request], Awaitable[Response]]:
    """A Starlette endpoint for POST: 200 only once the update is in the inbox.

    Telegram sends again whatever was not answered with 200.
    """
    expected = secret.encode()

    async def endpoint(request: Request) -> Response:
        told = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(told, expected):
            return Response(status_code=403)
        try:
            update = json.loads(await request.body())
        except ValueError:
            return Response(status_code=400)
        await intake.accept([update])
        return Response(status_code=200)

    return endpoint


def _row(envelope: Envelope, now: datetime) -> dict[str, Any]:
    return {
        "id": envelope.id,
        "person": envelope.person,
        "raw": json.dumps(envelope.raw),
        "sent_at": envelope.sent_at,
        "received_at": now,
    }


def _id(update: object) -> int:
    id_ = update.get("update_id") if isinstance(update, dict) else None
    return id_ if isinstance(id_, int) else 0


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)
