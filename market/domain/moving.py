"""Moving a space: never far from where anybody who is to come may have booked it."""

from collections.abc import Sequence
from dataclasses import replace

from market.domain.booking import Booking
from market.domain.errors import BookingsAhead
from market.domain.place import Point, metres
from market.domain.space import Space

MOVE_LIMIT = 50.0
"""Metres that a space may move while bookings are ahead."""


def relocated(space: Space, place: Point, ahead: Sequence[Booking]) -> Space:
    """The space at another place; ``ahead`` lists every live booking of it, soonest first.

    Raises BookingsAhead beyond 50 m of any place at which one of them may have been made: small
    moves do not add up.
    """
    if place == space.place:
        return space
    promised = tuple(dict.fromkeys((*space.promised, space.place))) if ahead else ()
    if any(metres(it, place) > MOVE_LIMIT for it in promised):
        raise BookingsAhead(len(ahead), ahead[-1].window.end)
    return replace(space, place=place, promised=promised)
