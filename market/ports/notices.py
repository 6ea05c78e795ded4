from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from market.domain.ids import BookingId, PersonId
from market.domain.notice import Kind, Notice


class Notices(Protocol):
    """The outbox: what is owed, to whom and when."""

    async def plan(self, notices: Sequence[Notice]) -> None:
        """A key that is there already is left as it is."""

    async def drop(self, booking: BookingId, kinds: Sequence[Kind]) -> None:
        """Forget what is not yet sent of these kinds."""

    async def drop_for(self, person: PersonId, kinds: Sequence[Kind]) -> None:
        """Forget what of these kinds is neither sent to a person nor being sent."""

    async def claim_due(
        self, now: datetime, owner: str, *, limit: int, lease: timedelta
    ) -> Sequence[Notice]:
        """Lease what is due and leased by nobody; oldest first."""

    async def finish(self, key: str, owner: str, at: datetime) -> bool:
        """Mark as sent; False if the lease was lost to another owner."""

    async def hold(self, key: str, owner: str, until: datetime) -> bool:
        """Make the lease longer; False if it was lost to another owner."""

    async def put_off(
        self, key: str, owner: str, until: datetime, *, doubtful: bool = False
    ) -> bool:
        """Give back, to be claimed again later. When it was due stays known."""
