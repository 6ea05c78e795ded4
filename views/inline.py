"""Inline mode: what is offered in a list above somebody's keyboard, and the card it becomes.

The list is for the person who asks, the card for everybody in the chat: it names no distance, since
that would tell where the person is.
"""

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
from views import find
from views.words import Html, Words, bold, user_text

SEND_PLACE = "inline"
"""What the button above the results says to the private chat."""


def space_link(bot: str, space: Space) -> str:
    """Opens the bot at this very space."""
    return f"https://t.me/{escaped(bot)}?start=space_{written(space.id)}"


def nearby(
    words: Words, space: Space, price: str, distance: str, when: Html, bot: str
) -> InlineQueryResultArticle:
    """A space that is free for the window asked for."""
    facts = (distance, find.rating(words, space), *find.tags(words, space))
    text = words.say(
        "{title}\n{price} · {when}\n{facts}",
        title=bold(user_text(space.title)),
        price=price,
        when=when,
        facts=" · ".join(facts[1:]),
    )
    return _article(words, space, f"{space.title} · {price}", " · ".join(facts), text, bot)


def shared(words: Words, space: Space, bot: str) -> InlineQueryResultArticle:
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
    return _article(words, space, f"{space.title} · {hourly}", " · ".join(facts), text, bot)


def ask_place(words: Words) -> InlineQueryResultsButton:
    return _button(words.label("Send your location, or type 60.17, 24.94"))


def not_understood(words: Words) -> InlineQueryResultsButton:
    return _button(words.label("Type an address, or coordinates, and a time"))


def nothing(words: Words) -> InlineQueryResultsButton:
    return _button(words.label("Nothing free there then. Another place?"))


def _button(text: str) -> InlineQueryResultsButton:
    return InlineQueryResultsButton(text, start_parameter=SEND_PLACE)


def _article(
    words: Words, space: Space, title: str, description: str, text: Html, bot: str
) -> InlineQueryResultArticle:
    opens = InlineKeyboardButton(words.label("Open in Park Place"), url=space_link(bot, space))
    return InlineQueryResultArticle(
        id=written(space.id),
        title=title,
        description=description,
        input_message_content=InputTextMessageContent(
            text, parse_mode="HTML", link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        reply_markup=InlineKeyboardMarkup.from_button(opens),
    )
