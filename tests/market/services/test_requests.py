import asyncio
from datetime import datetime, timedelta

import pytest

from market.domain.booking import Booking, State
from market.domain.errors import BookingOver, NotFound, TooManyRequests, WindowTaken
from market.domain.ids import PersonId, SpaceId
from market.domain.notice import Kind
from market.domain.space import Approval
from market.domain.window import Window
from market.services.bookings import BookingService
from market.services.ledger import LedgerService
from market.services.quotes import QuoteService
from storage.database import Store
from tests.examples import LISTER, NOON, RENTER, STRANGER, a_person, a_space, at, euros, window
from tests.market.services.test_bookings import owed

SPACE = SpaceId(7)
HELPER = PersonId(4)


@pytest.fixture
async def asking(town: Store) -> Store:
    """The usual space, whose lister wants to be asked, and who has a co-lister."""
    async with town.begin() as work:
        await work.spaces.save(a_space(approval=Approval.REQUEST))
        await work.people.add(a_person(HELPER))
        await work.colisters.add(SPACE, HELPER, NOON)
    return town


async def requested(
    store: Store, stay: Window | None = None, renter: PersonId = RENTER, now: datetime = NOON
) -> Booking:
    async with store.begin() as work:
        _, quote = await QuoteService(work, now).open(renter, SPACE, stay or window(5, 7))
        return await BookingService(work, now, 5).book(renter, quote.id)


async def answered(store: Store, request: Booking, *, accept: bool, now=NOON, by=LISTER) -> Booking:
    async with store.begin() as work:
        return await BookingService(work, now, 5).answer(by, request.id, accept=accept)


async def due(store: Store, booking: Booking) -> int | None:
    async with store.begin() as work:
        owed = await LedgerService(work, NOON).owed(RENTER, booking.id)
    return None if owed is None else owed.minor


async def test_a_request_keeps_the_window_and_owes_nothing_yet(asking) -> None:
    request = await requested(asking)
    assert (request.state, request.expires_at) == (State.REQUESTED, at(4))
    with pytest.raises(WindowTaken):
        await requested(asking, window(6, 8), STRANGER)
    assert await due(asking, request) is None
    assert await owed(asking, NOON) == [(Kind.REQUESTED, LISTER), (Kind.REQUESTED, HELPER)]


async def test_a_yes_books_charges_and_counts_as_approved(asking) -> None:
    request = await requested(asking)
    booked = await answered(asking, request, accept=True, now=at(1))
    assert (booked.state, booked.booked_at) == (State.BOOKED, at(1))
    assert await due(asking, booked) == 500
    async with asking.begin() as work:
        assert (await work.spaces.get(SPACE)).approved == 1
        assert await work.bookings.get(request.id) == booked
    assert await owed(asking, at(1)) == [(Kind.ANSWERED, HELPER), (Kind.APPROVED, RENTER)]
    assert (Kind.STARTS_SOON, RENTER) in await owed(asking, at(4.5))


async def test_a_no_frees_the_window_at_once(asking) -> None:
    request = await requested(asking)
    declined = await answered(asking, request, accept=False)
    assert declined.state is State.DECLINED
    assert await due(asking, declined) is None
    assert await requested(asking, renter=STRANGER)
    told = await owed(asking, NOON)
    assert told.count((Kind.DECLINED, RENTER)) == 1


async def test_the_first_of_two_answers_counts_and_the_other_is_told(asking) -> None:
    request = await requested(asking)

    async def answer(by: PersonId, *, accept: bool) -> Booking:
        return await answered(asking, request, accept=accept, by=by)

    results = await asyncio.gather(
        answer(LISTER, accept=True), answer(HELPER, accept=False), return_exceptions=True
    )
    (outcome,) = [result for result in results if isinstance(result, Booking)]
    (refusal,) = [result for result in results if isinstance(result, BookingOver)]
    assert refusal.state == outcome.state
    asked = {LISTER, HELPER}
    told = {person for kind, person in await owed(asking, NOON) if kind is Kind.ANSWERED}
    assert len(told) == 1
    assert told < asked


async def test_an_answer_after_its_time_changes_nothing(asking) -> None:
    request = await requested(asking)
    with pytest.raises(BookingOver) as refusal:
        await answered(asking, request, accept=True, now=at(4))
    assert refusal.value == BookingOver(State.EXPIRED)


async def test_only_who_looks_after_the_space_may_answer(asking) -> None:
    request = await requested(asking)
    for person in (RENTER, STRANGER):
        with pytest.raises(NotFound):
            await answered(asking, request, accept=True, by=person)
    assert (await answered(asking, request, accept=True, by=HELPER)).state is State.BOOKED


