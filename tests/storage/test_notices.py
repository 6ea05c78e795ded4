import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from market.domain.ids import BookingId
from market.domain.notice import Kind, Notice
from storage.database import Store
from tests.examples import LISTER, NOON, RENTER, at

LEASE = timedelta(minutes=1)
BOOKED = Notice("booked:1", Kind.BOOKED, LISTER, NOON, BookingId(1))
SOON = Notice("starts_soon:1", Kind.STARTS_SOON, RENTER, at(1), BookingId(1))
OTHER = Notice("starts_soon:2", Kind.STARTS_SOON, RENTER, at(1), BookingId(2))


async def plan(store: Store, *notices: Notice) -> None:
    async with store.begin() as work:
        await work.notices.plan(notices)


async def claim(store: Store, now, owner="me", limit=50):
    async with store.begin() as work:
        return await work.notices.claim_due(now, owner, limit=limit, lease=LEASE)


@pytest.mark.parametrize(
    "notice",
    [BOOKED, replace(BOOKED, booking=None), replace(BOOKED, facts={"name": "Ünï 🚗", "n": 2})],
    ids=["of a booking", "of no booking", "with facts"],
)
async def test_a_notice_comes_back_as_it_was_planned(store: Store, notice) -> None:
    await plan(store, notice)
    assert await claim(store, NOON) == [notice]


async def test_a_notice_is_due_at_its_time_and_not_before(store: Store) -> None:
    await plan(store, SOON)
    assert await claim(store, at(1) - timedelta(microseconds=1)) == []
    assert await claim(store, at(1)) == [SOON]


async def test_due_notices_come_oldest_first_and_no_more_than_asked_for(store: Store) -> None:
    await plan(store, OTHER, SOON, BOOKED)
    assert await claim(store, at(2), limit=2) == [BOOKED, SOON]
    assert await claim(store, at(2), limit=2) == [OTHER]


async def test_planning_the_same_notice_twice_is_planning_it_once(store: Store) -> None:
    await plan(store, BOOKED)
    await plan(store, replace(BOOKED, due_at=at(5)), BOOKED)
    assert await claim(store, NOON) == [BOOKED]
    assert await claim(store, at(9), owner="other") == [BOOKED]


async def test_planning_tells_those_who_deliver(store: Store) -> None:
    told = asyncio.Event()
    store.listen("outbox", told.set)
    await plan(store, BOOKED)
    await asyncio.wait_for(told.wait(), timeout=5)


async def test_a_leased_notice_is_nobody_elses_until_the_lease_ends(store: Store) -> None:
    await plan(store, BOOKED)
    assert await claim(store, NOON) == [BOOKED]
    assert await claim(store, NOON + LEASE - timedelta(microseconds=1), owner="other") == []
    assert await claim(store, NOON + LEASE, owner="other") == [BOOKED]


async def test_a_finished_notice_is_never_due_again(store: Store) -> None:
    await plan(store, BOOKED)
    await claim(store, NOON)
    async with store.begin() as work:
        assert await work.notices.finish(BOOKED.key, "me", NOON)
    await plan(store, BOOKED)
    assert await claim(store, at(99)) == []


async def test_only_the_owner_of_the_lease_can_finish_or_put_off(store: Store) -> None:
    await plan(store, BOOKED)
    await claim(store, NOON, owner="slow")
    await claim(store, NOON + LEASE, owner="quick")
    async with store.begin() as work:
        assert not await work.notices.finish(BOOKED.key, "slow", at(1))
        assert not await work.notices.put_off(BOOKED.key, "slow", at(1))
        assert await work.notices.finish(BOOKED.key, "quick", at(1))
        assert not await work.notices.finish(BOOKED.key, "quick", at(1))


async def test_a_notice_put_off_comes_later_and_is_as_late_as_it_is(store: Store) -> None:
    await plan(store, BOOKED)
    await claim(store, NOON)
    async with store.begin() as work:
        assert await work.notices.put_off(BOOKED.key, "me", at(2))
    assert await claim(store, at(1.99)) == []
    assert await claim(store, at(2), owner="other") == [BOOKED]


async def test_what_may_have_arrived_is_counted(store: Store) -> None:
    await plan(store, BOOKED)
    for doubtful in (True, False, True):
        await claim(store, NOON)
        async with store.begin() as work:
            assert await work.notices.put_off(BOOKED.key, "me", NOON, doubtful=doubtful)
    (notice,) = await claim(store, NOON)
    assert (notice.doubts, notice.attempts) == (2, 4)


async def test_a_lease_can_be_made_longer_by_its_owner_alone(store: Store) -> None:
    await plan(store, BOOKED)
    await claim(store, NOON)
    async with store.begin() as work:
        assert not await work.notices.hold(BOOKED.key, "other", at(1))
        assert await work.notices.hold(BOOKED.key, "me", at(1))
    assert await claim(store, at(0.99), owner="other") == []
    assert await claim(store, at(1), owner="other") == [BOOKED]


async def test_what_waits_for_one_person_can_be_forgotten_but_not_what_is_being_sent(
    store: Store,
) -> None:
    sending = replace(SOON, key="digest:1", kind=Kind.DIGEST, due_at=NOON)
    waiting = replace(SOON, key="digest:2", kind=Kind.DIGEST)
    others = replace(waiting, key="digest:3", person=LISTER)
    await plan(store, sending)
    await claim(store, NOON)
    await plan(store, waiting, others, SOON)
    async with store.begin() as work:
        await work.notices.drop_for(RENTER, [Kind.DIGEST])
    assert await claim(store, at(2)) == [sending, others, SOON]


async def test_dropping_forgets_what_is_not_sent_of_one_booking_and_kind(store: Store) -> None:
    await plan(store, BOOKED, SOON, OTHER)
    async with store.begin() as work:
        await work.notices.drop(BookingId(1), [Kind.STARTS_SOON])
    assert await claim(store, at(2)) == [BOOKED, OTHER]


async def test_a_dropped_notice_that_is_being_sent_cannot_be_finished(store: Store) -> None:
    await plan(store, SOON)
    await claim(store, at(1))
    async with store.begin() as work:
        await work.notices.drop(BookingId(1), [Kind.STARTS_SOON])
        assert not await work.notices.finish(SOON.key, "me", at(1))


async def test_what_was_sent_is_not_dropped_and_so_not_sent_again(store: Store) -> None:
    await plan(store, SOON)
    await claim(store, at(1))
    async with store.begin() as work:
        await work.notices.finish(SOON.key, "me", at(1))
        await work.notices.drop(BookingId(1), list(Kind))
        await work.notices.plan([SOON])
    assert await claim(store, at(9)) == []
