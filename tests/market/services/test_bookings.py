import asyncio
from datetime import datetime, timedelta

import pytest

from market.domain.booking import Booking, Side, State
from market.domain.errors import (
    BookingOver,
    Invalid,
    NotFound,
    PlateNeeded,
    QuoteExpired,
    TooManyAhead,
    VehicleTooBig,
    WindowTaken,
)
from market.domain.ids import BookingId, PersonId, QuoteId, SpaceId, VehicleId
from market.domain.notice import Kind
from market.domain.quote import Quote
from market.domain.space import Limits, Rules, SpaceState
from market.domain.vehicle import Vehicle
from market.domain.window import Window
from market.services.bookings import BookingService
from market.services.quotes import QuoteService
from storage.database import Store
from storage.work import Work
from tests.examples import (
    LISTER,
    NOON,
    RENTER,
    STRANGER,
    a_person,
    a_space,
    at,
    euros,
    window,
)

SPACE = SpaceId(7)


def bookings(work: Work, now: datetime = NOON, max_ahead: int = 5) -> BookingService:
    return BookingService(work, now, max_ahead)


async def quoted(store: Store, stay: Window | None = None, renter: PersonId = RENTER) -> Quote:
    async with store.begin() as work:
        _, quote = await QuoteService(work, NOON).open(renter, SPACE, stay or window(1, 3))
    return quote


async def booked(store: Store, stay: Window | None = None, renter: PersonId = RENTER) -> Booking:
    quote = await quoted(store, stay, renter)
    async with store.begin() as work:
        return await bookings(work).book(renter, quote.id)


async def owed(store: Store, now: datetime) -> list[tuple[Kind, PersonId]]:
    async with store.begin() as work:
        due = await work.notices.claim_due(now, "test", limit=99, lease=timedelta())
    return [(notice.kind, notice.person) for notice in due]


async def test_a_quote_becomes_a_booking_that_both_sides_can_see(town) -> None:
    quote = await quoted(town)
    async with town.begin() as work:
        booking = await bookings(work).book(RENTER, quote.id)

    assert (booking.quote, booking.state, booking.total) == (quote.id, State.BOOKED, euros(500))
    async with town.begin() as work:
        for person in (RENTER, LISTER):
            assert await bookings(work).get(person, booking.id) == booking
            assert await bookings(work).with_space(person, booking.id) == (booking, a_space())
        with pytest.raises(NotFound):
            await bookings(work).get(STRANGER, booking.id)
        with pytest.raises(NotFound):
            await bookings(work).get(RENTER, BookingId(404))


async def test_confirming_one_quote_twice_is_one_booking(town) -> None:
    quote = await quoted(town)
    async with town.begin() as work:
        first = await bookings(work).book(RENTER, quote.id)
    async with town.begin() as work:
        assert await bookings(work, at(5)).book(RENTER, quote.id) == first
        assert len(await bookings(work).coming(RENTER)) == 1
    assert (await owed(town, NOON)).count((Kind.BOOKED, LISTER)) == 1


async def test_a_vehicle_that_does_not_fit_is_not_booked_for(town) -> None:
    quote = await quoted(town)
    async with town.begin() as work:
        await work.spaces.save(a_space(limits=Limits(height=190)))
        await work.vehicles.add(Vehicle(VehicleId(1), RENTER, "HEL204", NOON, height=191))
        with pytest.raises(VehicleTooBig):
            await bookings(work).book(RENTER, quote.id, "HEL 204")
        assert await bookings(work).book(RENTER, quote.id, "B 1")


async def test_what_a_quote_was_confirmed_as_is_its_renters_alone(town) -> None:
    quote = await quoted(town)
    async with town.begin() as work:
        assert await bookings(work).of_quote(RENTER, quote.id) is None
        booking = await bookings(work).book(RENTER, quote.id)
        assert await bookings(work).of_quote(RENTER, quote.id) == booking
        assert await bookings(work).of_quote(STRANGER, quote.id) is None


async def test_somebody_elses_quote_cannot_be_confirmed(town) -> None:
    quote = await quoted(town)
    async with town.begin() as work:
        with pytest.raises(NotFound):
            await bookings(work).book(STRANGER, quote.id)
        with pytest.raises(NotFound):
            await bookings(work).book(RENTER, QuoteId(404))


