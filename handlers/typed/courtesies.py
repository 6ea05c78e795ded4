"""What people say to somebody, and so to a bot: greetings, thanks, and a call for help.

Like the labels of the menu, the words of every language are always known.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from telegram import Update

from chat.matchers import bare
from handlers.typed.words import plainly, spoken
from views.words import LOCALES


class Courtesy(StrEnum):
    HELLO = "hello"
    HELP = "help"
    THANKS = "thanks"


def courtesy_in(update: Update) -> Courtesy | None:
    """Of a new message that says nothing else."""
    return courtesy_of(update.message.text or "") if update.message else None


def courtesy_of(text: str) -> Courtesy | None:
    return None if text.startswith("/") else _courtesies().get(plainly(bare(text)))


@cache
def _courtesies() -> Mapping[str, Courtesy]:
    return {
        plainly(bare(said)): courtesy
        for language in LOCALES
        for courtesy in Courtesy
        for said in spoken(language)["courtesies"][courtesy]
    }
