"""Sends notices as letters."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from chat.courier import Fate, Outcome
from chat.ports import Clock
from market.domain.notice import Notice
from market.ports.mail import Mail, Post, Posted, Unsubscribing
from market.services.mail import CodeLetter
from market.services.notices import Bulletin, Letter
from views import letter as view
from views.words import words_in

LONGEST_PAUSE = timedelta(hours=1)
TRIES = 30
"""A little more than a day, with the pauses between them."""


@dataclass(frozen=True, slots=True)
class Mailing:
    post: Post
    links: Unsubscribing
    clock: Clock
    sender: view.Sender
    told: Callable[[str], None] = lambda fate: None

    async def notice(self, letter: Letter | Bulletin, to: str) -> Outcome:
        person = letter.person
        words = words_in(person.language, person.zone)
        link = self.links.link(person.id)
        now = self.clock()
        mail = view.of_notice(words, letter, now, to=to, unsubscribe=link, sender=self.sender)
        return await self._outcome(letter.notice, mail)

    async def code(self, letter: CodeLetter) -> Outcome:
        words = words_in(letter.person.language, letter.person.zone)
        return await self._outcome(letter.notice, view.of_code(words, letter))

    async def _outcome(self, notice: Notice, mail: Mail) -> Outcome:
        posted = await self.post.send(mail)
        self.told(posted)
        match posted:
            case Posted.SENT:
                return Outcome(Fate.SENT)
            case Posted.NEVER:
                return Outcome(Fate.REFUSED, reason="by the mail server")
            case Posted.UNKNOWN:
                return Outcome(Fate.UNKNOWN, reason="the line to the mail server broke")
            case Posted.LATER if notice.attempts >= TRIES:
                return Outcome(Fate.REFUSED, reason="no mail server took it")
        return Outcome(Fate.RETRY, retry_at=self.clock() + pause(notice.attempts))


def pause(attempts: int) -> timedelta:
    """Twice as long each time."""
    return min(timedelta(minutes=2 ** min(max(attempts - 1, 0), 10)), LONGEST_PAUSE)
