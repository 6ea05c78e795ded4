"""Notices as letters: the words of the chat, for whoever reads them elsewhere."""

import html
import re
from collections.abc import Sequence
from datetime import datetime

from chat.screen import Screen
from market.domain.notice import Kind
from market.ports.mail import Mail
from market.services.mail import CodeLetter
from market.services.notices import Bulletin, Letter
from views import notice as notice_view
from views.words import Words

SUBJECT = 90
"""Characters; more would be cut off by most mail programs anyway."""

_TAG = re.compile(r"<[^>]*>")
_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def of_notice(
    words: Words,
    letter: Letter | Bulletin,
    now: datetime,
    *,
    to: str,
    unsubscribe: str | None,
    home: str | None,
) -> Mail:
    """What the chat would say. ``home`` is where the marketplace is on the web, if it is."""
    screen = notice_view.screen(words, letter, now)
    footer = [words.say("You get this because of a booking or space of yours at Park Place.")]
    if home is not None:
        footer.append(words.say("It is at {home}", home=home))
    if unsubscribe is not None:
        footer.append(words.say("No more such mails: {link}", link=unsubscribe))
    return _mail(letter.notice.key, to, screen, footer, unsubscribe)


def of_code(words: Words, letter: CodeLetter) -> Mail:
    """A code alone; whoever did not ask for it need do nothing."""
    if letter.notice.kind is Kind.CONFIRM_EMAIL:
        text = words.say(
            "Confirm your address\n\nThis is the code that proves that this address is yours; it"
            " is good for a day:\n\n<b>{code}</b>",
            code=letter.code,
        )
    else:
        text = words.say(
            "Choose a new password\n\nThis is the code for it; it is good for half an hour:"
            "\n\n<b>{code}</b>",
            code=letter.code,
        )
    footer = [words.say("If you did not ask for it, there is nothing that you need do.")]
    return _mail(letter.notice.key, letter.to, Screen(text), footer, None)


def plain(markup: str) -> str:
    """A screen's text without its marks."""
    return html.unescape(_TAG.sub("", markup))


def subject(markup: str) -> str:
    """The first line, on one line whatever stands in it."""
    line = next(filter(None, map(str.strip, plain(markup).splitlines())), "Park Place")
    shown = "".join(c if c.isprintable() else " " for c in line.translate(_ISOLATES))
    return shown if len(shown) <= SUBJECT else f"{shown[: SUBJECT - 1].rstrip()}…"


def _mail(
    key: str, to: str, screen: Screen, footer: Sequence[str], unsubscribe: str | None
) -> Mail:
    below = "\n".join(footer)
    text = f"{plain(screen.text)}\n\n-- \n{plain(below)}\n"
    lines = "<br>\n".join(screen.text.splitlines())
    small = "<br>\n".join(footer)
    page = (
        '<!doctype html>\n<html><head><meta charset="utf-8"></head><body>\n'
        f"<p>{lines}</p>\n<p><small>{small}</small></p>\n</body></html>\n"
    )
    return Mail(key, to, subject(screen.text), text, page, unsubscribe)
