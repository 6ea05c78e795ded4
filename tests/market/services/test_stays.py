import asyncio
from datetime import datetime, timedelta

import pytest

from market.domain.booking import Booking, State
from market.domain.errors import BookingOver, NotFound, NotYet, WindowTaken
from market.domain.ids import BookingId, QuoteId, SpaceId, new_id
from market.domain.money import Money
from market.domain.notice import Kind
from market.domain.place import Point
from market.domain.space import Rules
from market.ports.payments import OnSite
from market.services.ledger import LedgerService
from market.services.stays import StayService
from storage.database import Store
from storage.work import Work
from tests.examples import LISTER, NOON, RENTER, STRANGER, a_booking, a_space, at, euros, window
from tests.market.services.test_bookings import booked, owed

SPACE = SpaceId(7)
THERE = a_space().place
MINUTE = timedelta(minutes=1)


class PaidAhead(OnSite):
    """As a payment provider would do it, once there is one."""

    prepaid = True


def stays(work: Work, hours: float) -> StayService:
    return StayService(work, at(hours))


async def due(store: Store, booking: Booking) -> Money | None:
    async with store.begin() as work:
        return await LedgerService(work, NOON).owed(RENTER, booking.id)


async def told(store: Store, now: datetime) -> list[Kind]:
    return [kind for kind, _ in await owed(store, now)]


async def test_a_short_stay_that_becomes_longer_is_asked_about_after_all(town) -> None:
    booking = await booked(town, window(1, 1.5))
    async with town.begin() as work:
        await stays(work, 1.2).extend(RENTER, booking.id, at(2))
    assert (Kind.ASK_ARRIVAL, RENTER) in await owed(town, at(1.5))


async def test_arriving_is_told_once_and_stops_the_asking(town) -> None:
    booking = await booked(town)
    for _ in range(2):
        async with town.begin() as work:
            assert (await stays(work, 1).arrive(RENTER, booking.id)).state is State.ARRIVED
    kinds = await told(town, at(2))
    assert kinds.count(Kind.ARRIVED) == 1
    assert Kind.ASK_ARRIVAL not in kinds


@pytest.mark.parametrize(
    ("point", "hours", "arrives"),
    [
        (THERE, 0.8, True),
        (Point(THERE.lat + 0.0008, THERE.lng), 1.5, True),
        (Point(THERE.lat + 0.001, THERE.lng), 1.5, False),
        (THERE, 0.7, False),
        (THERE, 3, False),
    ],
    ids=["there, a little early", "90 metres away", "110 metres away", "too early", "over"],
)
async def test_ones_own_live_location_says_that_one_is_there(town, point, hours, arrives) -> None:
    await booked(town)
    async with town.begin() as work:
        arrived = await stays(work, hours).arrive_at(RENTER, point)
        assert (arrived is not None) is arrives
        assert await stays(work, hours).arrive_at(RENTER, point) is None
        assert await stays(work, hours).arrive_at(STRANGER, point) is None


async def test_leaving_early_frees_the_rest_and_gives_nothing_back(town) -> None:
    booking = await booked(town)
    async with town.begin() as work:
        assert (await stays(work, 2).leave(RENTER, booking.id)).state is State.COMPLETED
        assert await work.bookings.taken(SPACE, window(0, 9)) == []
    assert await due(town, booking) == euros(500)
    kinds = await told(town, at(3))
    assert Kind.LEFT_EARLY in kinds
    assert Kind.ENDS_SOON not in kinds
    assert Kind.ENDED not in kinds
    assert Kind.REVIEW_STAY in await told(town, at(4))


async def test_leaving_at_the_end_is_nothing_to_tell(town) -> None:
    booking = await booked(town)
    async with town.begin() as work:
        await stays(work, 3.1).leave(RENTER, booking.id)
    assert Kind.LEFT_EARLY not in await told(town, at(3.1))


async def test_an_extension_is_charged_told_and_reminded_of_anew(town) -> None:
    booking = await booked(town)
    assert Kind.ENDS_SOON in await told(town, at(2.75))
    async with town.begin() as work:
        longer = await stays(work, 2.8).extend(RENTER, booking.id, at(4))
        assert await work.bookings.get(booking.id) == longer
    assert (longer.window, longer.total) == (window(1, 4), euros(750))
    assert await due(town, booking) == euros(750)
    kinds = await told(town, at(3.5))
    assert Kind.CHANGED in kinds
    assert Kind.ENDS_SOON not in kinds
    assert (await told(town, at(3.75))).count(Kind.ENDS_SOON) == 1
    assert (await told(town, at(4))).count(Kind.ENDED) == 1
    assert Kind.REVIEW_STAY in await told(town, at(5))


async def test_the_same_end_twice_is_one_extension(town) -> None:
    booking = await booked(town)

    async def extend() -> Booking:
        async with town.begin() as work:
            return await stays(work, 2).extend(RENTER, booking.id, at(4))

    first, second = await asyncio.gather(extend(), extend())
    assert first.window == second.window == window(1, 4)
    assert await due(town, booking) == euros(750)
    assert (await told(town, at(2))).count(Kind.CHANGED) == 1


