"""Notices as letters: the words of the chat, for whoever reads them elsewhere."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from market.domain.ids import written
from market.domain.notice import Kind
from market.ports.mail import Mail
from market.services.mail import CodeLetter
from market.services.notices import Bulletin, Letter
from views import notice as notice_view
from views import request
from views.words import Html, Words, bold, user_text

SUBJECT = 90
"""Characters; more would be cut off by most mail programs anyway."""

_TAG = re.compile(r"<[^>]*>")
_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
_PAGE = """\
<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"></head>
<body style="font: 16px/1.5 sans-serif; max-width: 36em">
{body}
<hr>
<p><small>{footer}</small></p>
</body></html>
"""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: what a letter ends with, for nobody reads what is answered to it."""

    home: str | None = None
    """The map page, if it can be reached."""
    operator: str = ""


@dataclass(frozen=True, slots=True)
class _Link:
    label: str
    url: str


def of_notice(
    words: Words,
    letter: Letter | Bulletin,
    now: datetime,
    *,
    to: str,
    unsubscribe: str | None,
    sender: Sender,
) -> Mail:
    """What the chat would say, with one link in place of its buttons."""
    footer = [words.say("You get this because of a booking or space of yours at Park Place.")]
    if sender.home is not None:
        footer.append(words.say("It is at {home}", home=_linked(sender.home)))
    if sender.operator:
        footer.append(words.say("It is run by {operator}.", operator=user_text(sender.operator)))
    if unsubscribe is not None:
        footer.append(words.say("No more such mails: {link}", link=_linked(unsubscribe)))
    link = None if sender.home is None else _link(words, letter, sender.home)
    text = _said(words, letter, now)
    return _mail(words, letter.notice.key, to, text, footer, link=link, unsubscribe=unsubscribe)


def of_code(words: Words, letter: CodeLetter) -> Mail:
    """A code alone; whoever did not ask for it need do nothing."""
    if letter.notice.kind is Kind.CONFIRM_EMAIL:
        text = words.say(
            "Confirm your address\n\nThis code proves to Park Place that this address is yours; it"
            " is good for a day:\n\n<b>{code}</b>",
            code=letter.code,
        )
    else:
        text = words.say(
            "Choose a new password\n\nThis is the code for it at Park Place; it is good for half an"
            " hour:\n\n<b>{code}</b>",
            code=letter.code,
        )
    footer = [words.say("If you did not ask for it, there is nothing that you need do.")]
    return _mail(words, letter.notice.key, letter.to, text, footer)


def plain(markup: str) -> str:
    """A screen's text without its marks."""
    return html.unescape(_TAG.sub("", markup))


def subject(markup: str) -> str:
    """The first line, on one line whatever stands in it."""
    line = next(filter(None, map(str.strip, plain(markup).splitlines())), "Park Place")
    shown = "".join(c if c.isprintable() else " " for c in line.translate(_ISOLATES))
    return shown if len(shown) <= SUBJECT else f"{shown[: SUBJECT - 1].rstrip()}…"


def _said(words: Words, letter: Letter | Bulletin, now: datetime) -> str:
    """In a letter there is nothing to tap, and no command to send."""
    match letter:
        case Letter() if letter.notice.kind is Kind.REQUESTED:
            about = notice_view.renter_stars(words, letter)
            return request.asked_by_mail(words, letter.booking, letter.space, now, about)
        case Bulletin(space=space) if letter.notice.kind is Kind.SPACE_HIDDEN and space:
            return words.say(
                "{title} is hidden by the operator: nobody can find or book it until they have"
                " looked at it.",
                title=bold(user_text(space.title)),
            )
        case Bulletin() if letter.notice.kind is Kind.BANNED:
            return words.say(
                "The operator has closed your account: you can neither book nor list any more."
                " Stays that have begun may finish."
            )
    return notice_view.screen(words, letter, now).text


def _link(words: Words, letter: Letter | Bulletin, home: str) -> _Link | None:
    if isinstance(letter, Letter):
        start = f"{home}?start=booking_{written(letter.booking.id)}"
        return _Link(words.label("Show booking"), start)
    if letter.space is None:
        return None
    start = f"{home}?start=space_{written(letter.space.id)}"
    return _Link(words.label("Show space"), start)


def _linked(url: str, label: str | None = None) -> Html:
    return Html(f'<a href="{html.escape(url)}">{html.escape(label or url)}</a>')


def _mail(
    words: Words,
    key: str,
    to: str,
    text: str,
    footer: Sequence[str],
    *,
    link: _Link | None = None,
    unsubscribe: str | None = None,
) -> Mail:
    parts, shown = [plain(text)], [_paragraph(text)]
    if link is not None:
        parts.append(f"{link.label}: {link.url}")
        shown.append(_paragraph(_linked(link.url, link.label)))
    below = plain("\n".join(footer))
    page = _PAGE.format(
        language=words.language, body="\n".join(shown), footer="<br>\n".join(footer)
    )
    letter = "\n\n".join(parts)
    return Mail(key, to, subject(text), f"{letter}\n\n-- \n{below}\n", page, unsubscribe)


def _paragraph(markup: str) -> str:
    lines = "<br>\n".join(markup.splitlines())
    return f"<p>{lines}</p>"
