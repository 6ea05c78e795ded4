from collections.abc import Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from chat.courier import Fate, Outcome
from chat.screen import Screen
from jobs.notices import AT_ONCE, BREATH, COPIES, PAUSE, Delivery
from market.domain.booking import Side, cancel
from market.domain.ids import PersonId
from market.domain.notice import Kind, bulletin, cancellation_notice, notices_of
from market.services.notices import BATCH, LEASE, NoticeService
from storage.database import Store
from tests.examples import LISTER, NOON, RENTER, a_booking, a_person, at, settle, window

LISTER_CHAT, RENTER_CHAT = 1000 + LISTER, 1000 + RENTER


@dataclass
class FakeCourier:
    """Takes screens, and answers what the test says."""

    sent: list[tuple[int, str]] = field(default_factory=list)
    answer: Callable[[int], Outcome] = lambda chat: Outcome(Fate.SENT)

    async def deliver(self, chat: int, screens: Sequence[Screen]) -> Outcome:
        self.sent += [(chat, screen.text) for screen in screens]
        return self.answer(chat)

    @property
    def chats(self) -> list[int]:
        return [chat for chat, _ in self.sent]


@dataclass
class Clock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def courier() -> FakeCourier:
    return FakeCourier()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def delivery(store: Store, courier: FakeCourier, clock: Clock) -> Delivery:
    return Delivery(store, courier, clock, owner="a")


@pytest.fixture
async def booking(store: Store):
    """Booked at noon for one o'clock: the lister hears at once, the renter at half past twelve."""
    booking = a_booking()
    async with store.begin() as work:
        await settle(work)
        await work.bookings.add(booking)
        await work.notices.plan(notices_of(booking, NOON))
    return booking


async def test_the_lister_hears_of_a_booking_at_once(delivery, courier, booking) -> None:
    await delivery()
    ((chat, text),) = courier.sent
    assert chat == LISTER_CHAT
    assert "Courtyard behind the bakery" in text


async def test_the_renter_is_reminded_half_an_hour_before_the_start(
    delivery, courier, clock, booking
) -> None:
    clock.now = at(0.5)
    await delivery()
    assert sorted(courier.chats) == [LISTER_CHAT, RENTER_CHAT]


async def test_what_was_sent_is_not_sent_again(delivery, courier, clock, booking) -> None:
    await delivery()
    await delivery()
    clock.now = at(0.5)
    await delivery()
    await delivery()
    assert courier.chats == [LISTER_CHAT, RENTER_CHAT]


async def test_a_reminder_that_is_no_longer_true_is_not_said(
    delivery, courier, clock, store, booking
) -> None:
    await delivery()
    gone = cancel(booking, Side.RENTER, at(0.1))
    async with store.begin() as work:
        await work.bookings.save(gone)
        await work.notices.plan([cancellation_notice(gone, Side.RENTER, at(0.1))])
    clock.now = at(0.5)
    await delivery()
    assert courier.chats == [LISTER_CHAT, LISTER_CHAT]
    assert "Cancelled by the renter" in courier.sent[-1][1]


async def test_a_reminder_after_the_start_is_dropped(delivery, courier, clock, booking) -> None:
    await delivery()
    clock.now = at(1)
    await delivery()
    assert courier.chats == [LISTER_CHAT]


async def test_one_broken_notice_does_not_silence_the_rest(
    delivery, courier, clock, booking, caplog
) -> None:
    def fail_for_the_lister(chat: int) -> Outcome:
        if chat == LISTER_CHAT:
            raise RuntimeError("no words")
        return Outcome(Fate.SENT)

    courier.answer = fail_for_the_lister
    clock.now = at(0.5)
    await delivery()
    assert RENTER_CHAT in courier.chats
    assert "was not delivered" in caplog.text
    courier.answer = lambda chat: Outcome(Fate.SENT)
    clock.now += PAUSE
    await delivery()
    assert courier.chats.count(LISTER_CHAT) == 2


