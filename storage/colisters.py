"""Rows about co-listers and invitations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.colister import Invitation
from market.domain.errors import NotFound
from market.domain.ids import InvitationId, PersonId, SpaceId
from storage.tables.colisters import colisters, invitations

_OF = (
    select(colisters.c.person)
    .where(colisters.c.space == bindparam("of_space"))
    .order_by(colisters.c.since, colisters.c.person)
)
_SPACES_OF = (
    select(colisters.c.space)
    .where(colisters.c.person == bindparam("of_person"))
    .order_by(colisters.c.since, colisters.c.space)
)
_ADD = insert(colisters).on_conflict_do_nothing()
_REMOVE = delete(colisters).where(
    colisters.c.space == bindparam("of_space"), colisters.c.person == bindparam("of_person")
)
_INVITE = insert(invitations)
_ACCEPT = (
    delete(invitations)
    .where(invitations.c.id == bindparam("code"), invitations.c.expires_at > bindparam("now"))
    .returning(invitations.c.space)
)
_WITHDRAW = delete(invitations).where(invitations.c.space == bindparam("of_space"))


@dataclass(frozen=True, slots=True)
class ColisterStore:
    connection: AsyncConnection

    async def of(self, space: SpaceId) -> Sequence[PersonId]:
        """In the order in which they came."""
        rows = await self.connection.execute(_OF, {"of_space": space})
        return [PersonId(person) for person in rows.scalars()]

    async def spaces_of(self, person: PersonId) -> Sequence[SpaceId]:
        """The spaces of others that a person looks after."""
        rows = await self.connection.execute(_SPACES_OF, {"of_person": person})
        return [SpaceId(space) for space in rows.scalars()]

    async def add(self, space: SpaceId, person: PersonId, since: datetime) -> None:
        """Whoever is one already stays one."""
        row = {"space": space, "person": person, "since": since}
        await self.connection.execute(_ADD, row)

    async def remove(self, space: SpaceId, person: PersonId) -> None:
        await self.connection.execute(_REMOVE, {"of_space": space, "of_person": person})

    async def invite(self, invitation: Invitation) -> None:
        row = {
            "id": invitation.id,
            "space": invitation.space,
            "expires_at": invitation.expires_at,
        }
        await self.connection.execute(_INVITE, row)

    async def accept(self, invitation: InvitationId, now: datetime) -> SpaceId:
        """Use an invitation up. Raises NotFound if it is used, expired or was never there."""
        values = {"code": invitation, "now": now}
        space = (await self.connection.execute(_ACCEPT, values)).scalar_one_or_none()
        if space is None:
            raise NotFound("invitation")
        return SpaceId(space)

    async def withdraw(self, space: SpaceId) -> None:
        """No invitation to this space is good any more."""
        await self.connection.execute(_WITHDRAW, {"of_space": space})
