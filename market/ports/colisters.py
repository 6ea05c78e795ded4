from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from market.domain.colister import Invitation
from market.domain.ids import InvitationId, PersonId, SpaceId


class Colisters(Protocol):
    """Who else looks after a space; who is invited to."""

    async def of(self, space: SpaceId) -> Sequence[PersonId]:
        """In the order in which they came."""

    async def spaces_of(self, person: PersonId) -> Sequence[SpaceId]:
        """The spaces of others that a person looks after."""

    async def add(self, space: SpaceId, person: PersonId, since: datetime) -> None:
        """Whoever is one already stays one."""

    async def remove(self, space: SpaceId, person: PersonId) -> None: ...

    async def invite(self, invitation: Invitation) -> None: ...

    async def accept(self, invitation: InvitationId, now: datetime) -> SpaceId:
        """Use an invitation up. Raises NotFound if it is used, expired or was never there."""

    async def withdraw(self, space: SpaceId) -> None:
        """No invitation to this space is good any more."""
