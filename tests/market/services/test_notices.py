from datetime import datetime, timedelta

import pytest

from market.domain.booking import Booking, Side, cancel
from market.domain.ledger import Bill
from market.domain.notice import Kind, Notice, cancellation_notice, notices_of
from market.domain.space import Rating, SpaceState
from market.services.ledger import LedgerService
from market.services.notices import LEASE, Letter, NoticeService
from storage.database import Store
from storage.work import Work
from tests.examples import (
    LISTER,
    NOON,
    RENTER,
    STRANGER,
    a_booking,
    a_person,
    a_space,
    add_charged,
    at,
    euros,
    window,
)

BOOKING = a_booking(window(1, 3))


async def planned(store: Store, booking: Booking = BOOKING) -> None:
    async with store.begin() as work:
        await work.bookings.add(booking)
        await work.notices.plan(notices_of(booking, NOON))


async def claimed(work: Work, now: datetime, owner: str = "me") -> list[Kind]:
    return [notice.kind for notice in await NoticeService(work, now).claim_due(owner)]


async def test_a_letter_has_everything_its_words_need(town) -> None:
    await planned(town)
    async with town.begin() as work:
        (notice,) = await NoticeService(work, NOON).claim_due("me")
        letter = await NoticeService(work, NOON).letter(notice)
    assert letter == Letter(notice, a_person(LISTER), BOOKING, a_space(), renter=Rating())


async def test_a_notice_that_would_no_longer_be_true_is_not_written(town) -> None:
    await planned(town)
    async with town.begin() as work:
        (told, soon) = await NoticeService(work, at(0.5)).claim_due("me")
        assert await NoticeService(work, at(0.9)).letter(soon) is not None
        assert await NoticeService(work, at(1)).letter(soon) is None
        assert await NoticeService(work, at(3)).letter(told) is None


async def test_nothing_is_written_about_nothing(town) -> None:
    async with town.begin() as work:
        idle = Notice("other", Kind.BOOKED, RENTER, NOON)
        assert await NoticeService(work, NOON).letter(idle) is None


async def test_a_cancellation_is_told_even_when_the_space_is_gone(town) -> None:
    await planned(town)
    gone = a_space(state=SpaceState.DELETED)
    off = cancellation_notice(BOOKING, Side.LISTER, at(0.1))
    async with town.begin() as work:
        cancelled = cancel(BOOKING, Side.LISTER, at(0.1))
        await work.bookings.save(cancelled)
        await work.spaces.save(gone)
        letter = await NoticeService(work, at(0.1)).letter(off)
    assert letter == Letter(off, a_person(RENTER), cancelled, gone, bill=Bill(euros(0), euros(0)))


@pytest.mark.parametrize("waived", [False, True])
async def test_nobody_is_warned_of_a_refund_that_was_waived_before(town, waived) -> None:
    booking = a_booking(window(48, 50))
    async with town.begin() as work:
        await add_charged(work, booking)
        if waived:
            await LedgerService(work, NOON).waive(LISTER, booking.id)
        warning = Notice("w", Kind.REFUND_DROPS, RENTER, at(47), booking.id)
        letter = await NoticeService(work, at(47)).letter(warning)
    assert (letter is None) is waived


async def test_a_notice_is_sent_by_one_sender_once(town) -> None:
    await planned(town)
    async with town.begin() as work:
        (told,) = await NoticeService(work, NOON).claim_due("me")
        assert await claimed(work, NOON, "other") == []
        assert await NoticeService(work, NOON).finish(told, "me")
        assert await claimed(work, NOON + LEASE, "other") == []


async def test_what_a_dead_sender_had_claimed_is_sent_by_another(town) -> None:
    await planned(town)
    async with town.begin() as work:
        (told,) = await NoticeService(work, NOON).claim_due("dead")
        assert await claimed(work, NOON + LEASE, "other") == [Kind.BOOKED]
        assert not await NoticeService(work, NOON).finish(told, "dead")


async def test_whoever_holds_a_notice_sends_it_without_haste(town) -> None:
    await planned(town)
    async with town.begin() as work:
        (told,) = await NoticeService(work, NOON).claim_due("me")
        later = NOON + LEASE / 2
        assert not await NoticeService(work, later).hold(told, "other")
        assert await NoticeService(work, later).hold(told, "me")
        assert await claimed(work, NOON + LEASE, "other") == []
        assert await claimed(work, later + LEASE, "other") == [Kind.BOOKED]


async def test_a_notice_put_off_waits_for_its_new_time(town) -> None:
    await planned(town)
    async with town.begin() as work:
        service = NoticeService(work, NOON)
        (told,) = await service.claim_due("me")
        later = NOON + timedelta(seconds=30)
        assert await service.put_off(told, "me", later)
        assert not await service.put_off(told, "me", later)
        assert await claimed(work, later - timedelta(seconds=1)) == []
        (again,) = await NoticeService(work, later).claim_due("me")
    assert again == told
    assert (told.attempts, again.attempts) == (1, 2)


async def test_a_stay_that_ends_soon_comes_with_the_extensions_that_can_be_had(town) -> None:
    next_one = a_booking(window(3.5, 5), renter=STRANGER)
    async with town.begin() as work:
        await work.bookings.add(BOOKING)
        await work.bookings.add(next_one)
    notice = next(it for it in notices_of(BOOKING, NOON) if it.kind is Kind.ENDS_SOON)
    async with town.begin() as work:
        letter = await NoticeService(work, at(2.75)).letter(notice)
    assert [offer.window for offer in letter.offers] == [window(1, 3.5)]
