"""Inline mode: what is offered in a list above somebody's keyboard, and the card it becomes.

The list is for the person who asks, the card for everybody in the chat: it names no distance, since
that would tell where the person is.
"""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote as escaped

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)

from market.domain.ids import written
from market.domain.space import Space
from market.domain.window import Window
from views import find
from views.words import Html, Words, bold, user_text

SEND_PLACE = "inline"
"""What the button above the results says to the private chat."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a result leads back to."""

    bot: str
    """Its user name."""
    photos: str = ""
    """The address before a photo's id; empty where Telegram could not fetch any."""


@dataclass(frozen=True, slots=True)
class Free:
    """A space that is free for the window asked for."""

    space: Space
    window: Window
    price: str
    distance: str
    when: Html


def space_link(bot: str, space: Space, window: Window | None = None) -> str:
    """Opens the bot at this very space, for the window if one is given."""
    stay = ""
    if window is not None:
        minutes = window.length // timedelta(minutes=1)
        stay = f"_{int(window.start.timestamp()) // 60}_{minutes}"
    return f"https://t.me/{escaped(bot)}?start=space_{written(space.id)}{stay}"


def nearby(words: Words, free: Free, home: Home) -> InlineQueryResultArticle:
    space, distance = free.space, free.distance
    facts = (distance, find.rating(words, space), *find.tags(words, space))
    text = words.say(
        "{title}\n{price} · {when}\n{facts}",
        title=bold(user_text(space.title)),
        price=free.price,
        when=free.when,
        facts=" · ".join(facts[1:]),
    )
    link = space_link(home.bot, space, free.window)
    title = f"{space.title} · {free.price}"
    return _article(words, space, title, " · ".join(facts), text, link, home)


def shared(words: Words, space: Space, home: Home) -> InlineQueryResultArticle:
    """One space, as its lister or a friend shares it."""
    hourly = words.label("{price} an hour", price=words.money(space.tariff.hour))
    facts = (find.rating(words, space), *find.tags(words, space))
    described = f"\n{user_text(space.description)}" if space.description else ""
    text = words.say(
        "{title}\n{price} · {facts}{described}",
        title=bold(user_text(space.title)),
        price=hourly,
        facts=" · ".join(facts),
        described=Html(described),
    )
    link = space_link(home.bot, space)
    title = f"{space.title} · {hourly}"
    return _article(words, space, title, " · ".join(facts), text, link, home)


def ask_place(words: Words) -> InlineQueryResultsButton:
    return _button(words.label("Send your location, or type 60.17, 24.94"))


def not_understood(words: Words) -> InlineQueryResultsButton:
    return _button(words.label("Type an address, or coordinates, and a time"))


def nothing(words: Words) -> InlineQueryResultsButton:
    return _button(words.label("Nothing free there then. Another place?"))


def _button(text: str) -> InlineQueryResultsButton:
    return InlineQueryResultsButton(text, start_parameter=SEND_PLACE)


def _article(
    words: Words, space: Space, title: str, description: str, text: Html, link: str, home: Home
) -> InlineQueryResultArticle:
    opens = InlineKeyboardButton(words.label("Open in Park Place"), url=link)
    shown = bool(home.photos and space.photos)
    return InlineQueryResultArticle(
        id=written(space.id),
        title=title,
        description=description,
        input_message_content=InputTextMessageContent(
            text, parse_mode="HTML", link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        reply_markup=InlineKeyboardMarkup.from_button(opens),
        thumbnail_url=f"{home.photos}{written(space.photos[0])}" if shown else None,
    )
