from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from market.domain.alert import MOST_ALERTS, Alert, same
from market.domain.errors import NotFound, TooMany
from market.domain.ids import AlertId, PersonId, SpaceId, new_id
from market.domain.notice import alert_notice
from market.domain.quote import START_GRACE
from market.domain.space import Space
from market.ports.work import Work
from market.services.quotes import QuoteService

PAGE = 50
"""Alerts that are looked at in one unit of work."""


@dataclass(frozen=True, slots=True)
class AlertService:
    """Who is told, once, when a space for them can be had."""

    work: Work
    now: datetime

    async def ask(self, alert: Alert) -> Alert:
        """Asking for the same again is asking once. Raises TooMany."""
        waiting = await self.work.alerts.of(alert.person)
        if known := same(alert, waiting):
            return known
        if len(waiting) >= MOST_ALERTS:
            raise TooMany("alerts", MOST_ALERTS)
        alert = replace(alert, id=AlertId(new_id()), made_at=self.now)
        await self.work.alerts.add(alert)
        return alert

    async def of(self, person: PersonId) -> Sequence[Alert]:
        """Those that wait, soonest window first."""
        return await self.work.alerts.of(person)

    async def get(self, person: PersonId, alert: AlertId) -> Alert:
        """Raises NotFound, also for somebody else's."""
        return await self.work.alerts.get(alert, person)

    async def withdraw(self, person: PersonId, alert: AlertId) -> None:
        """Raises NotFound, also for somebody else's."""
        await self.work.alerts.remove(alert, person)

    async def touched_by(self, spaces: Sequence[SpaceId]) -> Sequence[tuple[Alert, Space]]:
        """Who may be waiting for one of these spaces, which have changed."""
        return [
            (alert, space)
            for space in (await self.work.spaces.many(spaces)).values()
            for alert in await self.work.alerts.around(space.public_point)
            if alert.space in (None, space.id) and not alert.over(self.now)
        ]

    async def waiting(self, after: AlertId) -> Sequence[Alert]:
        """The next ``PAGE`` of all that wait, in order of their ids."""
        return await self.work.alerts.waiting(after, PAGE)

    async def forget(self) -> None:
        """Those whose window has passed."""
        await self.work.alerts.forget(self.now - START_GRACE)

    async def tell(self, alert: Alert, space: SpaceId) -> bool:
        """Owe the message, once; False if the space cannot be had after all."""
        if not await self.can_have(alert, space):
            return False
        if not await self.work.alerts.told(alert.id, self.now):
            return False
        await self.work.notices.plan([alert_notice(alert, space, self.now)])
        return True

    async def can_have(self, alert: Alert, space_id: SpaceId) -> bool:
        """Whether it could be booked at this moment, by what the store knows."""
        try:
            space = await self.work.spaces.get(space_id)
        except NotFound:
            return False
        quotes = QuoteService(self.work, self.now)
        return await quotes.refusal(alert.person, space, alert.window) is None
