"""Which updates a handler takes. Any filter of ``telegram.ext.filters`` will do, in ``on``."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic

from telegram import Message, Update
from telegram.ext.filters import BaseFilter, StatusUpdate

from chat.context import C, Callback

IMAGE = "image/"


class Rank(IntEnum):
    """Who is asked first when several conversations could take an update."""

    PLAIN = 0
    """The active conversation, then the entry points of the others."""
    NAMED = 1
    """A command or a label of the menu: goes to whom it names, whatever was asked."""
    LINKED = 2
    """A deep link, which is a ``/start`` that says more."""


@dataclass(frozen=True, slots=True)
class Handler(Generic[C]):
    """A callback, and what it takes; ``check`` may find something, which is ``context.matched``."""

    check: Callable[[Update], object]
    callback: Callback[C]
    rank: Rank = Rank.PLAIN


def on(wanted: BaseFilter, callback: Callback[C]) -> Handler[C]:
    """Messages, new or edited, that pass one of the library's filters."""
    return Handler(wanted.check_update, callback)


def on_text(pattern: str, callback: Callback[C]) -> Handler[C]:
    """A new text, no command, that matches as a whole; case does not count."""
    whole = re.compile(pattern, re.IGNORECASE | re.DOTALL)

    def check(update: Update) -> object:
        text = _text(update)
        return whole.fullmatch(text) if text and not text.startswith("/") else None

    return Handler(check, callback)


def on_location(callback: Callback[C]) -> Handler[C]:
    """A location or venue: sent, forwarded, edited, or moving (a live one)."""

    def check(update: Update) -> object:
        message = _new_or_edited(update)
        return message is not None and (message.location or message.venue)

    return Handler(check, callback)


def on_photo(callback: Callback[C]) -> Handler[C]:
    """A new picture, also one sent as a file."""

    def check(update: Update) -> object:
        message = update.message
        if message is None:
            return False
        file = message.document
        return message.photo or (file and (file.mime_type or "").startswith(IMAGE))

    return Handler(check, callback)


def otherwise(callback: Callback[C]) -> Handler[C]:
    """Anything else that a person sends: the last in a list, it says what is wanted instead."""
    return Handler(is_said, callback)


def command(name: str, callback: Callback[C]) -> Handler[C]:
    """``/name``, with or without something after it; addressed to any bot that hears it."""

    def check(update: Update) -> object:
        first, _, _ = _text(update).partition(" ")
        return first.partition("@")[0].lower() == f"/{name}"

    return Handler(check, callback, Rank.NAMED)


def deep_link(prefix: str, callback: Callback[C]) -> Handler[C]:
    """``/start prefix`` or ``/start prefix_...``, as a link into the bot sends it."""

    def check(update: Update) -> object:
        first, _, payload = _text(update).partition(" ")
        return first == "/start" and payload.strip().partition("_")[0] == prefix

    return Handler(check, callback, Rank.LINKED)


def on_label(labels: Collection[str], callback: Callback[C]) -> Handler[C]:
    """A key of the menu keyboard, given in every language; or its words alone, as people type."""
    known = frozenset(map(bare, labels))
    return Handler(lambda update: bare(_text(update)) in known, callback, Rank.NAMED)


def on_membership(callback: Callback[C]) -> Handler[C]:
    """The person blocked the bot, or came back (``update.my_chat_member``)."""
    return Handler(lambda update: update.my_chat_member, callback)


def on_chosen(callback: Callback[C]) -> Handler[C]:
    """An inline result was chosen (``update.chosen_inline_result``)."""
    return Handler(lambda update: update.chosen_inline_result, callback)


def bare(text: str) -> str:
    """Its words alone, in small letters: without signs."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def is_said(update: Update) -> bool:
    """A new message that a person sent; not an edit, and no note of Telegram's own, as of a pin."""
    return update.message is not None and not StatusUpdate.ALL.check_update(update)


def _text(update: Update) -> str:
    message = update.message
    return (message.text or "").strip() if message else ""


def _new_or_edited(update: Update) -> Message | None:
    return update.message or update.edited_message
