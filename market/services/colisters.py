from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from market.domain.booking import Booking
from market.domain.colister import INVITATION_LASTS, Invitation, Right, check_right
from market.domain.errors import OwnInvitation
from market.domain.ids import InvitationId, PersonId, SpaceId, new_id, written
from market.domain.notice import Kind, Notice, bulletin
from market.domain.person import Person
from market.domain.space import Space
from market.ports.work import Work


async def entitled(work: Work, person: PersonId, space_id: SpaceId, right: Right) -> Space:
    """The space, if this person may do that to it. Raises NotFound and ListerOnly."""
    space = await work.spaces.get(space_id)
    colisters = () if person == space.lister else await work.colisters.of(space_id)
    check_right(space, person, colisters, right)
    return space


async def told_to_all(work: Work, booking: Booking, notices: Iterable[Notice]) -> Sequence[Notice]:
    """The same notices, and those to the lister for every co-lister too.

    But a co-lister who is the renter knows already, and only the lister is asked for a review.
    """
    told = list(notices)
    shared = [it for it in told if it.person == booking.lister and it.kind not in _FOR_ONE]
    for colister in await work.colisters.of(booking.space) if shared else ():
        if colister != booking.renter:
            told += [
                replace(notice, key=f"{notice.key}:{written(colister)}", person=colister)
                for notice in shared
            ]
    return told


_FOR_ONE = (Kind.REVIEW_RENTER,)


@dataclass(frozen=True, slots=True)
class ColisterService:
    """Who else looks after a space."""

    work: Work
    now: datetime

    async def of(self, lister: PersonId, space: SpaceId) -> Sequence[Person]:
        """In the order in which they came. Raises NotFound and ListerOnly."""
        await entitled(self.work, lister, space, Right.INVITE)
        return [await self.work.people.get(one) for one in await self.work.colisters.of(space)]

    async def invite(self, lister: PersonId, space: SpaceId) -> Invitation:
        """A fresh invitation; an earlier one is no good any more. Raises as ``of`` does."""
        await entitled(self.work, lister, space, Right.INVITE)
        await self.work.colisters.withdraw(space)
        expires_at = self.now + INVITATION_LASTS
        invitation = Invitation(InvitationId(new_id()), space, expires_at)
        await self.work.colisters.invite(invitation)
        return invitation

    async def join(self, person: PersonId, invitation: InvitationId) -> Space:
        """Follow an invitation; the lister is told. Raises NotFound and OwnInvitation."""
        space = await self.work.spaces.get(await self.work.colisters.accept(invitation, self.now))
        if person == space.lister:
            raise OwnInvitation
        await self.work.colisters.add(space.id, person, self.now)
        joined = bulletin(Kind.COLISTER_JOINED, space.lister, self.now, space=space.id)
        await self.work.notices.plan([joined])
        return space

    async def remove(self, lister: PersonId, space: SpaceId, colister: PersonId) -> None:
        """Takes all rights at once. Raises NotFound and ListerOnly."""
        await entitled(self.work, lister, space, Right.INVITE)
        await self.work.colisters.remove(space, colister)

    async def leave(self, colister: PersonId, space: SpaceId) -> None:
        """Look after a space no more."""
        await self.work.colisters.remove(space, colister)
