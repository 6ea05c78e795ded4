from datetime import timedelta

import pytest

from market.domain.booking import State
from market.domain.errors import Invalid, NotFound, TooManyReports
from market.domain.ids import BookingId, MessageId, PersonId, PhotoId, SpaceId, new_id
from market.domain.notice import Kind
from market.domain.place import Point
from market.domain.report import (
    DAILY,
    KEPT,
    BookedUntil,
    Matter,
    Overstayed,
    Reason,
    Report,
    Unknown,
)
from market.ports.photos import StoredPhoto
from market.services.messages import MessageService
from market.services.notices import NoticeService
from market.services.reports import ReportService, Sighting
from storage.database import Store
from tests.examples import LISTER, NOON, RENTER, STRANGER, a_booking, a_space, at, window

OPERATOR = 1000 + STRANGER
PLATE, HERE, FAR = "HEL204", Point(52.52, 13.405), Point(52.53, 13.405)
RUNNING = a_booking(window(-1, 2), plate=PLATE)
EARLIER = a_booking(
    window(-4, -2), plate="LATE1", state=State.COMPLETED, renter=STRANGER, id=BookingId(5)
)
ELSEWHERE = SpaceId(70)


def seen(by: PersonId, plate: str = PLATE, **where) -> Sighting:
    photo = StoredPhoto(PhotoId(new_id()), by, NOON, file_id="f", key="k")
    return Sighting(plate, photo, **(where or {"place": HERE}))


@pytest.fixture
async def parked(town: Store) -> Store:
    async with town.begin() as work:
        await work.spaces.add(a_space(id=ELSEWHERE, lister=STRANGER, place=HERE))
        await work.bookings.add(EARLIER)
        await work.bookings.add(RUNNING)
    return town


async def car(store: Store, by: PersonId, sighting: Sighting, now=NOON, operators=frozenset()):
    async with store.begin() as work:
        return await ReportService(work, now, operators).car(by, sighting)


async def told(store: Store, now=NOON) -> set[tuple[Kind, PersonId]]:
    async with store.begin() as work:
        due = await NoticeService(work, now).claim_due("me")
        return {(notice.kind, notice.person) for notice in due}


@pytest.mark.parametrize("plate", [PLATE, "LATE1", "NEVER1"])
@pytest.mark.parametrize(
    ("by", "where"),
    [
        (STRANGER, {"place": FAR}),
        (STRANGER, {"space": RUNNING.space}),
        (LISTER, {"place": FAR}),
        (LISTER, {"space": ELSEWHERE}),
        (RENTER, {"place": FAR}),
        (RENTER, {"space": ELSEWHERE}),
        (RENTER, {"place": None}),
    ],
    ids=[
        "stranger",
        "stranger with the sticker",
        "lister far away",
        "lister at another's",
        "renter far away",
        "renter at another's",
        "nowhere",
    ],
)
async def test_whom_a_space_does_not_concern_learns_nothing_whatever_the_plate(
    parked: Store, by, where, plate
) -> None:
    report, said = await car(parked, by, seen(by, plate, **where))
    assert said is None
    assert (report.matter, report.plate, report.booking, report.about) == (
        Matter.PLATE,
        plate,
        None,
        None,
    )
    assert report.settled_at is None
    assert await told(parked) == set()


async def test_for_strangers_no_stay_is_looked_up_at_all(parked: Store, monkeypatch) -> None:
    async with parked.begin() as work:
        # Whatever the work, it is the same for each plate: there is none that depends on it.
        monkeypatch.setattr(type(work.bookings), "of_space", None)
        assert (
            await ReportService(work, NOON, frozenset()).car(STRANGER, seen(STRANGER, place=FAR))
        )[1] is None


@pytest.mark.parametrize("by", [LISTER, RENTER], ids=["lister", "present renter"])
@pytest.mark.parametrize("where", [{"place": HERE}, {"space": RUNNING.space}], ids=["place", "qr"])
async def test_whom_it_concerns_is_answered(parked: Store, by, where) -> None:
    _, said = await car(parked, by, seen(by, PLATE, **where))
    assert said == BookedUntil(at(2), "Europe/Berlin")
    report, said = await car(parked, by, seen(by, "NEVER1", **where))
    assert said == Unknown()
    assert report.settled_at is None


@pytest.mark.parametrize("where", [{"place": HERE}, {"space": RUNNING.space}], ids=["place", "qr"])
async def test_a_co_lister_is_answered_as_the_lister_is(parked: Store, where) -> None:
    async with parked.begin() as work:
        await work.colisters.add(RUNNING.space, STRANGER, NOON)
    _, said = await car(parked, STRANGER, seen(STRANGER, PLATE, **where))
    assert said == BookedUntil(at(2), "Europe/Berlin")


