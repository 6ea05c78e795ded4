from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from market.domain.booking import Booking
from market.domain.change import Change, Noun
from market.domain.errors import NotFound
from market.domain.ids import BookingId, PersonId, SpaceId
from market.domain.place import Point
from market.domain.space import Space
from market.ports.work import Work
from market.services.finding import FindingService


@dataclass(frozen=True, slots=True)
class BookingNews:
    """A booking as it is now; nobody but ``parties`` may hear of it."""

    booking: Booking
    parties: frozenset[PersonId]


@dataclass(frozen=True, slots=True)
class SpaceNews:
    """A space as it is now, for everybody; ``free`` says whether one can park there now."""

    space: Space
    free: bool
    left: tuple[Point, ...] = ()
    """Where it was seen until then, if it has moved: who watched it there hears where it is."""


@dataclass(frozen=True, slots=True)
class News:
    """What some changes amount to."""

    spaces: Sequence[SpaceNews]
    bookings: Sequence[BookingNews]


@dataclass(frozen=True, slots=True)
class LiveService:
    """From the log of changes to what people may hear of them."""

    work: Work
    now: datetime
    finding: FindingService

    async def news(self, changes: Sequence[Change]) -> News:
        """In the order of the changes, each thing once; a booking changes its space too."""
        spaces: defaultdict[SpaceId, list[Point]] = defaultdict(list)
        for it in changes:
            if it.noun is Noun.SPACE:
                spaces[SpaceId(it.key)] += [it.left] if it.left else []
        bookings = []
        for key in dict.fromkeys(it.key for it in changes if it.noun is Noun.BOOKING):
            told = await self._booking(BookingId(key))
            if told is not None:
                bookings.append(told)
                spaces[told.booking.space] += []
        return News(await self._spaces(spaces), bookings)

    async def _booking(self, key: BookingId) -> BookingNews | None:
        """None for one that has been erased."""
        try:
            booking = await self.work.bookings.get(key)
        except NotFound:
            return None
        colisters = await self.work.colisters.of(booking.space)
        return BookingNews(booking, frozenset((booking.renter, booking.lister, *colisters)))

    async def _spaces(self, left: Mapping[SpaceId, list[Point]]) -> Sequence[SpaceNews]:
        found = [space for key in left if (space := await self._space(key))]
        free = await self.finding.free_of(found)
        return [SpaceNews(it, free=it.id in free, left=tuple(left[it.id])) for it in found]

    async def _space(self, key: SpaceId) -> Space | None:
        """None for one that has been erased, or that nobody was ever shown."""
        try:
            space = await self.work.spaces.ever(key)
        except NotFound:
            return None
        return space if space.photos or space.open_for_booking else None
