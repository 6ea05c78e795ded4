"""Messages between renter and lister, passed on by the bot."""

import pytest

from tests.examples import LISTER
from tests.handlers.post import Post
from tests.handlers.test_bookings import booked
from tests.handlers.town import Town
from tests.telegram import Chat, Clock


@pytest.fixture
def owner(chat: Chat) -> Chat:
    return chat.of(1000 + LISTER)


@pytest.fixture
async def talking(chat: Chat, owner: Chat, town: Town, post: Post) -> None:
    await booked(chat, "18-20")
    await post.deliver(owner)


async def test_a_message_goes_there_and_an_answer_comes_back(
    chat: Chat, owner: Chat, talking: None, post: Post
) -> None:
    assert "nobody learns your name or number" in await chat.press("Message")
    assert (
        await chat.say("Is the <i>gate</i> open at 18:00?") == "Passed on.\n[Write more | m.write]"
    )
    assert await post.deliver(owner) == (
        "From the renter, about <b>⁨Courtyard behind the bakery⁩</b>, today 18:00–20:00:\n\n"
        "⁨Is the &lt;i&gt;gate&lt;/i&gt; open at 18:00?⁩\n"
        "[Answer | m.write]\n"
        "[Block | m.block] [Report | x.msg]"
    )
    await owner.press("Answer")
    await owner.send_photo("gate", caption="This one")
    answer = await post.deliver(chat)
    assert "<photo>" in answer
    assert "From the lister, about" in answer
    assert "⁨This one⁩" in answer


@pytest.mark.parametrize("text", ["Hello", "Thanks!", "Help"])
async def test_what_one_says_to_a_bot_is_passed_on_as_well(
    chat: Chat, talking: None, text: str
) -> None:
    await chat.press("Message")
    assert "Passed on." in await chat.say(text)


async def test_neither_name_nor_number_is_exchanged(
    chat: Chat, owner: Chat, talking: None, post: Post
) -> None:
    await chat.press("Message")
    for contact in ("+358 40 123 4567", "@ann_parks", "ann@example.org"):
        refused = await chat.say(f"Call me: {contact}")
        assert "I pass on no numbers, handles or links" in refused
        assert contact in refused
    assert "Passed on." in await chat.say("The code is 4711, at 18:00")
    heard = await post.deliver(owner)
    assert "Ann" not in heard
    assert "4711, at 18:00" in heard


async def test_what_cannot_be_passed_on_is_asked_for_again(chat: Chat, talking: None) -> None:
    await chat.press("Message")
    assert "text and photos only" in await chat.send_sticker()
    assert "as a photo, please" in await chat.send_file("gate.heic", "image/heic")
    assert "as a photo, please" in await chat.send_file("broken.jpg", "image/jpeg")
    assert "too long" in await chat.say("x" * 1001)
    assert "Passed on." in await chat.say("x" * 1000)


async def test_a_picture_that_comes_as_a_file_is_passed_on_as_a_photo(
    chat: Chat, owner: Chat, talking: None, post: Post
) -> None:
    post.photos["copy-of-gate.jpg"] = b"a gate"
    await chat.press("Message")
    assert "Passed on." in await chat.send_file("gate.jpg", "image/jpeg")
    assert "<photo>" in await post.deliver(owner)


async def test_the_lister_begins_from_the_notice(chat: Chat, owner: Chat, talking, post) -> None:
    await owner.press("Message")
    await owner.say("Welcome")
    assert "⁨Welcome⁩" in await post.deliver(chat)


async def test_whoever_is_blocked_is_told_so_kindly(
    chat: Chat, owner: Chat, talking: None, post: Post
) -> None:
    await chat.press("Message")
    await chat.say("One")
    await post.deliver(owner)
    assert "no more messages from them" in await owner.press("Block")
    await chat.press("Write more")
    assert "The other side takes no messages." in await chat.say("Two")
    assert "They can write to you again" in await owner.press("Unblock")
    assert "Passed on." in await chat.say("Two")
    assert "⁨Two⁩" in await post.deliver(owner)


async def test_a_message_is_reported_by_a_tap(chat: Chat, owner: Chat, talking, post) -> None:
    await chat.press("Message")
    await chat.say("Rude")
    await post.deliver(owner)
    assert "Thank you, report" in await owner.press("Report", on=owner.card("Answer"))


async def test_a_week_after_the_stay_nothing_is_passed_on(
    chat: Chat, talking: None, clock: Clock
) -> None:
    card = chat.card("Message")
    clock.pass_(days=7, hours=7)
    assert "over" in await chat.press("Message", on=card)


async def test_strangers_write_to_nobody(chat: Chat, talking: None) -> None:
    data = chat.card("Message").button("Message")["callback_data"]
    assert "no such booking" in await chat.of(4711).press_data(data)
    assert "no such booking" in await chat.of(4711).press_data(data.replace("write", "block"))
