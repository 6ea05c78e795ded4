"""Co-listers: who else may look after a space, and how they come to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from market.domain.errors import ListerOnly, NotFound
from market.domain.ids import InvitationId, PersonId, SpaceId
from market.domain.space import Space

INVITATION_LASTS = timedelta(days=3)


class Right(StrEnum):
    SEE = "see"
    """The space, its calendar and its bookings."""
    ANSWER = "answer"
    """Requests."""
    BLOCK = "block"
    PAUSE = "pause"
    EDIT = "edit"
    """What is shown and which rules hold, prices included."""
    MONEY = "money"
    """Earnings, what is owed, and cancelling bookings."""
    INVITE = "invite"
    DELETE = "delete"


COLISTERS = frozenset({Right.SEE, Right.ANSWER, Right.BLOCK, Right.PAUSE})


def check_right(
    space: Space, person: PersonId, colisters: Collection[PersonId], right: Right
) -> None:
    """Raises NotFound for strangers, and ListerOnly for what a co-lister may not do."""
    if person == space.lister:
        return
    if person not in colisters:
        raise NotFound("space")
    if right not in COLISTERS:
        raise ListerOnly


@dataclass(frozen=True, slots=True)
class Invitation:
    """Makes whoever follows its link first a co-lister, once."""

    id: InvitationId
    space: SpaceId
    expires_at: datetime