async def test_of_two_quotes_for_one_window_one_is_booked(town) -> None:
    first, second = await quoted(town), await quoted(town, window(2, 4), STRANGER)
    async with town.begin() as work:
        await bookings(work).book(RENTER, first.id)
    with pytest.raises(WindowTaken):
        async with town.begin() as work:
            await bookings(work).book(STRANGER, second.id)


async def test_the_buffer_of_the_quote_is_kept_free(town) -> None:
    async with town.begin() as work:
        await work.spaces.save(a_space(rules=Rules(buffer=timedelta(minutes=30))))
    first, second = await quoted(town, window(3.25, 4)), await quoted(town, window(1, 3), STRANGER)
    async with town.begin() as work:
        await bookings(work).book(RENTER, first.id)
    with pytest.raises(WindowTaken):
        async with town.begin() as work:
            await bookings(work).book(STRANGER, second.id)


async def test_of_many_renters_one_gets_the_window(town) -> None:
    renters = [PersonId(100 + number) for number in range(20)]
    async with town.begin() as work:
        for renter in renters:
            await work.people.add(a_person(renter))
    quotes = {renter: await quoted(town, renter=renter) for renter in renters}

    async def book(renter: PersonId) -> Booking:
        async with town.begin() as work:
            return await bookings(work).book(renter, quotes[renter].id)

    results = await asyncio.gather(*map(book, renters), return_exceptions=True)

    assert sum(isinstance(result, Booking) for result in results) == 1
    assert sum(isinstance(result, WindowTaken) for result in results) == 19


async def test_two_taps_at_once_are_one_booking(town) -> None:
    quote = await quoted(town)

    async def book() -> Booking:
        async with town.begin() as work:
            return await bookings(work).book(RENTER, quote.id)

    first, second = await asyncio.gather(book(), book())
    assert first == second


async def test_an_expired_quote_books_nothing(town) -> None:
    quote = await quoted(town)
    with pytest.raises(QuoteExpired):
        async with town.begin() as work:
            await bookings(work, at(0.5)).book(RENTER, quote.id)
    async with town.begin() as work:
        assert await bookings(work).coming(RENTER) == []
    assert await owed(town, at(9)) == []


async def test_a_renter_has_only_so_many_bookings_ahead(town) -> None:
    await booked(town, window(1, 2))
    await booked(town, window(3, 4))
    third = await quoted(town, window(5, 6))
    with pytest.raises(TooManyAhead):
        async with town.begin() as work:
            await bookings(work, max_ahead=2).book(RENTER, third.id)
    async with town.begin() as work:
        assert await bookings(work, max_ahead=3).book(RENTER, third.id)


async def test_a_plate_is_normalised_and_its_vehicle_comes_first(town) -> None:
    async with town.begin() as work:
        await work.vehicles.add(Vehicle(VehicleId(1), RENTER, "HEL204", at(-9)))
        await work.vehicles.add(Vehicle(VehicleId(2), RENTER, "BXY99", at(-8)))
    quote = await quoted(town)
    async with town.begin() as work:
        booking = await bookings(work).book(RENTER, quote.id, plate=" hel-204 ")
        plates = [vehicle.plate for vehicle in await work.vehicles.of(RENTER)]
    assert booking.plate == "HEL204"
    assert plates == ["HEL204", "BXY99"]


@pytest.mark.parametrize(
    ("plate", "refusal"), [(None, PlateNeeded), ("", PlateNeeded), ("!", Invalid)]
)
async def test_a_space_that_asks_for_a_plate_is_not_booked_without(town, plate, refusal) -> None:
    async with town.begin() as work:
        await work.spaces.save(a_space(plate_needed=True))
    quote = await quoted(town)
    with pytest.raises(refusal):
        async with town.begin() as work:
            await bookings(work).book(RENTER, quote.id, plate)


async def test_a_booking_is_told_and_its_start_reminded_of(town) -> None:
    await booked(town)
    assert await owed(town, NOON) == [(Kind.BOOKED, LISTER)]
    assert await owed(town, at(0.5)) == [(Kind.BOOKED, LISTER), (Kind.STARTS_SOON, RENTER)]


