from dataclasses import replace

import pytest

from market.domain.booking import Booking
from market.domain.errors import BookingOver, NotFound, NotYet
from market.domain.ids import PersonId, PhotoId
from market.domain.money import Money
from market.domain.notice import Kind
from market.domain.report import Matter
from market.ports.photos import StoredPhoto
from market.services.ledger import LedgerService
from market.services.overstays import OverstayService
from market.services.reports import ReportService, Sighting
from storage.database import Store
from storage.work import Work
from tests.examples import LISTER, NOON, RENTER, STRANGER, a_space, at, euros
from tests.market.services.test_bookings import booked, owed

DAYS = 24


def overstays(work: Work, hours: float) -> OverstayService:
    return OverstayService(work, at(hours))


def photo(number: int, owner: PersonId = LISTER) -> StoredPhoto:
    return StoredPhoto(PhotoId(number), owner, NOON, file_id=f"photo-{number}")


async def due(store: Store, booking: Booking) -> Money | None:
    async with store.begin() as work:
        return await LedgerService(work, NOON).owed(RENTER, booking.id)


async def reported(store: Store, booking: Booking, hours: float, number: int = 1) -> None:
    async with store.begin() as work:
        await overstays(work, hours).report(LISTER, booking.id, photo(number))


async def test_a_car_that_is_still_there_is_charged_and_its_driver_told(town) -> None:
    booking = await booked(town)
    await reported(town, booking, 3.5)
    assert await due(town, booking) == euros(750)
    assert (Kind.OVERSTAYED, RENTER) in await owed(town, at(3.5))
    async with town.begin() as work:
        for person in (RENTER, LISTER):
            found = await overstays(work, 4).of(person, booking.id)
            assert (found.charge, found.reporter) == (euros(250), LISTER)
        assert [it.id for it in await overstays(work, 4).photos(found)] == [PhotoId(1)]
        with pytest.raises(NotFound):
            await overstays(work, 4).of(STRANGER, booking.id)


async def test_who_has_not_seen_it_themselves_hears_of_an_overstay(town) -> None:
    booking = await booked(town)
    async with town.begin() as work:
        await work.colisters.add(booking.space, STRANGER, NOON)
        await overstays(work, 3.5).report(STRANGER, booking.id, photo(1, STRANGER))
    told = await owed(town, at(3.5))
    assert (Kind.OVERSTAY_SEEN, LISTER) in told
    assert (Kind.OVERSTAY_SEEN, STRANGER) not in told


async def test_seen_again_later_only_the_further_hours_are_charged(town) -> None:
    booking = await booked(town)
    await reported(town, booking, 3.5)
    await reported(town, booking, 3.9, 2)
    assert await due(town, booking) == euros(750)
    await reported(town, booking, 5.5, 3)
    assert await due(town, booking) == euros(500 + 750)


async def test_without_a_photo_after_the_grace_there_is_no_overstay(town) -> None:
    booking = await booked(town)
    with pytest.raises(NotYet):
        await reported(town, booking, 3.1)
    async with town.begin() as work:
        with pytest.raises(NotFound):
            await overstays(work, 4).report(RENTER, booking.id, photo(1, RENTER))
        assert await overstays(work, 4).of(RENTER, booking.id) is None
        assert await work.photos.many([PhotoId(1)]) == []
    assert await due(town, booking) == euros(500)


async def test_a_contested_charge_is_the_operators_to_judge(town) -> None:
    booking = await booked(town)
    async with town.begin() as work:
        with pytest.raises(NotFound):
            await overstays(work, 4).contest(RENTER, booking.id)
        with pytest.raises(NotFound):
            await overstays(work, 4).judge(booking.id, upheld=True)
    await reported(town, booking, 3.5)
    async with town.begin() as work:
        case = await ReportService(work, at(4), frozenset()).overstay(RENTER, booking.id)
        assert (case.matter, case.reporter, case.about) == (Matter.OVERSTAY, RENTER, LISTER)
        assert (case.booking, case.photo) == (booking.id, PhotoId(1))
        assert await work.reports.get(case.id) == case
        with pytest.raises(BookingOver):
            await ReportService(work, at(4), frozenset()).overstay(RENTER, booking.id)
        with pytest.raises(NotFound):
            await ReportService(work, at(4), frozenset()).overstay(LISTER, booking.id)


@pytest.mark.parametrize(("upheld", "minor"), [(True, 750), (False, 500)])
async def test_what_an_operator_has_judged_stands(town, upheld, minor) -> None:
    booking = await booked(town)
    await reported(town, booking, 3.5)
    async with town.begin() as work:
        judged = await overstays(work, 5).judge(booking.id, upheld=upheld)
        assert judged.settled_at == at(5)
        assert await overstays(work, 6).judge(booking.id, upheld=not upheld) == judged
    await reported(town, booking, 9, 2)
    assert await due(town, booking) == euros(minor)
    async with town.begin() as work:
        with pytest.raises(BookingOver):
            await overstays(work, 9).contest(RENTER, booking.id)


async def test_a_contested_one_stays_contested_when_the_car_is_seen_again(town) -> None:
    booking = await booked(town)
    await reported(town, booking, 3.5)
    async with town.begin() as work:
        await overstays(work, 3.6).contest(RENTER, booking.id)
    await reported(town, booking, 5.5, 2)
    async with town.begin() as work:
        found = await overstays(work, 6).of(RENTER, booking.id)
    assert (found.contested_at, found.charge) == (at(3.6), euros(750))


async def test_a_plate_that_is_reported_there_is_charged_too(town) -> None:
    booking = await booked(town)
    async with town.begin() as work:
        await work.bookings.save(await _with_plate(work, booking))
        seen = Sighting("hel-204", photo(1), place=a_space().place)
        await ReportService(work, at(3.1), frozenset()).car(LISTER, seen)
        assert await overstays(work, 4).of(LISTER, booking.id) is None
        later = Sighting("hel-204", photo(2), place=a_space().place)
        await ReportService(work, at(3.5), frozenset()).car(LISTER, later)
    assert await due(town, booking) == euros(750)


async def _with_plate(work: Work, booking: Booking) -> Booking:
    return replace(await work.bookings.get(booking.id), plate="HEL204")


async def test_photos_are_kept_thirty_days_and_longer_while_a_case_is_open(town) -> None:
    booking = await booked(town)
    await reported(town, booking, 3.5)
    month = 3.6 + 30 * DAYS
    async with town.begin() as work:
        await overstays(work, 4).contest(RENTER, booking.id)
        assert await overstays(work, month).forget_photos(10) == 0
        await overstays(work, 5).judge(booking.id, upheld=True)
        assert await overstays(work, month - 1).forget_photos(10) == 0
        assert await overstays(work, month).forget_photos(10) == 1
        assert await overstays(work, month).forget_photos(10) == 0
        found = await overstays(work, month).of(RENTER, booking.id)
        assert (found.photo, found.charge) == (None, euros(250))
        assert await overstays(work, month).photos(found) == []
        assert await work.photos.many([PhotoId(1)]) == []
