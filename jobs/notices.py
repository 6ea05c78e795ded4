"""Delivers the outbox."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from chat.courier import Fate, Outcome
from chat.ports import Clock
from chat.screen import Screen
from jobs.mail import Mailing
from jobs.units import Units
from market.domain.ids import PersonId
from market.domain.notice import Notice
from market.ports.work import Work
from market.services.mail import PURPOSES, MailService, by_mail
from market.services.notices import BATCH, Bulletin, Letter, NoticeService
from market.services.people import PeopleService
from views import notice as view
from views.words import words_in

log = logging.getLogger(__name__)

COPIES = 5
"""How often a notice is sent at most while nobody knows whether it arrived."""
PAUSE = timedelta(minutes=1)
"""Before a notice that could not be delivered is tried again."""
AT_ONCE = 5
"""Notices that one person gets in one go: Telegram forgives so many. The others wait a little, so
that nobody else waits for them."""
BREATH = timedelta(seconds=5)


class Courier(Protocol):
    async def deliver(self, chat: int, screens: tuple[Screen, ...]) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """Sends what is due. Safe to run twice, late, or beside another process.

    A notice is leased in one unit, sent in none, and finished by the lease's owner in another: a
    crash in between costs at most one repeated message, never a lost one. Each person's come one
    after the other, in the order in which they were due.
    """

    units: Units
    courier: Courier
    clock: Clock
    owner: str
    """Of the leases; no two processes share one."""
    mailing: Mailing | None = None
    """Without it nothing goes by mail."""

    async def __call__(self) -> bool:
        async with self.units.begin() as work:
            claimed = await NoticeService(work, self.clock()).claim_due(self.owner)
        await asyncio.gather(*map(self._in_turn, _queues(claimed)))
        return len(claimed) == BATCH

    async def _in_turn(self, notices: Sequence[Notice]) -> None:
        """After one that could not be sent, the others wait for the next round."""
        done = 0
        for notice in notices[:AT_ONCE]:
            done += 1
            if not await self._deliver(notice):
                break
        if waiting := notices[done:]:
            async with self.units.begin() as work:
                service = NoticeService(work, self.clock())
                for notice in waiting:
                    await service.put_off(notice, self.owner, self.clock() + BREATH)

    async def _deliver(self, notice: Notice) -> bool:
        """Whether it need not be sent again."""
        try:
            outcome = await self._sent(notice)
        except Exception:  # one broken notice must not silence the rest
            log.exception("notice %s was not delivered", notice.key)
            outcome = Outcome(Fate.RETRY, retry_at=self.clock() + PAUSE)
        return await self._settle(notice, outcome)

    async def _sent(self, notice: Notice) -> Outcome:
        """The booking is read again first: what is no longer true, or for nobody, is not said.

        Nor is what another sender has taken over, because this one was too slow.
        """
        if notice.kind in PURPOSES:
            return await self._sent_code(notice)
        async with self.units.begin() as work:
            notices = NoticeService(work, self.clock())
            held = await notices.hold(notice, self.owner)
            letter = await notices.letter(notice) if held else None
            to = await self._address(work, letter)
        if letter is None:
            return Outcome(Fate.SENT)
        chat = letter.person.telegram
        if chat is not None and not by_mail(notice):
            if not letter.person.reachable:
                return Outcome(Fate.SENT)  # the bot is blocked; a letter is owed on its own
            return await self.courier.deliver(chat, (self._screen(letter),))
        if to is None or self.mailing is None:
            return Outcome(Fate.SENT)
        return await self.mailing.notice(letter, to)

    async def _address(self, work: Work, letter: Letter | Bulletin | None) -> str | None:
        """Where it goes by mail, if it does; whoever has Telegram too is owed it twice then."""
        if letter is None or self.mailing is None:
            return None
        mail = MailService(work, self.clock())
        to = await mail.address_of(letter.person)
        if to is not None and letter.person.telegram is not None and not by_mail(letter.notice):
            await mail.also_by_mail(letter.notice)
        return to

    async def _instead(self, work: Work, notice: Notice) -> None:
        """The first that finds the bot blocked goes by mail as well, if all after it do."""
        mail, person = MailService(work, self.clock()), await work.people.get(notice.person)
        if self.mailing is not None and await mail.address_of(person) is not None:
            await mail.also_by_mail(notice)

    async def _sent_code(self, notice: Notice) -> Outcome:
        async with self.units.begin() as work:
            held = await NoticeService(work, self.clock()).hold(notice, self.owner)
            letter = await MailService(work, self.clock()).code_letter(notice) if held else None
        if letter is None:
            return Outcome(Fate.SENT)
        if self.mailing is None:
            return Outcome(Fate.REFUSED, reason="there is no mail server (PARK_SMTP_URL)")
        return await self.mailing.code(letter)

    def _screen(self, letter: Letter | Bulletin) -> Screen:
        words = words_in(letter.person.language, letter.person.zone)
        return view.screen(words, letter, self.clock())

    async def _settle(self, notice: Notice, outcome: Outcome) -> bool:
        """Whether that is the end of it."""
        again = self._again(notice, outcome)
        async with self.units.begin() as work:
            notices = NoticeService(work, self.clock())
            if again is not None:
                doubtful = outcome.fate is Fate.UNKNOWN
                await notices.put_off(notice, self.owner, again, doubtful=doubtful)
                return False
            await notices.finish(notice, self.owner)
            if outcome.fate is Fate.UNREACHABLE:
                await PeopleService(work, self.clock(), "").unreachable(notice.person)
                await self._instead(work, notice)
        return True

    def _again(self, notice: Notice, outcome: Outcome) -> datetime | None:
        """When to send it once more, if at all."""
        match outcome.fate:
            case Fate.RETRY:
                return outcome.retry_at
            case Fate.UNKNOWN if notice.doubts + 1 < COPIES:
                return outcome.retry_at or self.clock() + PAUSE
            case Fate.UNKNOWN:
                log.warning("notice %s was sent %s times, which must do", notice.key, COPIES)
            case Fate.REFUSED:
                log.error("notice %s was refused: %s", notice.key, outcome.reason)
        return None


def _queues(claimed: Iterable[Notice]) -> Iterable[Sequence[Notice]]:
    """By receiver, and by the way it goes: no chat waits for a mail server."""
    queues: defaultdict[tuple[PersonId, bool], list[Notice]] = defaultdict(list)
    for notice in claimed:
        queues[notice.person, by_mail(notice)].append(notice)
    return queues.values()
