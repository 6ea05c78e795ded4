"""A street with three spaces, where it is 14:00 on Monday 3 June 2030 (noon in UTC)."""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from market.domain.booking import Booking
from market.domain.errors import (
    DatesBlocked,
    NotBookable,
    OutsideHours,
    SpaceClosed,
    StayTooLong,
    StayTooShort,
    TooFarAhead,
    TooSoon,
)
from market.domain.ids import BookingId, PersonId, QuoteId, SpaceId, new_id, written
from market.domain.place import Offset, Point, metres
from market.domain.refund import Policy
from market.domain.search import Found, Nearby, Obstacle, Search
from market.domain.space import Rating, Space, Tag, obstacle
from market.domain.tariff import Tariff
from market.domain.window import Window
from storage.database import Store
from tests.examples import RENTER, a_booking, a_space, at, euros

HERE = (52.52, 13.405)
BAKERY, GARAGE, DRIVEWAY = SpaceId(7), SpaceId(8), SpaceId(9)
TOKYO = Point(35.6812, 139.7671)

_WHY = {
    OutsideHours: Obstacle.OUTSIDE_HOURS,
    DatesBlocked: Obstacle.DATES_BLOCKED,
    SpaceClosed: Obstacle.CLOSED,
    StayTooShort: Obstacle.STAY_LENGTH,
    StayTooLong: Obstacle.STAY_LENGTH,
    TooSoon: Obstacle.TOO_SOON,
    TooFarAhead: Obstacle.TOO_FAR_AHEAD,
}


def north(distance: float) -> Point:
    """So many metres from where the renter stands."""
    return Point(HERE[0] + distance / 111_195, HERE[1])


def street() -> tuple[Space, ...]:
    """At their public points already, so that distances are plain to see."""
    common: dict[str, Any] = {"shows_place": False, "offset": Offset(0.0, 0.0)}
    return (
        a_space(
            place=north(240),
            address="Bakery Street 4",
            notes="Second gate on the left. Code 4711",
            rating=Rating(149, 31),
            tags=frozenset({Tag.COVERED}),
            **common,
        ),
        a_space(
            id=GARAGE,
            title="Garage B, bay 12",
            place=north(310),
            address="Mill Lane 1",
            tariff=Tariff(euros(300)),
            tags=frozenset({Tag.EV, Tag.GATED}),
            **common,
        ),
        a_space(
            id=DRIVEWAY,
            title="Driveway <b>blue</b> gate",
            place=north(480),
            tariff=Tariff(euros(175)),
            plate_needed=True,
            policy=Policy.FLEXIBLE,
            **common,
        ),
    )


@dataclass
class Town:
    """The spaces, and an index of them that knows as much of what is taken as a test tells it."""

    store: Store
    spaces: dict[SpaceId, Space] = field(
        default_factory=lambda: {space.id: space for space in street()}
    )
    taken: list[tuple[SpaceId, Window]] = field(default_factory=list)

    def near(self, search: Search) -> Nearby:
        fitting, obstacles, nearest = [], Counter[Obstacle](), None
        for away, space in sorted(
            ((metres(search.point, it.public_point), it) for it in self.spaces.values()),
            key=lambda pair: pair[0],
        ):
            nearest = away if nearest is None else nearest
            if away > search.reach:
                break
            if why := self._why_not(space, search):
                obstacles[why] += 1
            else:
                fitting.append(Found(space.id, away, space.tariff.price(search.window.length)))
        page = tuple(fitting[search.skip : search.skip + search.k])
        more = len(fitting) > search.skip + search.k
        return Nearby(page, more, {} if page else obstacles, nearest)

    def _why_not(self, space: Space, search: Search) -> Obstacle | None:
        if space.lister == search.person:
            return Obstacle.OWN
        if not _passes(space, search):
            return Obstacle.FILTERED
        refusal: NotBookable | None = obstacle(space, search.window, search.now)
        if refusal is not None:
            return _WHY[type(refusal)]
        if any(it == space.id and window.overlaps(search.window) for it, window in self.taken):
            return Obstacle.TAKEN
        return None

    async def change(self, space: SpaceId, **changes: Any) -> Space:
        """Edit a space, in the store and for the index."""
        edited = replace(self.spaces[space], **changes)
        self.spaces[space] = edited
        async with self.store.begin() as work:
            await work.spaces.save(edited)
        return edited

    async def add(self, *spaces: Space) -> None:
        async with self.store.begin() as work:
            for space in spaces:
                self.spaces[space.id] = space
                await work.spaces.add(space)

    async def add_own(self, lister: PersonId, space: SpaceId) -> None:
        """A space of somebody else's than the usual lister."""
        await self.add(a_space(id=space, lister=lister, place=north(200), offset=Offset(0.0, 0.0)))

    async def bookings(self) -> list[Booking]:
        """All that were ever made here."""
        ever = Window(at(-1000), at(10_000))
        async with self.store.read() as work:
            return [
                booking
                for space in self.spaces
                for booking in await work.bookings.of_space(space, ever, live=False)
            ]

    async def book(self, space: SpaceId, window: Window) -> Booking:
        """Somebody else is faster; the index has not heard of it yet."""
        booking = a_booking(
            window, id=BookingId(new_id()), quote=QuoteId(new_id()), space=space, renter=RENTER
        )
        async with self.store.begin() as work:
            await work.bookings.add(booking)
        return booking


def _passes(space: Space, search: Search) -> bool:
    filters = search.filters
    if not space.tags >= filters.tags or not space.limits.fit(filters.height, filters.length):
        return False
    if filters.instant_only and space.by_request:
        return False
    price = space.tariff.price(search.window.length)
    return filters.max_price is None or (
        price.minor <= filters.max_price and price.currency == filters.currency
    )


def link(space: SpaceId) -> str:
    return f"/start space_{written(space)}"


def many(count: int, **changes: Any) -> list[Space]:
    """Further spaces, ten metres apart from 600 m on."""
    return [
        a_space(
            id=SpaceId(100 + n),
            title=f"Yard {n}",
            place=north(600 + 10 * n),
            offset=Offset(0.0, 0.0),
            **changes,
        )
        for n in range(count)
    ]
