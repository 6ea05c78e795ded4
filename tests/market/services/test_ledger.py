import pytest

from market.domain.booking import Booking, State
from market.domain.errors import BookingOver, NotFound
from market.domain.ledger import Entry, Reason
from market.domain.money import Money
from market.ports.payments import OnSite
from market.ports.work import Work as Unit
from market.services.bookings import BookingService
from market.services.ledger import LedgerService
from storage.database import Store
from tests.examples import LISTER, NOON, RENTER, STRANGER, a_booking, at, euros
from tests.market.services.test_bookings import booked


class Recording(OnSite):
    """A provider's eyes: what it would have to move."""

    def __init__(self) -> None:
        self.seen: list[Entry] = []

    async def entered(self, work: Unit, entries) -> None:
        self.seen += entries


async def owed(store: Store, booking: Booking) -> Money | None:
    async with store.begin() as work:
        return await LedgerService(work, NOON).owed(RENTER, booking.id)


async def cancelled(store: Store, booking: Booking, person=RENTER, hours=0.5) -> None:
    async with store.begin() as work:
        await BookingService(work, at(hours), 5).cancel(person, booking.id)


async def paid(store: Store, booking: Booking) -> None:
    async with store.begin() as work:
        await LedgerService(work, at(1)).paid(LISTER, booking.id)


async def test_a_booking_is_owed_until_its_lister_says_it_is_paid(town) -> None:
    booking = await booked(town)
    assert await owed(town, booking) == euros(500)
    for _ in range(2):
        await paid(town, booking)
        assert await owed(town, booking) == euros(0)
    async with town.begin() as work:
        assert len(await work.ledger.of(booking.id)) == 3


@pytest.mark.parametrize(("person", "left"), [(RENTER, 250), (LISTER, 0)])
async def test_a_cancellation_leaves_what_the_policy_keeps(town, person, left) -> None:
    booking = await booked(town)
    await cancelled(town, booking, person)
    assert await owed(town, booking) == euros(left)


async def test_what_was_paid_and_is_not_owed_any_more_goes_back(town) -> None:
    booking = await booked(town)
    await paid(town, booking)
    await cancelled(town, booking, LISTER)
    assert await owed(town, booking) == euros(-500)
    await paid(town, booking)
    assert await owed(town, booking) == euros(0)


async def test_a_lister_may_ask_for_nothing(town) -> None:
    booking = await booked(town)
    for _ in range(2):
        async with town.begin() as work:
            await LedgerService(work, at(1)).waive(LISTER, booking.id)
        assert await owed(town, booking) == euros(0)


@pytest.mark.parametrize(
    ("waived", "hours", "left"),
    [(True, 0.1, 0), (True, 0.5, 0), (False, 0.5, 250)],
    ids=["all comes back", "half comes back", "nothing was waived"],
)
async def test_what_was_waived_is_not_given_back_as_well(town, waived, hours, left) -> None:
    booking = await booked(town)
    async with town.begin() as work:
        if waived:
            await LedgerService(work, NOON).waive(LISTER, booking.id)
        service = BookingService(work, at(hours), 5)
        assert (await service.bill_if_cancelled(RENTER, booking.id)).due == euros(left)
    await cancelled(town, booking, hours=hours)
    assert await owed(town, booking) == euros(left)


async def test_what_the_lister_owes_cannot_be_waived_by_the_lister(town) -> None:
    booking = await booked(town)
    await paid(town, booking)
    await cancelled(town, booking, LISTER)
    async with town.begin() as work:
        await LedgerService(work, at(1)).waive(LISTER, booking.id)
    assert await owed(town, booking) == euros(-500)


async def test_only_the_lister_says_what_was_paid(town) -> None:
    booking = await booked(town)
    for person in (RENTER, STRANGER):
        for act in ("paid", "waive"):
            with pytest.raises(NotFound):
                async with town.begin() as work:
                    await getattr(LedgerService(work, NOON), act)(person, booking.id)
    async with town.begin() as work:
        with pytest.raises(NotFound):
            await LedgerService(work, NOON).owed(STRANGER, booking.id)


async def test_nobody_owes_for_what_was_never_agreed(town) -> None:
    request = a_booking(state=State.REQUESTED, expires_at=at(0.5))
    async with town.begin() as work:
        await work.bookings.add(request)
        with pytest.raises(BookingOver):
            await LedgerService(work, NOON).paid(LISTER, request.id)


async def test_a_provider_is_told_of_every_entry(town) -> None:
    payments = Recording()
    booking = await booked(town)
    async with town.begin() as work:
        await BookingService(work, at(0.5), 5, payments).cancel(RENTER, booking.id)
        await LedgerService(work, at(1), payments).paid(LISTER, booking.id)
        entries = await work.ledger.of(booking.id)
    assert [entry.reason for entry in payments.seen] == [Reason.REFUND, Reason.PAID, Reason.PAID]
    assert [entry.reason for entry in entries] == [
        Reason.STAY,
        *(it.reason for it in payments.seen),
    ]