async def test_an_overstay_is_told_to_its_renter_and_by_a_renter_to_the_lister(
    parked: Store,
) -> None:
    report, said = await car(parked, RENTER, seen(RENTER, "late 1"))
    assert isinstance(said, Overstayed)
    assert (said.booking.id, said.by) == (EARLIER.id, timedelta(hours=2))
    assert (report.about, report.settled_at) == (STRANGER, NOON)
    assert await told(parked) == {(Kind.OVERSTAYED, STRANGER), (Kind.CAR_REPORTED, LISTER)}


async def test_a_renter_whose_stay_is_over_learns_nothing_any_more(parked: Store) -> None:
    _, said = await car(parked, RENTER, seen(RENTER), now=at(2))
    assert said is None


async def test_five_a_day_are_enough_whatever_they_are_about(parked: Store) -> None:
    for n in range(DAILY):
        await car(parked, STRANGER, seen(STRANGER), now=at(n))
    async with parked.begin() as work:
        reports = ReportService(work, at(5), frozenset())
        with pytest.raises(TooManyReports):
            await reports.car(STRANGER, seen(STRANGER))
        with pytest.raises(TooManyReports):
            await reports.space(STRANGER, RUNNING.space, Reason.UNSAFE)
    await car(parked, STRANGER, seen(STRANGER), now=at(24))


async def test_what_is_no_plate_is_refused(parked: Store) -> None:
    with pytest.raises(Invalid):
        await car(parked, LISTER, seen(LISTER, "!!"))


async def test_a_car_is_forgotten_after_thirty_days_with_its_photo(parked: Store) -> None:
    report, _ = await car(parked, STRANGER, seen(STRANGER, place=FAR))
    async with parked.begin() as work:
        reports = ReportService(work, NOON + KEPT, frozenset())
        assert await reports.forget(10) == 0
        later = ReportService(work, NOON + KEPT + timedelta(seconds=1), frozenset())
        assert await later.forget(10) == 1
        with pytest.raises(NotFound):
            await work.reports.get(report.id)
        assert await work.photos.many([report.photo]) == []
        assert await work.photos.discarded(10) == ["k"]


async def test_other_cases_are_kept_until_long_after_they_were_settled(parked: Store) -> None:
    async with parked.begin() as work:
        report = await ReportService(work, NOON, frozenset()).space(
            STRANGER, RUNNING.space, Reason.OTHER, " Not there. "
        )
        assert (report.about, report.words) == (LISTER, "Not there.")
        assert await ReportService(work, NOON + 9 * KEPT, frozenset()).forget(10) == 0
        await work.reports.settle(report.id, NOON + 9 * KEPT)
        assert await ReportService(work, NOON + 11 * KEPT, frozenset()).forget(10) == 1


async def test_the_other_side_of_a_booking_is_reported_and_operators_hear_of_it(
    parked: Store,
) -> None:
    async with parked.begin() as work:
        reports = ReportService(work, NOON, frozenset({OPERATOR, 4711}))
        report = await reports.person(RENTER, RUNNING.id, Reason.OFFENSIVE, "not kept")
        assert (report.about, report.booking, report.words) == (LISTER, RUNNING.id, "")
        with pytest.raises(NotFound):
            await reports.person(STRANGER, RUNNING.id, Reason.OFFENSIVE)
    assert await told(parked) == {(Kind.REPORT_OPENED, STRANGER)}


async def test_a_message_is_reported_by_whom_it_reached(parked: Store) -> None:
    async with parked.begin() as work:
        message = await MessageService(work, NOON).send(RENTER, RUNNING.id, "Rude words")
        reports = ReportService(work, NOON, frozenset())
        report = await reports.message(LISTER, message.id)
        assert (report.about, report.message) == (RENTER, message.id)
        for wrong in (RENTER, STRANGER):
            with pytest.raises(NotFound):
                await reports.message(wrong, message.id)
        with pytest.raises(NotFound):
            await reports.message(LISTER, MessageId(9))


async def test_any_other_case_can_be_filed(parked: Store) -> None:
    case = Report(new_id(), Matter.OVERSTAY, NOON, booking=RUNNING.id, about=RENTER)
    async with parked.begin() as work:
        await ReportService(work, NOON, frozenset({OPERATOR})).file(case)
        assert await work.reports.get(case.id) == case
    assert await told(parked) == {(Kind.REPORT_OPENED, STRANGER)}


async def test_whoever_reported_sees_their_reports_latest_first(parked: Store) -> None:
    first, _ = await car(parked, STRANGER, seen(STRANGER, place=FAR))
    second, _ = await car(parked, STRANGER, seen(STRANGER, place=FAR), at(0.2))
    await car(parked, RENTER, seen(RENTER, place=FAR))
    async with parked.begin() as work:
        reports = ReportService(work, NOON, frozenset())
        assert [it.id for it in await reports.mine(STRANGER, 9)] == [second.id, first.id]
        assert [it.id for it in await reports.mine(STRANGER, 9, 1)] == [first.id]
