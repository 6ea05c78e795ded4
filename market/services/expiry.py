"""Holds and requests whose time is over: written down as such, and told."""

from collections.abc import Iterable
from datetime import datetime

from market.domain.booking import Booking, State
from market.domain.ids import PersonId, SpaceId
from market.domain.notice import OF_THE_STAY, answer_notices
from market.domain.request import expire
from market.ports.work import Work
from market.services.sides import tell


async def expire_around(work: Work, space: SpaceId, renter: PersonId, now: datetime) -> None:
    """What has run out must not keep a window, nor count against a renter, until it is swept."""
    await expire_all(work, await work.bookings.lapsed_around(space, renter, now), now)


async def expire_all(work: Work, lapsed: Iterable[Booking], now: datetime) -> None:
    """Nobody is told of a hold: its renter sees it run out."""
    for booking in lapsed:
        expired = expire(booking, now)
        await work.bookings.save(expired)
        await work.notices.drop(booking.id, OF_THE_STAY)
        if booking.state is State.REQUESTED:
            await tell(work, expired, answer_notices(expired, now))
