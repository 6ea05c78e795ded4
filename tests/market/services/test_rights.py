import pytest

from market.domain.ban import mark_of
from market.domain.booking import State
from market.domain.errors import NotFound, StayRunning
from market.domain.ids import BookingId, PhotoId, QuoteId
from market.domain.ledger import Reason, charged
from market.domain.notice import Kind
from market.domain.refund import Policy
from market.domain.space import SpaceState
from market.ports.photos import StoredPhoto
from market.services.bookings import BookingService
from market.services.ledger import LedgerService
from market.services.notices import NoticeService
from market.services.rights import RightsService
from storage.database import Store
from storage.work import Work
from tests.examples import LISTER, NOON, RENTER, a_booking, a_person, at, euros, window

ONE = at(1)
AHEAD = a_booking(window(30, 32), id=BookingId(11), quote=QuoteId(11), plate="HEL204")
SOON = a_booking(window(2, 3), id=BookingId(12), quote=QuoteId(12), policy=Policy.STRICT)
ASKED = a_booking(window(50, 51), id=BookingId(13), quote=QuoteId(13), state=State.REQUESTED)


def rights(work: Work, now=ONE) -> RightsService:
    return RightsService(work, now, b"key", BookingService(work, now, 5))


@pytest.fixture
async def busy(town: Store) -> Store:
    async with town.begin() as work:
        for booking in (AHEAD, SOON, ASKED):
            await work.bookings.add(booking)
        for booking in (AHEAD, SOON):
            await work.ledger.enter(charged(booking.id, Reason.STAY, booking.total, NOON))
        await work.photos.add(StoredPhoto(PhotoId(4), LISTER, NOON, file_id="f", key="k"))
        await work.photos.attach(AHEAD.space, [PhotoId(4)])
    return town


async def test_what_leaving_costs_is_shown_booking_by_booking(busy: Store) -> None:
    async with busy.begin() as work:
        leaving = await rights(work).leaving(RENTER)
        assert [(it.id, owed) for it, owed in leaving.rented] == [
            (SOON.id, euros(500)),
            (AHEAD.id, euros(0)),
            (ASKED.id, euros(0)),
        ]
        assert (leaving.let, leaving.agreed) == ([], "3.0.500")
        of_lister = await rights(work).leaving(LISTER)
        assert ([it.id for it in of_lister.let], of_lister.agreed) == (
            [SOON.id, AHEAD.id, ASKED.id],
            "0.3.0",
        )


async def test_leaving_costs_nothing_of_what_was_waived(busy: Store) -> None:
    async with busy.begin() as work:
        await LedgerService(work, NOON).waive(LISTER, SOON.id)
        assert (await rights(work).leaving(RENTER)).agreed == "3.0.0"


@pytest.mark.parametrize("person", [RENTER, LISTER], ids=["renter", "lister"])
async def test_nobody_leaves_while_a_stay_is_running(busy: Store, person) -> None:
    async with busy.begin() as work:
        during = rights(work, at(2.5))
        with pytest.raises(StayRunning):
            await during.leaving(person)
        with pytest.raises(StayRunning):
            await during.erase(a_person(person), "3.0.500")


async def test_only_what_was_agreed_to_is_done(busy: Store) -> None:
    async with busy.begin() as work:
        leaving = await rights(work).erase(a_person(RENTER), "2.0.0")
        assert leaving is not None
        assert leaving.agreed == "3.0.500"
        assert await work.people.get(RENTER)


async def test_a_renter_leaves_and_their_listers_are_told(busy: Store) -> None:
    async with busy.begin() as work:
        assert await rights(work).erase(a_person(RENTER), "3.0.500") is None
        with pytest.raises(NotFound):
            await work.people.get(RENTER)
        kept = await work.bookings.get(AHEAD.id)
        assert (kept.state, kept.plate) == (State.CANCELLED, None)
        assert kept.renter != RENTER
        assert (await work.people.get(kept.renter)).name == ""
        due = await NoticeService(work, at(1)).claim_due("me")
        assert {notice.person for notice in due} == {LISTER}
        assert [notice.kind for notice in due].count(Kind.CALLED_OFF) == 1


async def test_a_lister_leaves_and_their_renters_owe_nothing(busy: Store) -> None:
    async with busy.begin() as work:
        assert await rights(work).erase(a_person(LISTER), "0.3.0") is None
        gone = await work.spaces.ever(AHEAD.space)
        assert (gone.state, gone.title, gone.address) == (SpaceState.DELETED, "", "")
        assert (await work.bookings.get(SOON.id)).refunded == SOON.total
        assert await work.photos.discarded(10) == ["k"]
        notices = NoticeService(work, at(1))
        due = await notices.claim_due("me")
        assert {notice.person for notice in due} == {RENTER}
        letter = await notices.letter(due[0])
        assert letter is not None
        assert letter.space.title == ""


async def test_a_request_that_ran_out_does_not_keep_anybody(busy: Store) -> None:
    async with busy.begin() as work:
        late = rights(work, at(50.5))
        assert (await late.leaving(RENTER)).agreed == "1.0.0"
        assert await late.erase(a_person(RENTER), "1.0.0") is None


@pytest.mark.parametrize("banned", [True, False])
async def test_of_banned_people_a_mark_is_kept(town: Store, banned: bool) -> None:
    async with town.begin() as work:
        await rights(work).erase(a_person(RENTER, banned=banned), "0.0.0")
        assert await work.bans.has_mark(mark_of(1000 + RENTER, b"key")) is banned


async def test_who_has_no_telegram_leaves_as_well(town: Store) -> None:
    async with town.begin() as work:
        someone = a_person(RENTER, telegram=None, banned=True)
        await work.people.save(someone)
        assert await rights(work).erase(someone, "0.0.0") is None


async def test_a_person_may_read_at_once_what_is_kept_of_them(town: Store) -> None:
    async with town.begin() as work:
        kept = await rights(work).everything(RENTER)

    assert [row["id"] for row in kept.tables["you"]] == [RENTER]


async def test_an_export_is_asked_for_once_at_a_time(town: Store) -> None:
    async with town.begin() as work:
        assert await rights(work).ask_export(RENTER)
        assert not await rights(work).ask_export(RENTER)
        await work.exports.done(RENTER)
        assert await rights(work).ask_export(RENTER)