async def test_everybody_who_may_answer_sees_what_waits(asking) -> None:
    request = await requested(asking)
    async with asking.begin() as work:
        for person, seen in ((LISTER, [request.id]), (HELPER, [request.id]), (STRANGER, [])):
            waiting = await BookingService(work, NOON, 5).requests(person)
            assert [booking.id for booking in waiting] == seen
        assert await BookingService(work, at(4), 5).requests(LISTER) == []


async def test_a_renter_withdraws_their_own_request_alone(asking) -> None:
    request = await requested(asking)
    for person in (STRANGER, LISTER):
        with pytest.raises(NotFound):
            async with asking.begin() as work:
                await BookingService(work, NOON, 5).withdraw(person, request.id)
    async with asking.begin() as work:
        withdrawn = await BookingService(work, NOON, 5).withdraw(RENTER, request.id)
    assert withdrawn.state is State.WITHDRAWN
    assert await owed(asking, NOON) == [(Kind.WITHDRAWN, LISTER), (Kind.WITHDRAWN, HELPER)]
    with pytest.raises(BookingOver):
        await answered(asking, request, accept=True)


async def test_what_nobody_answers_is_ended_and_told_to_both_sides(asking) -> None:
    request = await requested(asking)
    async with asking.begin() as work:
        assert await BookingService(work, at(4), 5).expire_due(10) == 1
        assert await BookingService(work, at(4), 5).expire_due(10) == 0
        assert (await work.bookings.get(request.id)).state is State.EXPIRED
    told = await owed(asking, at(4))
    assert set(told) == {(Kind.EXPIRED, RENTER), (Kind.EXPIRED, LISTER), (Kind.EXPIRED, HELPER)}
    assert len(told) == 3


async def test_a_request_that_has_run_out_keeps_nobody_out_before_it_is_swept(asking) -> None:
    late = window(30, 32)
    first = await requested(asking, late)
    assert (await requested(asking, late, STRANGER, now=at(24))).renter == STRANGER
    async with asking.begin() as work:
        assert (await work.bookings.get(first.id)).state is State.EXPIRED
    assert (Kind.EXPIRED, RENTER) in await owed(asking, at(24))


async def test_a_third_request_waits_until_one_of_two_has_ended(asking) -> None:
    first = await requested(asking, window(30, 31))
    await requested(asking, window(32, 33))
    with pytest.raises(TooManyRequests):
        await requested(asking, window(34, 35))
    async with asking.begin() as work:
        await BookingService(work, NOON, 5).withdraw(RENTER, first.id)
    assert await requested(asking, window(34, 35))
    # What has run out does not count either, swept or not.
    assert await requested(asking, window(50, 51), now=at(24))


async def test_the_first_five_are_asked_and_then_it_is_instant(town) -> None:
    async with town.begin() as work:
        await work.spaces.save(a_space(approval=Approval.FIRST_FIVE))
    for number in range(5):
        start = 3 * number + 5
        booking = await requested(town, window(start, start + 1))
        assert booking.state is State.REQUESTED
        await answered(town, booking, accept=True)
        async with town.begin() as work:
            await BookingService(work, NOON, 5).cancel(RENTER, booking.id)
    assert (await requested(town, window(40, 41))).state is State.BOOKED


async def test_confirming_the_quote_of_a_request_again_asks_nobody_again(asking) -> None:
    async with asking.begin() as work:
        _, quote = await QuoteService(work, NOON).open(RENTER, SPACE, window(5, 7))
        first = await BookingService(work, NOON, 5).book(RENTER, quote.id)
        assert await BookingService(work, at(0.1), 5).book(RENTER, quote.id) == first
    assert (await owed(asking, at(1))).count((Kind.REQUESTED, LISTER)) == 1


async def test_another_car_may_be_named_while_nobody_has_answered(asking) -> None:
    request = await requested(asking)
    await owed(asking, NOON)
    async with asking.begin() as work:
        service = BookingService(work, NOON, 5)
        assert (await service.change_plate(RENTER, request.id, "hel 204")).plate == "HEL204"
        assert (await service.change_plate(RENTER, request.id, "HEL-204")).plate == "HEL204"
        with pytest.raises(NotFound):
            await service.change_plate(LISTER, request.id, "HEL204")
    assert (Kind.CHANGED, LISTER) not in await owed(asking, NOON + timedelta(minutes=1))


async def test_a_settled_bookings_new_plate_is_told(asking) -> None:
    request = await answered(asking, await requested(asking), accept=True)
    async with asking.begin() as work:
        await BookingService(work, NOON, 5).change_plate(RENTER, request.id, "HEL204")
    assert (Kind.CHANGED, LISTER) in await owed(asking, NOON)


async def test_calling_a_request_off_gives_nothing_back_that_was_never_owed(asking) -> None:
    request = await requested(asking)
    async with asking.begin() as work:
        service = BookingService(work, NOON, 5)
        ended = await service.call_off(request, RENTER)
    assert (ended.state, ended.refunded) == (State.CANCELLED, euros(500))
    assert await due(asking, ended) is None
