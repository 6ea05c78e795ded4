"""Telegram for a year: everybody gets what is sent to them, as long as it is not busy."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from chat.courier import Fate, Outcome
from chat.screen import Screen
from jobs.notices import Delivery
from market.domain.ids import BookingId, PersonId
from market.services.notices import Bulletin, Letter
from tests.proof.year.facts import Told

BUSY_LINE = 0.02
"""How often Telegram says: later."""


@dataclass
class Clock:
    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Ear:
    """What everybody gets; ``card`` of a screen says here which notice it is."""

    clock: Clock
    chance: random.Random
    told: list[Told] = field(default_factory=list)

    async def deliver(self, chat: int, screens: Sequence[Screen]) -> Outcome:
        if self.chance.random() < BUSY_LINE:
            return Outcome(Fate.RETRY, retry_at=self.clock.now + timedelta(seconds=3))
        (screen,) = screens
        kind, booking = str(screen.card).split(" ")
        about = BookingId(int(booking)) if booking else None
        now, person = self.clock.now, PersonId(chat - 1000)
        self.told.append(Told(kind, person, about, now, screen.silent, screen.text))
        return Outcome(Fate.SENT)


class Heard(Delivery):
    """Says with each message which notice it is; people would have to guess from the words."""

    def _screen(self, letter: Letter | Bulletin) -> Screen:
        notice = letter.notice
        return replace(super()._screen(letter), card=f"{notice.kind} {notice.booking or ''}")
