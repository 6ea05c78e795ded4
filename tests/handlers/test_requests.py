"""Requests: asked for with two taps, answered with one, and told to both sides."""

import pytest

from jobs.stays import Expiring
from market.domain.booking import State
from market.domain.space import Approval
from storage.database import Store
from tests.examples import LISTER
from tests.handlers.post import Post
from tests.handlers.test_space import opened
from tests.handlers.town import BAKERY, Town
from tests.telegram import Chat, Clock


@pytest.fixture
def owner(chat: Chat) -> Chat:
    return chat.of(1000 + LISTER)


@pytest.fixture
async def asking(town: Town) -> Town:
    await town.change(BAKERY, approval=Approval.REQUEST)
    return town


async def asked(chat: Chat, time: str = "18-20") -> str:
    await opened(chat, time=time)
    await chat.press("Book")
    return await chat.press("Confirm")


async def test_a_request_is_confirmed_once_more_and_kept_until_it_is_answered(
    chat: Chat, asking: Town
) -> None:
    card = await opened(chat, time="18-20")
    assert "This is a request: the lister says yes or no" in card
    confirm = await chat.press("Book")
    assert "This is a request: the lister says yes or no" in confirm
    assert await asking.bookings() == []
    assert await chat.press("Confirm") == (
        "~ <b>Asked.</b> ⁨Courtyard behind the bakery⁩, today 18:00–20:00, €5.00.\n\n"
        "The lister answers by 17:00 at the latest; until then the time is kept for you.\n"
        "[Withdraw | y.draw]\n"
        "[My bookings | b.all]"
    )
    assert "Bakery Street" not in await chat.press("My bookings")
    assert "· asked for" in await chat.say("/bookings")


async def test_a_space_that_wants_to_be_asked_is_not_offered_within_two_hours(
    chat: Chat, asking: Town
) -> None:
    assert "Courtyard" not in await chat.send_location(52.52, 13.405)


async def test_the_lister_says_yes_with_a_tap_and_the_renter_learns_the_way(
    chat: Chat, owner: Chat, asking: Town, post: Post
) -> None:
    await asked(chat)
    assert await post.deliver(owner) == (
        "Request: <b>⁨Courtyard behind the bakery⁩</b>, today 18:00–20:00, €5.00\n"
        "Please answer by 17:00: tap, or write yes or no.\n"
        "[Yes | r.yes] [No | r.no]\n"
        "[Message | m.write]"
    )
    assert await owner.press("Yes") == (
        "~ <b>⁨Courtyard behind the bakery⁩</b>, today 18:00–20:00\n"
        "Confirmed. The renter has been told.\n"
        "[Show bookings | s.books]"
    )
    told = await post.deliver(chat)
    assert told.startswith("The lister said yes: ⁨Courtyard behind the bakery⁩, today 18:00–20:00")
    assert "Bakery Street 4" in await chat.press("Show booking")


async def test_a_no_is_told_with_a_way_on(
    chat: Chat, owner: Chat, asking: Town, post: Post
) -> None:
    await asked(chat)
    await post.deliver(owner)
    assert "Declined." in await owner.press("No")
    told = await post.deliver(chat)
    assert "The lister declined: ⁨Courtyard behind the bakery⁩" in told
    assert "[Find another | f.again]" in told
    await chat.say("/bookings")
    assert "· declined" in await chat.press("Past")
    assert "The lister declined. You owe nothing." in await chat.press("1")


async def test_the_second_answer_shows_what_became_of_the_first(
    chat: Chat, owner: Chat, asking: Town, post: Post
) -> None:
    await asked(chat)
    await post.deliver(owner)
    card = owner.card("No")
    await owner.press("Yes")
    assert "It was answered already. Confirmed." in await owner.press("No", on=card)
    (booking,) = await asking.bookings()
    assert booking.state is State.BOOKED


async def test_a_renter_may_withdraw_before_the_answer(
    chat: Chat, owner: Chat, asking: Town, post: Post
) -> None:
    await asked(chat)
    await post.deliver(owner)
    card = owner.card("Yes")
    assert "Withdraw your request for" in await chat.press("Withdraw")
    assert "Withdrawn: <b>⁨Courtyard behind the bakery⁩</b>" in await chat.press("Confirm")
    assert "The renter asks no longer" in await post.deliver(owner)
    assert "The renter has withdrawn it." in await owner.press("Yes", on=card)
    assert "Asked." in await asked(chat)