async def test_an_extension_stops_where_somebody_else_begins(town) -> None:
    booking = await booked(town)
    async with town.begin() as work:
        await work.bookings.add(a_booking(window(4, 5), renter=STRANGER))
    async with town.begin() as work:
        with pytest.raises(WindowTaken):
            await stays(work, 2).extend(RENTER, booking.id, at(4.25))
        lengths = [timedelta(hours=0.5), timedelta(hours=1), timedelta(hours=2)]
        offers = await stays(work, 2).longer(booking, lengths)
        assert [offer.window.end for offer in offers] == [at(3.5), at(4)]
        assert (await stays(work, 2).extend(RENTER, booking.id, at(4))).window.end == at(4)


async def test_its_own_buffer_keeps_nobody_from_extending(town) -> None:
    async with town.begin() as work:
        await work.spaces.save(a_space(rules=Rules(buffer=30 * MINUTE)))
    booking = await booked(town)
    async with town.begin() as work:
        longer = await stays(work, 2).extend(RENTER, booking.id, at(3.25))
    assert longer.blocked_until == at(3.75)


async def test_a_hold_that_has_run_out_is_in_nobodys_way(town) -> None:
    booking = await booked(town)
    held = a_booking(
        window(3, 5),
        id=BookingId(new_id()),
        quote=QuoteId(new_id()),
        renter=STRANGER,
        state=State.HELD,
        expires_at=at(1.5),
    )
    async with town.begin() as work:
        await work.bookings.add(held)
    async with town.begin() as work:
        await stays(work, 2).extend(RENTER, booking.id, at(4))
        assert (await work.bookings.get(held.id)).state is State.EXPIRED


async def test_what_an_extension_would_cost_keeps_nothing(town) -> None:
    booking = await booked(town)
    async with town.begin() as work:
        seen = await stays(work, 2).extended(RENTER, booking.id, at(4))
        assert seen.total == euros(750)
        assert await stays(work, 2).extended(RENTER, booking.id, at(2)) == booking
    assert await due(town, booking) == euros(500)


async def test_a_space_that_nobody_came_to_is_given_back(town) -> None:
    booking = await booked(town)
    async with town.begin() as work:
        with pytest.raises(NotYet):
            await stays(work, 1.9).release(LISTER, booking.id)
        with pytest.raises(NotFound):
            await stays(work, 2).release(RENTER, booking.id)
        released = await stays(work, 2).release(LISTER, booking.id)
    assert (released.state, released.refunded) == (State.RELEASED, euros(250))
    assert await due(town, booking) == euros(250)
    assert Kind.RELEASED in await told(town, at(2))
    assert Kind.ENDED not in await told(town, at(3))


async def test_what_was_paid_ahead_only_its_renter_gives_back(town) -> None:
    booking = await booked(town)
    async with town.begin() as work:
        with pytest.raises(BookingOver):
            await StayService(work, at(2), PaidAhead()).release(LISTER, booking.id)


async def test_stays_end_by_themselves_ten_minutes_after_their_end(town) -> None:
    booking, later = await booked(town), await booked(town, window(4, 5))
    over = at(3) + 10 * MINUTE
    async with town.begin() as work:
        assert await StayService(work, over - MINUTE).complete_due(10) == 0
        assert await StayService(work, over).complete_due(10) == 1
        assert await StayService(work, over).complete_due(10) == 0
        assert (await work.bookings.get(booking.id)).state is State.COMPLETED
        assert (await work.bookings.get(later.id)).state is State.BOOKED


async def test_a_stay_is_its_renters_business_alone(town) -> None:
    booking = await booked(town)
    async with town.begin() as work:
        for person in (LISTER, STRANGER):
            for act in (
                stays(work, 1).arrive(person, booking.id),
                stays(work, 1).leave(person, booking.id),
                stays(work, 1).extend(person, booking.id, at(4)),
                stays(work, 1).extended(person, booking.id, at(4)),
            ):
                with pytest.raises(NotFound):
                    await act


@pytest.mark.parametrize(
    ("until", "next_at", "furthest"),
    [(7, 5, 5), (4, 5, 4), (3, 5, None), (7, 3, None)],
    ids=["to the next stay", "as wished", "not later at all", "the next follows at once"],
)
async def test_the_latest_end_that_can_be_had(town, until, next_at, furthest) -> None:
    stay = a_booking(window(1, 3))
    after = a_booking(window(next_at, next_at + 1), id=BookingId(new_id()), quote=QuoteId(new_id()))
    async with town.begin() as work:
        for booking in (stay, after):
            await work.bookings.add(booking)
        longer = await stays(work, 2).furthest(stay, at(until))
    assert (longer and longer.window.end) == (furthest and at(furthest))
