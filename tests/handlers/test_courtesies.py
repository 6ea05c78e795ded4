"""What is said to somebody, rather than to a bot."""

import pytest

from tests.handlers.town import HERE, Town
from tests.telegram import Chat

WELCOME = "finds you a private parking space nearby"
HELP = "<b>Find a space</b>"
THANKS = "You are welcome."
SAID = {
    "hello": WELCOME,
    "Hi!": WELCOME,
    "Good morning.": WELCOME,
    "Grüß Gott": WELCOME,
    "¡Buenos días!": WELCOME,
    "привіт 👋": WELCOME,
    "HELP": HELP,
    "what can you do?": HELP,
    "Was kannst du?": HELP,
    "ayudame": HELP,
    "à l’aide": HELP,
    "Thank you!": THANKS,
    "danke schön": THANKS,
    "дякую": THANKS,
}


@pytest.mark.parametrize("text", SAID)
async def test_a_courtesy_is_answered(chat: Chat, text: str) -> None:
    assert SAID[text] in await chat.say(text)


@pytest.mark.parametrize("text", SAID)
async def test_a_card_stays_open_meanwhile(chat: Chat, town: Town, text: str) -> None:
    await chat.send_location(*HERE)
    assert SAID[text] in await chat.say(text)
    assert "<b>today 14:00–17:00</b>" in await chat.say("3h")


@pytest.mark.parametrize("text", ["hello, is the gate open?", "help yourself", "hi 5"])
async def test_what_says_more_is_no_courtesy(chat: Chat, text: str) -> None:
    assert "I know no such place" in await chat.say(text)


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("my bookings", "Nothing is booked."),
        ("Meine Buchungen", "Nothing is booked."),
        ("settings", "Language: English"),
        ("find parking", "Where do you want to park?"),
    ],
)
async def test_the_words_of_a_key_are_as_good_as_the_key(chat: Chat, text: str, page: str) -> None:
    assert page in await chat.say(text)
