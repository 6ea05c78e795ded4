"""The one way out: every message to a person passes here, at the pace that Telegram allows."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from chat.answer import Target
from chat.bot import Bot
from chat.buckets import Gate, Limits
from chat.delivery import (
    OTHERWISE,
    SEND_ANEW,
    UNCHANGED,
    Call,
    edits,
    sends,
    shows_something,
    toast_of,
)
from chat.illustrator import Illustrated, Illustrator
from chat.meter import Meter, Unmetered
from chat.ports import Clock, ReadPhoto, utc_now
from chat.request import NOT_SENT
from chat.screen import Screen, Where
from chat.uploads import Uploads

log = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=5)
"""How long to wait before trying again what the network did not take."""
PICTURE_PATIENCE = 5.0
"""Seconds for Telegram to take a picture."""
SPARE = 2
"""Messages that a chat could take at once besides, when a picture is sent to it."""


class Fate(StrEnum):
    SENT = "sent"
    RETRY = "retry"
    """Surely not sent; try again at ``retry_at``."""
    UNREACHABLE = "unreachable"
    """The person blocked the bot, or is gone."""
    REFUSED = "refused"
    """This message can never be sent."""
    UNKNOWN = "unknown"
    """The line broke before the answer: sent or not."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message that now shows a screen."""

    message: int
    media: bool
    card: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of some screens; ``shown`` are those that were sent before it, in order."""

    fate: Fate
    shown: tuple[Shown, ...] = ()
    done: int = 0
    """How many of the screens need not be sent again."""
    retry_at: datetime | None = None
    reason: str = ""


_UNMETERED = Unmetered()


class Courier:
    """Sends screens. Knows no store: what was sent is told in the outcome."""

    def __init__(
        self,
        bot: Bot,
        read_photo: ReadPhoto,
        limits: Limits | None = None,
        clock: Clock = utc_now,
        patience: timedelta = PATIENCE,
        meter: Meter = _UNMETERED,
        illustrated: Illustrated | None = None,
    ) -> None:
        self._bot = bot
        self._read = read_photo
        self._gate = Gate(limits or Limits())
        self._clock = clock
        self._patience = patience
        self._meter = meter
        self._moved: dict[int, int] = {}
        self._uploads = Uploads()
        self.illustrator: Illustrator | None = None
        if illustrated is not None:
            self.illustrator = Illustrator(
                read_photo,
                self._enter_later,
                self._send_picture,
                illustrated,
                self._uploads,
                meter,
            )

    async def deliver(
        self,
        chat: int,
        screens: Sequence[Screen],
        callback_id: str | None = None,
        *,
        here: Target | None = None,
        cards: Mapping[str, Target] | None = None,
        notice: bool = True,
    ) -> Outcome:
        """Show the screens in order; stops at the first one that cannot be shown.

        ``here`` is the message that a button was pressed on, ``cards`` those that can be edited by
        name. A press is always answered, even with nothing. Replies go before notices; a notice
        does not wait for a chat that Telegram wants left alone, but comes back later.
        """
        if notice and (silence := self._gate.silence(chat)) > 0:
            at = self._clock() + timedelta(seconds=silence)
            return Outcome(Fate.RETRY, retry_at=at, reason="the chat is to be left alone")
        if callback_id is None:
            return await self._metered(chat, screens, here, cards or {}, notice=notice)
        toast = toast_of(tuple(screens))
        if not any(map(shows_something, screens)):
            await self._answer_press(callback_id, toast)
            return Outcome(Fate.SENT, done=len(screens))
        # The button stops spinning at once, while its card may have to wait for its turn.
        async with asyncio.TaskGroup() as group:
            group.create_task(self._answer_press(callback_id, toast))
            return await self._metered(chat, screens, here, cards or {}, notice=notice)

    async def stop(self) -> None:
        """Let go of pictures that are on their way."""
        if self.illustrator is not None:
            await self.illustrator.stop()

    async def _metered(
        self,
        chat: int,
        screens: Sequence[Screen],
        here: Target | None,
        cards: Mapping[str, Target],
        *,
        notice: bool,
    ) -> Outcome:
        outcome = await self._deliver(chat, screens, here, cards, notice=notice)
        self._meter.delivered(outcome.fate)
        return outcome

    async def _deliver(
        self,
        chat: int,
        screens: Sequence[Screen],
        here: Target | None,
        cards: Mapping[str, Target],
        *,
        notice: bool,
    ) -> Outcome:
        shown: list[Shown] = []
        for done, screen in enumerate(screens):
            if not shows_something(screen):
                continue
            target = _target(screen, here, cards)
            try:
                message = await self._show(chat, screen, target, notice=notice)
            except TelegramError as error:
                if isinstance(error, BadRequest):
                    self._uploads.forget(screen.photos)
                return self._outcome(chat, error, tuple(shown), done)
            except Exception as error:
                # Such as a picture that is gone. What comes after it need not suffer.
                log.exception("a message to %s cannot be sent", chat)
                return Outcome(Fate.REFUSED, tuple(shown), done, reason=repr(error))
            shown.append(Shown(message.message, message.media, screen.card))
        return Outcome(Fate.SENT, tuple(shown), len(screens))

    def _outcome(
        self, chat: int, error: TelegramError, shown: tuple[Shown, ...], done: int
    ) -> Outcome:
        """The order counts: to the library BadRequest is a NetworkError, yet no retry will help."""
        if isinstance(error, RetryAfter):
            seconds = _seconds(error)
            self._gate.halt(chat, seconds)
            at = self._clock() + timedelta(seconds=seconds)
            return Outcome(Fate.RETRY, shown, done, at, str(error))
        if isinstance(error, Forbidden):
            return Outcome(Fate.UNREACHABLE, shown, done, reason=str(error))
        if isinstance(error, BadRequest):
            log.error("Telegram refuses a message to %s: %s", chat, error)
            return Outcome(Fate.REFUSED, shown, done, reason=str(error))
        if isinstance(error, InvalidToken) or isinstance(error.__cause__, NOT_SENT):
            return Outcome(Fate.RETRY, shown, done, self._clock() + self._patience, repr(error))
        # The line broke late, or the answer was a 5xx or no answer at all.
        again = self._clock() + self._patience
        return Outcome(Fate.UNKNOWN, shown, done, again, repr(error.__cause__ or error))

    async def _show(
        self, chat: int, screen: Screen, target: Target | None, *, notice: bool
    ) -> Target:
        if self.illustrator is None:
            return await self._shown(chat, screen, target, notice=notice)
        if target and await self.illustrator.give_way(chat, target.message):
            target = Target(target.message, media=True)
        now = await self._shown(chat, screen, target, notice=notice)
        self.illustrator.add(chat, now.message, screen, replaces=now.media)
        return now

    async def _shown(
        self, chat: int, screen: Screen, target: Target | None, *, notice: bool
    ) -> Target:
        screen = self._uploads.on(screen)
        for known in (target, target.otherwise()) if target else ():
            call = await edits(screen, chat, known, self._read)
            if call is None:
                break
            try:
                result = await self._send(call, notice=notice)
            except BadRequest as error:
                said = str(error).lower()
                if UNCHANGED in said:
                    return known
                if any(reason in said for reason in OTHERWISE):
                    continue
                if not any(reason in said for reason in SEND_ANEW):
                    raise
                break
            else:
                self._uploads.learn(screen.photos, result)
                return Target(known.message, call.media)
        last = Target(0)
        for call in await sends(screen, chat, self._read):
            result = await self._send(call, notice=notice)
            self._uploads.learn(screen.photos, result)
            made = result[-1] if isinstance(result, list) else result
            last = Target(made["message_id"], call.media)
        return last

    async def _enter_later(self, chat: int) -> None:
        """Leaves room for answers, which no picture may hold up."""
        await self._gate.enter(self._moved.get(chat, chat), notice=True, spare=SPARE)

    async def _send(self, call: Call, *, notice: bool) -> Any:
        chat = call.params["chat_id"]
        await self._gate.enter(self._moved.get(chat, chat), notice=notice)
        try:
            return await self._call(call)
        except ChatMigrated as error:
            # A group that became a supergroup has a new id from now on.
            self._moved[chat] = error.new_chat_id
            return await self._send(call, notice=notice)

    async def _send_picture(self, call: Call) -> Any:
        """Without much patience: the next answer for the message waits for this one."""
        return await self._call(call, PICTURE_PATIENCE)

    async def _call(self, call: Call, read_timeout: float | None = None) -> Any:
        chat = call.params["chat_id"]
        chat = self._moved.get(chat, chat)
        params = {**call.params, "chat_id": chat}
        return await self._bot.call(call.method, read_timeout, **params)

    async def _answer_press(self, callback_id: str, toast: str) -> None:
        """At most once more when the network did not take it; a press soon has no one waiting."""
        for _ in range(2):
            try:
                await self._bot.call(
                    "answerCallbackQuery", callback_query_id=callback_id, text=toast or None
                )
            except BadRequest as error:
                log.info("a press could not be answered: %s", error)
            except NetworkError as error:
                log.info("a press could not be answered: %r", error)
                continue
            except TelegramError as error:
                log.warning("a press could not be answered: %r", error)
            return


def _target(screen: Screen, here: Target | None, cards: Mapping[str, Target]) -> Target | None:
    match screen.where:
        case Where.HERE:
            return here
        case Where.CARD:
            return cards.get(screen.card or "")
        case Where.ANEW:
            return None


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)
