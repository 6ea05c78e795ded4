"""A screen as calls of the Bot API."""

import base64
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from telegram import InputFile, InputMediaPhoto

from chat.answer import Target
from chat.ports import ReadPhoto
from chat.screen import Button, Document, Key, Keyboard, Photo, Screen

CAPTION = 1024
TOAST = 200
ALBUM = 10
"""Telegram's limits: characters of a caption and of a toast, photos of an album."""

SEND_ANEW = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no media in the message to edit",
)
"""What Telegram says of a message that cannot become the screen; a new one can."""
OTHERWISE = (
    "there is no text in the message to edit",
    "there is no caption in the message to edit",
)
"""Of one that got a picture, or lost it, since we last knew."""
UNCHANGED = "message is not modified"
WORDS_FIRST = {"show_caption_above_media": True}
"""A picture stands next to the buttons, which say what to do with it; and words that were out
before it stay on top."""

_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    params: Mapping[str, Any]
    media: bool = False
    """Whether the message it makes is a picture with a caption."""


def toast_of(screens: tuple[Screen, ...]) -> str:
    """What to answer a press with; only the first toast can be shown."""
    return next((screen.toast for screen in screens if screen.toast), "")[:TOAST]


def without_press(screen: Screen) -> Screen:
    """A toast needs a button to answer; without one it is said as a message."""
    if screen.toast and not shows_something(screen):
        return replace(screen, text=html.escape(screen.toast, quote=False), toast="")
    return screen


def shows_something(screen: Screen) -> bool:
    return bool(screen.text or screen.photos or screen.venue or screen.document)


async def edits(screen: Screen, chat: int, target: Target, read: ReadPhoto) -> Call | None:
    """The call that turns the message into the screen, or None where only a new one will do."""
    if screen.keyboard or screen.venue or screen.document or len(screen.photos) > 1:
        return None
    place = {"chat_id": chat, "message_id": target.message, "reply_markup": _inline(screen)}
    captioned = length(screen.text) <= CAPTION
    if screen.photos and captioned:
        media = await upload(screen.photos[0], read)
        return pictured(screen, chat, target.message, media)
    if screen.photos or (target.media and not captioned):
        return None
    if target.media:
        return Call("editMessageCaption", {**place, **_caption(screen.text)}, media=True)
    return Call("editMessageText", {**place, **_text(screen)})


def pictured(screen: Screen, chat: int, message: int, media: str | InputFile) -> Call:
    """The call that adds a picture to the message that shows the screen's words."""
    photo = InputMediaPhoto(media, **_caption(screen.text))
    place = {"chat_id": chat, "message_id": message, "reply_markup": _inline(screen)}
    return Call("editMessageMedia", {**place, "media": photo}, media=True)


async def sends(screen: Screen, chat: int, read: ReadPhoto) -> list[Call]:
    """The calls that show the screen anew; the last one makes the message with its buttons."""
    calls = []
    base = {"chat_id": chat, "disable_notification": screen.silent or None}
    markup = {"reply_markup": _markup(screen)}
    text = screen.text
    if screen.venue is not None:
        calls.append(Call("sendVenue", {**base, **_venue(screen)}))
    if len(screen.photos) > 1:
        calls.append(Call("sendMediaGroup", {**base, "media": await _album(screen, read)}))
    elif screen.photos:
        photo = {"photo": await upload(screen.photos[0], read)}
        calls.append(Call("sendPhoto", {**base, **photo}, media=True))
    if screen.document is not None:
        document = {"document": await _file(screen.document, read)}
        calls.append(Call("sendDocument", {**base, **document}, media=True))
    if text and calls and _takes_caption(calls[-1], text):
        caption = _caption(text)
        if calls[-1].method == "sendDocument":
            del caption["show_caption_above_media"]
        calls[-1] = replace(calls[-1], params={**calls[-1].params, **caption})
        text = ""
    if text:
        calls.append(Call("sendMessage", {**base, **_text(screen)}))
    if calls and calls[-1].method != "sendMediaGroup":
        calls[-1] = replace(calls[-1], params={**calls[-1].params, **markup})
    return calls


def _takes_caption(call: Call, text: str) -> bool:
    return call.method in ("sendPhoto", "sendDocument") and length(text) <= CAPTION


def length(text: str) -> int:
    """As Telegram counts it: tags are no characters, and an entity is one."""
    return len(html.unescape(_TAG.sub("", text)))


def _caption(text: str) -> dict[str, Any]:
    return {"caption": text, "parse_mode": "HTML", **WORDS_FIRST}


def _text(screen: Screen) -> dict[str, Any]:
    return {
        "text": screen.text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }


def _venue(screen: Screen) -> dict[str, Any]:
    assert screen.venue is not None
    venue = screen.venue
    return {
        "latitude": venue.lat,
        "longitude": venue.lng,
        "title": venue.title,
        "address": venue.address,
    }


async def _album(screen: Screen, read: ReadPhoto) -> list[InputMediaPhoto]:
    return [InputMediaPhoto(await upload(photo, read)) for photo in screen.photos[:ALBUM]]


async def upload(photo: Photo, read: ReadPhoto) -> str | InputFile:
    if photo.file_id is not None:
        return photo.file_id
    if photo.content is not None:
        return InputFile(base64.b64decode(photo.content), "picture.png", attach=True)
    if photo.key is None:
        raise ValueError("a photo has neither a file_id nor a key nor content")
    return InputFile(await read(photo.key), "photo.jpg", attach=True)


async def _file(document: Document, read: ReadPhoto) -> InputFile:
    if document.key:
        return InputFile(await read(document.key), document.name)
    return InputFile(base64.b64decode(document.content), document.name)


def _markup(screen: Screen) -> dict[str, Any] | None:
    if screen.keyboard is not None and not screen.rows:
        return _keyboard(screen.keyboard)
    return _inline(screen)


def _inline(screen: Screen) -> dict[str, Any] | None:
    if not screen.rows:
        return None
    return {"inline_keyboard": [[_button(button) for button in row] for row in screen.rows]}


def _button(button: Button) -> dict[str, Any]:
    if button.action is not None:
        return {"text": button.label, "callback_data": button.action}
    if button.url is not None:
        return {"text": button.label, "url": button.url}
    if button.copy is not None:
        return {"text": button.label, "copy_text": {"text": button.copy}}
    if button.web_app is not None:
        return {"text": button.label, "web_app": {"url": button.web_app}}
    return {"text": button.label, "switch_inline_query": button.switch_inline or ""}


def _keyboard(keyboard: Keyboard) -> dict[str, Any]:
    if not keyboard.rows:
        return {"remove_keyboard": True}
    rows = [[_key(key) for key in row] for row in keyboard.rows]
    markup: dict[str, Any] = {"keyboard": rows, "resize_keyboard": True, "is_persistent": True}
    if keyboard.placeholder:
        markup["input_field_placeholder"] = keyboard.placeholder
    return markup


def _key(key: Key) -> dict[str, Any]:
    return {"text": key.label} | ({"request_location": True} if key.asks_location else {})
