from datetime import timedelta

import pytest

from market.domain.booking import Event, Side, State
from market.domain.ids import BookingId, QuoteId, new_id
from market.domain.record import SPAN, Record
from market.domain.report import Matter
from market.domain.space import SpaceState
from market.services.bookings import BookingService
from market.services.records import RecordService
from storage.database import Store
from tests.examples import LISTER, NOON, RENTER, a_booking, at, window

DAY = timedelta(days=1)


async def cancelled(store: Store, count: int, now=NOON) -> None:
    """By the lister."""
    for n in range(count):
        booking = a_booking(window(n + 1, n + 2), id=BookingId(new_id()), quote=QuoteId(new_id()))
        async with store.begin() as work:
            await work.bookings.add(booking)
            await BookingService(work, now, 5).cancel(LISTER, booking.id)


async def record(store: Store, now=NOON) -> Record:
    async with store.begin() as work:
        return await RecordService(work, now).of(LISTER)


async def test_only_the_lister_s_own_cancellation_is_a_strike(town: Store) -> None:
    await cancelled(town, 1)
    booking = a_booking(window(5, 6))
    async with town.begin() as work:
        await work.bookings.add(booking)
        await BookingService(work, NOON, 5).cancel(RENTER, booking.id)
    assert (await record(town)).strikes == 1


async def test_strikes_are_forgiven_after_ninety_days(town: Store) -> None:
    await cancelled(town, 2)
    assert (await record(town, NOON + SPAN)).strikes == 2
    assert (await record(town, NOON + SPAN + DAY)).strikes == 0


@pytest.mark.parametrize(("strikes", "state"), [(2, SpaceState.LIVE), (3, SpaceState.HIDDEN)])
async def test_the_third_strike_hides_the_space_until_the_operator_looks(
    town: Store, strikes: int, state: SpaceState
) -> None:
    kept = a_booking(window(20, 21))
    async with town.begin() as work:
        await work.bookings.add(kept)
    await cancelled(town, strikes)
    async with town.begin() as work:
        assert (await work.spaces.get(kept.space)).state is state
        assert (await work.bookings.get(kept.id)).state is State.BOOKED
        matters = [report.matter for report in await work.reports.open(10)]
    assert matters == ([Matter.STRIKES] if state is SpaceState.HIDDEN else [])


async def test_a_hidden_space_is_not_hidden_twice(town: Store) -> None:
    await cancelled(town, 4)
    async with town.begin() as work:
        assert await work.reports.count_open() == 1


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ([], Record()),
        ([State.BOOKED, State.DECLINED, State.EXPIRED], Record(asked=3, answered=2)),
        ([State.REQUESTED, State.WITHDRAWN], Record()),
    ],
    ids=["nobody asked", "two of three", "not decided"],
)
async def test_the_answer_rate_counts_requests_that_were_decided(town, ends, expected) -> None:
    async with town.begin() as work:
        await work.bookings.add(a_booking(window(30, 31)))
        for n, end in enumerate(ends, 1):
            asked = a_booking(
                window(n, n + 1),
                id=BookingId(n),
                quote=QuoteId(n),
                state=end,
                history=(Event(at(0), State.REQUESTED, Side.RENTER),),
            )
            await work.bookings.add(asked)
    assert await record(town) == expected