@pytest.mark.parametrize(
    ("person", "other", "side", "minor"),
    [(RENTER, LISTER, Side.RENTER, 250), (LISTER, RENTER, Side.LISTER, 500)],
    ids=["by the renter", "by the lister"],
)
async def test_a_cancellation_gives_back_frees_and_is_told(
    town, person, other, side, minor
) -> None:
    booking = await booked(town)
    assert await owed(town, NOON) == [(Kind.BOOKED, LISTER)]
    async with town.begin() as work:
        service = bookings(work, at(0.4))
        assert await service.refund_now(person, booking.id) == euros(minor)
        cancelled = await service.cancel(person, booking.id)
        assert await service.get(person, booking.id) == cancelled
        assert await work.bookings.taken(SPACE, window(0, 9)) == []

    assert (cancelled.state, cancelled.refunded) == (State.CANCELLED, euros(minor))
    assert cancelled.history[-1].by is side
    assert await owed(town, at(9)) == [(Kind.CANCELLED, other)]


async def test_what_is_over_or_anothers_cannot_be_cancelled(town) -> None:
    booking = await booked(town)
    async with town.begin() as work:
        with pytest.raises(NotFound):
            await bookings(work).cancel(STRANGER, booking.id)
        with pytest.raises(NotFound):
            await bookings(work).refund_now(STRANGER, booking.id)
        with pytest.raises(BookingOver):
            await bookings(work, at(3)).cancel(RENTER, booking.id)
        await bookings(work).cancel(RENTER, booking.id)
        with pytest.raises(BookingOver):
            await bookings(work).cancel(RENTER, booking.id)
        with pytest.raises(BookingOver):
            await bookings(work).cancel(LISTER, booking.id)


async def test_a_renter_sees_what_is_coming_and_what_is_past(town) -> None:
    late, soon = await booked(town, window(5, 6)), await booked(town, window(1, 3))
    async with town.begin() as work:
        await bookings(work).cancel(RENTER, late.id)
    async with town.begin() as work:
        service = bookings(work, at(2))
        assert [booking.id for booking in await service.coming(RENTER)] == [soon.id]
        assert [booking.id for booking in await service.past(RENTER)] == [late.id]
        assert await service.past(RENTER, limit=0) == []
        assert await service.spaces_of(await service.coming(RENTER)) == {SPACE: a_space()}


async def test_a_lister_sees_what_is_ahead_of_their_own_space_alone(town) -> None:
    booking = await booked(town)
    async with town.begin() as work:
        ahead = await bookings(work).ahead_of_space(LISTER, SPACE)
        assert [one.id for one in ahead] == [booking.id]
        with pytest.raises(NotFound):
            await bookings(work).ahead_of_space(RENTER, SPACE)


async def test_a_booking_of_a_deleted_space_is_still_there_for_its_renter(town) -> None:
    booking = await booked(town)
    async with town.begin() as work:
        await bookings(work).cancel(LISTER, booking.id)
        await work.spaces.save(a_space(state=SpaceState.DELETED))
        service = bookings(work)
        assert (await service.get(RENTER, booking.id)).state is State.CANCELLED
        assert (await service.with_space(RENTER, booking.id))[1].title == a_space().title
        titles = [it.title for it in (await service.spaces_of([booking])).values()]
        assert titles == [a_space().title]


async def test_the_place_is_for_its_lister_and_for_whoever_is_to_come(town) -> None:
    async with town.begin() as work:
        service = bookings(work)
        assert await service.may_know_place(LISTER, a_space())
        assert not await service.may_know_place(RENTER, a_space())
    await booked(town)
    async with town.begin() as work:
        assert await bookings(work).may_know_place(RENTER, a_space())


async def test_bookings_come_in_pages_for_renters_and_by_day_for_listers(town) -> None:
    first, second = await booked(town, window(1, 3)), await booked(town, window(4, 6))
    async with town.begin() as work:
        service = bookings(work)
        page = await service.page(RENTER, past=False, limit=1, after=None)
        assert [it.id for it in page] == [first.id]
        place = (first.window.start, first.id)
        rest = await service.page(RENTER, past=False, limit=9, after=place)
        assert [it.id for it in rest] == [second.id]
        found = await service.of_space(LISTER, SPACE, window(0, 3))
        assert [it.id for it in found] == [first.id]
        with pytest.raises(NotFound):
            await service.of_space(RENTER, SPACE, window(0, 3))