async def test_withdrawing_what_was_answered_shows_the_booking(
    chat: Chat, owner: Chat, asking: Town, post: Post
) -> None:
    await asked(chat)
    card = chat.card("Withdraw")
    await post.deliver(owner)
    await owner.press("Yes")
    assert "Bakery Street 4" in await chat.press("Withdraw", on=card)


async def test_an_answer_that_comes_before_the_renter_confirms_counts(
    chat: Chat, owner: Chat, asking: Town, post: Post
) -> None:
    await asked(chat)
    await chat.press("Withdraw")
    await post.deliver(owner)
    await owner.press("Yes")
    assert "Bakery Street 4" in await chat.press("Confirm")
    (booking,) = await asking.bookings()
    assert booking.state is State.BOOKED


async def test_what_nobody_answers_in_time_is_told_to_both(
    chat: Chat, owner: Chat, asking: Town, post: Post, store: Store, clock: Clock
) -> None:
    await asked(chat)
    await post.deliver(owner)
    card = owner.card("Yes")
    clock.pass_(hours=3)
    assert "Nobody answered in time" in await owner.press("Yes", on=card)
    await Expiring(store, clock)()
    assert "A request ended because nobody answered it in time" in await post.deliver(owner)
    assert "The lister did not answer in time" in chat.heard()


async def test_a_tap_that_comes_late_answers_nothing(
    chat: Chat, owner: Chat, asking: Town, post: Post, clock: Clock
) -> None:
    await asked(chat)
    await post.deliver(owner)
    answer = await late(owner, clock, owner.card("Yes").button("Yes")["callback_data"])
    assert answer.startswith("Your tap took more than ten minutes")
    assert "[Yes | r.yes] [No | r.no]" in answer
    (booking,) = await asking.bookings()
    assert booking.state is State.REQUESTED


async def test_a_late_withdrawal_shows_the_request_as_it_is(
    chat: Chat, asking: Town, clock: Clock
) -> None:
    await asked(chat)
    await chat.press("Withdraw")
    answer = await late(chat, clock, chat.card("Confirm").button("Confirm")["callback_data"])
    assert "[Withdraw | y.draw]" in answer
    (booking,) = await asking.bookings()
    assert booking.state is State.REQUESTED


async def test_a_third_request_is_refused_with_the_reason(chat: Chat, asking: Town) -> None:
    await asked(chat, "tomorrow 9-10")
    await asked(chat, "tomorrow 11-12")
    assert "2 of your requests wait for an answer" in await asked(chat, "tomorrow 13-14")


async def test_a_plate_is_asked_for_before_the_lister_is(chat: Chat, asking: Town) -> None:
    await asking.change(BAKERY, plate_needed=True)
    await opened(chat, time="18-20")
    assert "Which number plate" in await chat.press("Book")
    assert "This is a request" in await chat.say("HEL-204")
    assert "Asked." in await chat.press("Confirm")


async def test_the_first_tap_pressed_again_shows_the_request(chat: Chat, asking: Town) -> None:
    await opened(chat, time="18-20")
    card = chat.card("Book")
    await chat.press("Book")
    await chat.press("Confirm")
    await chat.press("Book", on=card)
    assert len(await asking.bookings()) == 1


async def test_requests_are_nobody_elses_business(
    chat: Chat, owner: Chat, asking: Town, post: Post
) -> None:
    await asked(chat)
    await post.deliver(owner)
    data = owner.card("Yes").button("Yes")["callback_data"]
    for user in (7, 8):
        assert "no such booking of yours" in await chat.press_data(data, user=user)


async def late(chat: Chat, clock: Clock, data: str) -> str:
    """A press that has been under way for eleven minutes."""
    press = {
        "id": "late",
        "from": {"id": chat.user, "is_bot": False, "first_name": "Ann"},
        "chat_instance": "1",
        "data": data,
    }
    sent_at = clock()
    clock.pass_(minutes=11)
    await chat.intake.accept([{"update_id": 999_999, "callback_query": press}], sent_at)
    await chat.idle()
    return chat.heard()