async def test_telegram_names_when_to_try_again(delivery, courier, clock, booking) -> None:
    later = at(0.2)
    courier.answer = lambda chat: Outcome(Fate.RETRY, retry_at=later)
    await delivery()
    clock.now = later - timedelta(seconds=1)
    await delivery()
    assert courier.chats == [LISTER_CHAT]
    clock.now = later
    await delivery()
    assert courier.chats == [LISTER_CHAT] * 2


async def test_what_may_have_arrived_is_repeated_only_so_often(
    delivery, courier, clock, booking
) -> None:
    courier.answer = lambda chat: Outcome(Fate.UNKNOWN, reason="the line broke")
    for _ in range(COPIES + 3):
        await delivery()
        clock.now += PAUSE
    assert courier.chats.count(LISTER_CHAT) == COPIES


async def test_what_telegram_refuses_is_given_up(delivery, courier, clock, booking, caplog) -> None:
    courier.answer = lambda chat: Outcome(Fate.REFUSED, reason="chat not found")
    await delivery()
    clock.now += timedelta(minutes=10)
    await delivery()
    assert courier.chats == [LISTER_CHAT]
    assert "chat not found" in caplog.text


async def test_who_has_blocked_the_bot_gets_no_more_of_it(
    delivery, courier, clock, store, booking
) -> None:
    courier.answer = lambda chat: Outcome(Fate.UNREACHABLE)
    await delivery()
    async with store.read() as work:
        assert not (await work.people.get(LISTER)).reachable


async def test_a_notice_under_way_elsewhere_is_left_alone(
    delivery, courier, clock, store, booking
) -> None:
    other = FakeCourier()
    async with store.begin() as work:
        assert await work.notices.claim_due(NOON, "b", limit=1, lease=timedelta(minutes=1))
    await delivery()
    assert courier.sent == []
    clock.now += timedelta(minutes=2)
    await Delivery(store, other, clock, owner="c")()
    assert other.chats == [LISTER_CHAT], "the lease of whoever died has run out"


async def test_a_full_batch_says_that_there_may_be_more(delivery, courier, store, clock) -> None:
    async with store.begin() as work:
        await settle(work)
        for number in range(BATCH + 1):
            person = PersonId(100 + number)
            await work.people.add(a_person(person))
            await work.notices.plan([bulletin(Kind.UNBANNED, person, NOON)])
    assert await delivery()
    assert len(courier.sent) == BATCH
    assert not await delivery()
    assert len(courier.sent) == BATCH + 1


async def test_what_is_too_much_for_one_person_comes_in_order_and_keeps_nobody_waiting(
    delivery, courier, store, clock
) -> None:
    async with store.begin() as work:
        await settle(work)
        for hour in range(AT_ONCE + 2):
            booking = a_booking(window(hour + 1, hour + 2))
            told = notices_of(booking, NOON + timedelta(seconds=hour))
            await work.bookings.add(booking)
            await work.notices.plan(told[:1])
        await work.notices.plan([bulletin(Kind.UNBANNED, RENTER, NOON)])
    clock.now += timedelta(minutes=1)
    await delivery()
    assert sorted(courier.chats) == [*[LISTER_CHAT] * AT_ONCE, RENTER_CHAT]
    clock.now += BREATH
    await delivery()
    to_lister = [text for chat, text in courier.sent if chat == LISTER_CHAT]
    shown = [text.split(", ")[1] for text in to_lister]
    assert shown == sorted(shown)
    assert len(shown) == AT_ONCE + 2


async def test_what_another_sender_has_taken_over_is_left_to_it(
    delivery, courier, clock, store, booking
) -> None:
    """Between claiming a notice and sending it the lease runs out, and another takes it."""

    class Slow:
        """Units of which the second one, which begins to send, comes too late."""

        def __init__(self) -> None:
            self.begun = 0

        @asynccontextmanager
        async def begin(self):
            self.begun += 1
            if self.begun == 2:
                clock.now += LEASE
                async with store.begin() as work:
                    assert await NoticeService(work, clock()).claim_due("another")
            async with store.begin() as work:
                yield work

    await replace(delivery, units=Slow())()
    assert courier.sent == []
