"""Which updates a handler takes."""

from typing import Any

import pytest
from telegram import Update
from telegram.ext import filters

from chat.buttons import Press
from chat.context import Arrival, Context
from chat.matchers import (
    Handler,
    command,
    deep_link,
    on,
    on_chosen,
    on_label,
    on_location,
    on_photo,
    on_text,
    otherwise,
)
from tests.telegram import photo_size


async def callback(update: Update, context: Context) -> None: ...


PLACE = {"latitude": 60.0, "longitude": 25.0}
FILE = {"file_id": "f", "file_unique_id": "f"}


def update(kind: str = "message", **fields: Any) -> Update:
    sender = {"id": 7, "is_bot": False, "first_name": "Ann"}
    message = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "from": sender}
    parsed = Update.de_json({"update_id": 1, kind: {**message, **fields}}, None)
    assert parsed is not None
    return parsed


@pytest.mark.parametrize(
    ("handler", "fields", "taken"),
    [
        (on_text(r"\d+", callback), {"text": " 12 "}, True),
        (on_text(r"\d+", callback), {"text": "12 or so"}, False),
        (on_text("ja", callback), {"text": "JA"}, True),
        (on_text(".*", callback), {"text": "/cancel"}, False),
        (on_text(".*", callback), {"text": "two\nlines"}, True),
        (on_text(r"\d+", callback), {"photo": [photo_size("x")], "caption": "12"}, False),
        (command("find", callback), {"text": "/find"}, True),
        (command("find", callback), {"text": "/FIND@parkplace_bot station"}, True),
        (command("find", callback), {"text": "/finder"}, False),
        (command("find", callback), {"text": "find"}, False),
        (deep_link("space", callback), {"text": "/start space_4711"}, True),
        (deep_link("space", callback), {"text": "/start space"}, True),
        (deep_link("space", callback), {"text": "/start spaces_1"}, False),
        (deep_link("space", callback), {"text": "/start"}, False),
        (on_label({"📍 Find", "📍 Suchen"}, callback), {"text": "📍 Suchen"}, True),
        (on_label({"📍 Find", "📍 Suchen"}, callback), {"text": "find!"}, True),
        (on_label({"📍 Find", "📍 Suchen"}, callback), {"text": "find it"}, False),
        (on_label({"📍 Find"}, callback), {"location": PLACE}, False),
        (on_location(callback), {"location": PLACE}, True),
        (
            on_location(callback),
            {"venue": {"location": PLACE, "title": "Yard", "address": "Road 4"}},
            True,
        ),
        (on_location(callback), {"text": "60, 25"}, False),
        (on_photo(callback), {"photo": [photo_size("x")]}, True),
        (on_photo(callback), {"document": {**FILE, "mime_type": "image/heic"}}, True),
        (on_photo(callback), {"document": {**FILE, "mime_type": "text/plain"}}, False),
        (on_photo(callback), {"document": FILE}, False),
        (otherwise(callback), {"text": "/unknown"}, True),
        (otherwise(callback), {"delete_chat_photo": True}, False),
        (on(filters.PHOTO & ~filters.CAPTION, callback), {"photo": [photo_size("x")]}, True),
        (on_chosen(callback), {"text": "station"}, False),
    ],
)
def test_a_new_message(handler: Handler[Any], fields: dict[str, Any], taken: bool) -> None:
    assert bool(handler.check(update(**fields))) is taken


@pytest.mark.parametrize(
    ("handler", "fields", "taken"),
    [
        (on_location(callback), {"location": PLACE}, True),
        (on_text(".*", callback), {"text": "12"}, False),
        (command("find", callback), {"text": "/find"}, False),
        (on_photo(callback), {"photo": [photo_size("x")]}, False),
        (otherwise(callback), {"text": "12"}, False),
    ],
    ids=["a place", "a text", "a command", "a picture", "anything"],
)
def test_an_edited_message(handler: Handler[Any], fields: dict[str, Any], taken: bool) -> None:
    assert bool(handler.check(update("edited_message", **fields))) is taken


def context(of: Update, **more: Any) -> Context:
    assert of.effective_user is not None
    now = of.effective_message.date  # type: ignore[union-attr]
    return Context(Arrival(of, of.effective_user, 7, now, **more))


@pytest.mark.parametrize(
    ("fields", "text", "payload"),
    [
        ({"text": "  Bakery Street "}, "Bakery Street", ""),
        ({"text": "/start space_4711"}, "/start space_4711", "space_4711"),
        ({"text": "/start"}, "/start", ""),
        ({"photo": [photo_size("x")], "caption": "The gate"}, "The gate", ""),
        ({"location": PLACE}, "", ""),
    ],
    ids=["text", "link", "command alone", "caption", "no text"],
)
def test_what_was_written(fields: dict[str, Any], text: str, payload: str) -> None:
    told = context(update(**fields))
    assert (told.text, told.payload) == (text, payload)


def test_a_draft_of_another_kind_is_no_draft() -> None:
    told = context(update(text="x"), flow="find", draft={"page": 1})
    with pytest.raises(TypeError, match="the draft of find is no list"):
        told.draft_as(list)


@pytest.mark.parametrize(
    ("packed", "press"),
    [
        ("book:Q1:7", Press("book", "Q1", 7)),
        ("book::0", Press("book")),
        ("book:Q1", None),
        ("book:Q1:", None),
        ("book:Q1:-1", None),
        ("book:Q1:\u0663", None),
        (":Q1:1", None),
        ("", None),
        ("a:b:c:1", None),
    ],
)
def test_callback_data_is_ours_or_nothing(packed: str, press: Press | None) -> None:
    assert Press.parse(packed) == press


@pytest.mark.parametrize(
    "press", [Press("a:b"), Press("a", "b:c"), Press("a", "x" * 61), Press("ä" * 31)], ids=str
)
def test_what_does_not_fit_is_never_packed(press: Press) -> None:
    with pytest.raises(ValueError, match=r"colon|over 64 bytes"):
        press.pack()
