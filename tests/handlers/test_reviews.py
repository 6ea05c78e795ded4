"""Reviews: asked after the stay, given by a tap, shown to both at once."""

import pytest

from market.domain.ids import written
from market.domain.review import MAX_COMMENT, OPEN_FOR
from storage.database import Store
from tests.examples import LISTER
from tests.handlers.post import Post
from tests.handlers.test_bookings import booked
from tests.handlers.town import BAKERY, Town
from tests.telegram import Chat, Clock


@pytest.fixture
def owner(chat: Chat) -> Chat:
    return chat.of(1000 + LISTER)


@pytest.fixture
async def stayed(chat: Chat, owner: Chat, town: Town, post: Post, clock: Clock) -> None:
    """From three to four, and a quarter of an hour later."""
    await booked(chat, "15-16")
    await post.deliver(owner)
    clock.pass_(hours=2, minutes=15)


async def rating(store: Store) -> tuple[int, int]:
    async with store.begin() as work:
        found = (await work.spaces.get(BAKERY)).rating
        return found.total - 149, found.count - 31


async def test_both_are_asked_after_the_stay(
    chat: Chat, owner: Chat, stayed: None, post: Post
) -> None:
    asked = await post.deliver(chat)
    assert (
        "How was ⁨Courtyard behind the bakery⁩?\n\n"
        "Neither of you sees the other's stars before both have chosen, or a week has passed.\n"
        "[1 ★ | r.stars] [2 ★ | r.stars] [3 ★ | r.stars] [4 ★ | r.stars] [5 ★ | r.stars]"
    ) in asked
    assert "How was your renter at ⁨Courtyard behind the bakery⁩?" in await post.deliver(owner)


async def test_stars_by_a_tap_and_a_sentence_count_once_both_have_chosen(
    chat: Chat, owner: Chat, stayed: None, post: Post, store: Store
) -> None:
    await post.deliver(chat)
    await post.deliver(owner)
    assert "★★★★. Would you add a sentence?" in await chat.press("4 ★")
    assert "It is shown when the other side has written too" in await chat.say(
        "Easy <b>to</b> find"
    )
    assert await rating(store) == (0, 0)
    await owner.press("5 ★")
    assert "Both reviews are shown now." in await owner.press("Skip")
    assert await rating(store) == (4, 1)

    await booked(chat, "20-22")
    assert "★ 5.0 (1)" in await post.deliver(owner)
    stranger = chat.of(4711)
    await stranger.send_location(52.52, 13.405)
    await stranger.press("1")
    assert "★★★★  today\n⁨Easy &lt;b&gt;to&lt;/b&gt; find⁩" in await stranger.press("Reviews 32")


async def test_to_skip_the_sentence_may_be_typed(
    chat: Chat, stayed: None, post: Post, town: Town
) -> None:
    await post.deliver(chat)
    await chat.press("4 ★")
    assert "It is shown when the other side has written too" in await chat.say("passer")
    (stay,) = await town.bookings()
    async with town.store.read() as work:
        assert [it.comment for it in await work.reviews.of_booking(stay.id)] == [""]


async def test_a_stay_is_reviewed_once(chat: Chat, stayed: None, post: Post) -> None:
    await post.deliver(chat)
    prompt = chat.card("4 ★")
    await chat.press("4 ★")
    await chat.press("Skip")
    assert "You have reviewed this stay already." in await chat.press("1 ★", on=prompt)
    assert "out of date" in await chat.press_data("r.skip:0000000001:0")


async def test_stars_count_without_a_sentence_when_none_comes(
    chat: Chat, stayed: None, post: Post, clock: Clock, store: Store
) -> None:
    await post.deliver(chat)
    await chat.press("3 ★")
    clock.pass_(days=8)
    await post.forget()
    assert await rating(store) == (0, 0)
    async with store.begin() as work:
        assert [flow for _, flow in await work.conversations.wake(clock())] == ["reviews"]


async def test_what_is_too_long_or_no_text_is_asked_again(
    chat: Chat, stayed: None, post: Post
) -> None:
    await post.deliver(chat)
    await chat.press("5 ★")
    assert "too long: 500 characters" in await chat.say("x" * (MAX_COMMENT + 1))
    assert "A sentence, please" in await chat.send_sticker()
    assert "Thank you: ★★★★★." in await chat.say("x" * MAX_COMMENT)


async def test_one_alone_is_shown_after_a_week_and_then_none_is_added(
    chat: Chat, owner: Chat, stayed: None, post: Post, clock: Clock, store: Store
) -> None:
    await post.deliver(chat)
    await post.deliver(owner)
    await chat.press("2 ★")
    await chat.press("Skip")
    clock.pass_(seconds=OPEN_FOR.total_seconds())
    await post.forget()
    assert await rating(store) == (2, 1)
    assert "over" in await owner.press("5 ★")


async def test_the_card_of_a_stay_that_is_over_asks_as_well(
    chat: Chat, stayed: None, post: Post
) -> None:
    await chat.say("/bookings")
    await chat.press("Past")
    await chat.press("1")
    assert "How was" in await chat.press("Review")


async def test_nobody_reviews_before_the_end_nor_what_is_not_theirs(
    chat: Chat, town: Town, clock: Clock, store: Store
) -> None:
    await booked(chat, "15-16")
    async with store.read() as work:
        person = await work.people.of_telegram(chat.user)
        (booking,) = await work.bookings.of_renter(person.id, clock(), past=False, limit=1)
    data = f"r.stars:{written(booking.id)}.5:0"
    assert "too early" in await chat.press_data(data)
    assert "no such booking" in await chat.of(4711).press_data(data)
    for wrong in ("r.stars:x.5:0", f"r.stars:{written(booking.id)}.x:0", "r.list:x:0"):
        assert await chat.press_data(wrong)
