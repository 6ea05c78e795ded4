from datetime import timedelta

import pytest

from market.domain.errors import Invalid, MessagesBlocked, NotFound
from market.domain.ids import MessageId, PhotoId
from market.domain.message import KEPT, OPEN_FOR
from market.domain.notice import Kind, message_notice
from market.domain.report import Matter, Report
from market.ports.photos import StoredPhoto
from market.services.messages import MessageService
from market.services.notices import NoticeService
from storage.database import Store
from tests.examples import LISTER, NOON, RENTER, STRANGER, a_booking, at, window

STAY = a_booking(window(1, 3))
PHOTO = StoredPhoto(PhotoId(4), RENTER, NOON, file_id="f", key="k")


@pytest.fixture
async def booked(town: Store) -> Store:
    async with town.begin() as work:
        await work.bookings.add(STAY)
    return town


async def test_a_message_reaches_the_other_side_with_its_photo(booked: Store) -> None:
    async with booked.begin() as work:
        sent = await MessageService(work, NOON).send(RENTER, STAY.id, "Which bay?", PHOTO)
        (notice,) = await NoticeService(work, NOON).claim_due("me")
        assert (notice.kind, notice.person) == (Kind.MESSAGE, LISTER)
        letter = await NoticeService(work, NOON).letter(notice)
    assert (letter.message, letter.photo) == (sent, PHOTO)


async def test_a_message_without_a_photo_arrives_too_and_one_that_is_gone_does_not(
    booked: Store,
) -> None:
    async with booked.begin() as work:
        sent = await MessageService(work, NOON).send(LISTER, STAY.id, "The second.")
        notices = NoticeService(work, NOON)
        letter = await notices.letter(message_notice(sent, RENTER))
        assert (letter.message, letter.photo) == (sent, None)
        await MessageService(work, at(24 * 365)).forget(10)
        assert await notices.letter(message_notice(sent, RENTER)) is None


async def test_whoever_is_blocked_is_not_heard_and_can_be_heard_again(booked: Store) -> None:
    async with booked.begin() as work:
        messages = MessageService(work, NOON)
        assert await messages.block(LISTER, STAY.id) == STAY
        await messages.block(LISTER, STAY.id)
        with pytest.raises(MessagesBlocked):
            await messages.send(RENTER, STAY.id, "Hello")
        assert await messages.send(LISTER, STAY.id, "The other way it works")
        await messages.unblock(LISTER, STAY.id)
        assert await messages.send(RENTER, STAY.id, "Hello")


async def test_nobody_else_writes_or_blocks(booked: Store) -> None:
    async with booked.begin() as work:
        messages = MessageService(work, NOON)
        with pytest.raises(NotFound):
            await messages.send(STRANGER, STAY.id, "Hello")
        with pytest.raises(NotFound):
            await messages.block(STRANGER, STAY.id)
        with pytest.raises(NotFound):
            await messages.latest(STRANGER, STAY.id)
        with pytest.raises(Invalid):
            await messages.send(RENTER, STAY.id, "")


async def test_messages_are_forgotten_a_while_after_the_stay_unless_one_is_reported(
    booked: Store,
) -> None:
    end = STAY.window.end + OPEN_FOR + KEPT
    async with booked.begin() as work:
        first = await MessageService(work, NOON).send(RENTER, STAY.id, "One", PHOTO)
        second = await MessageService(work, NOON).send(RENTER, STAY.id, "Two")
        await work.reports.add(Report(1, Matter.MESSAGE, NOON, message=second.id))
        assert await MessageService(work, end).forget(10) == 0
        assert await MessageService(work, end + timedelta(seconds=1)).forget(10) == 1
        assert await work.photos.discarded(10) == ["k"]
        assert [it.id for it in await work.messages.of_booking(STAY.id, 10)] == [second.id]
        with pytest.raises(NotFound):
            await work.messages.get(MessageId(first.id))


async def test_both_sides_read_what_was_written_and_nobody_else_does(booked: Store) -> None:
    async with booked.begin() as work:
        messages = MessageService(work, NOON)
        sent = await messages.send(RENTER, STAY.id, "Which bay?")

        assert await messages.latest(LISTER, STAY.id) == [sent]
        assert await messages.latest(RENTER, STAY.id) == [sent]
        with pytest.raises(NotFound):
            await messages.latest(STRANGER, STAY.id)
