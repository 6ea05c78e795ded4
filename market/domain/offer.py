"""Everything that a lister says of a space in one go, instead of step by step."""

from dataclasses import dataclass, replace

from market.domain.edit import Edit
from market.domain.errors import Invalid
from market.domain.place import Point
from market.domain.schedule import Dates
from market.domain.space import Space, SpaceState

MAX_ADDRESS = 200


@dataclass(frozen=True, slots=True)
class Offer:
    place: Point
    terms: Edit
    """With nothing left out."""
    address: str = ""
    blocked: tuple[Dates, ...] = ()


def offered(space: Space, offer: Offer) -> Space:
    """The space as it is offered now. Raises Invalid naming what cannot be."""
    changed = offer.terms.of(space)
    return replace(
        changed,
        place=offer.place,
        address=" ".join(offer.address.split()),
        schedule=replace(changed.schedule, blocked=tuple(sorted(offer.blocked))),
    )


def switched(space: Space, *, live: bool) -> Space:
    """Taking bookings, or not. What the operator has hidden stays hidden.

    Raises Invalid without a photo: people want to see where they will park.
    """
    if space.state is SpaceState.HIDDEN:
        return space
    if live and not space.photos:
        raise Invalid("photos", "missing")
    return replace(space, state=SpaceState.LIVE if live else SpaceState.PAUSED)
