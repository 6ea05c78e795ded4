from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from market.domain.alert import Alert
from market.domain.ids import AlertId, PersonId
from market.domain.place import Point


class Alerts(Protocol):
    async def add(self, alert: Alert) -> None: ...

    async def get(self, alert: AlertId, person: PersonId) -> Alert:
        """Raises NotFound, also for somebody else's."""

    async def of(self, person: PersonId) -> Sequence[Alert]:
        """Those that wait, soonest window first."""

    async def around(self, point: Point) -> Sequence[Alert]:
        """Those that wait for a space within reach of their place, which is this far at most."""

    async def waiting(self, after: AlertId, limit: int) -> Sequence[Alert]:
        """Those that wait, in order of their ids."""

    async def told(self, alert: AlertId, at: datetime | None) -> bool:
        """Mark as told, or with None as waiting again; False if it was so already."""

    async def remove(self, alert: AlertId, person: PersonId) -> None:
        """Raises NotFound, also for somebody else's."""

    async def forget(self, until: datetime) -> None:
        """Delete those whose window began before that."""
