"""A Bot API without a network: it keeps what was sent, and refuses what Telegram would."""

import json
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import count
from typing import Any

from telegram.request import BaseRequest, RequestData

from chat.buttons import Press

BOT = {"id": 42, "is_bot": True, "first_name": "Park Place", "username": "parkplace_bot"}
TOKEN = "42:TEST"
TAGS = {"b", "i", "u", "s", "a", "code", "pre", "blockquote", "tg-spoiler", "strong", "em"}


class Refusal(Exception):
    """What the Bot API answers instead of a result."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.status = status
        self.body = {
            "ok": False,
            "error_code": status,
            "description": description,
            "parameters": parameters,
        }


def bad_request(text: str) -> Refusal:
    return Refusal(400, f"Bad Request: {text}")


@dataclass(frozen=True)
class Message:
    """A message as its reader sees it; a snapshot that later edits do not change."""

    id: int
    chat: int
    text: str = ""
    rows: tuple[tuple[Mapping[str, Any], ...], ...] = ()
    keyboard: tuple[tuple[str, ...], ...] | None = None
    media: str = ""
    """What it is besides text, as the transcript shows it."""
    editable: str = "text"
    """What can be edited of it: its text, its caption, or nothing."""
    silent: bool = False

    def __str__(self) -> str:
        lines = [self.media, self.text]
        lines += [" ".join(f"[{_face(button)}]" for button in row) for row in self.rows]
        if self.keyboard is not None:
            lines += [" ".join(f"({label})" for label in row) for row in self.keyboard]
        return "\n".join(line for line in lines if line)

    def button(self, label: str) -> Mapping[str, Any]:
        """By its label, or by what stands before `` · ``."""
        buttons = [button for row in self.rows for button in row]
        for button in buttons:
            if button["text"] == label or button["text"].startswith(f"{label} · "):
                return button
        raise AssertionError(f"no button {label!r} in:\n{self}")

    def has(self, label: str) -> bool:
        return any(
            button["text"] == label or button["text"].startswith(f"{label} · ")
            for row in self.rows
            for button in row
        )


def _face(button: Mapping[str, Any]) -> str:
    label = button["text"]
    if data := button.get("callback_data"):
        press = Press.parse(data)
        return f"{label} | {press.action if press else data}"
    return label


@dataclass
class FakeTelegram(BaseRequest):
    """Answers every method; remembers messages, toasts and calls."""

    messages: dict[tuple[int, int], Message] = field(default_factory=dict)
    unread: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By chat: what nobody has looked at yet, as blocks of a transcript."""
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    spinning: dict[str, int] = field(default_factory=dict)
    """Presses without an answer, with their chats."""
    blocked: set[int] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    """By file_id: what getFile leads to."""
    inline_answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    uploads: list[bytes] = field(default_factory=list)
    """The contents of the files that were sent."""
    _failures: defaultdict[str, deque[Exception]] = field(
        default_factory=lambda: defaultdict(deque)
    )
    _ids: Any = field(default_factory=lambda: count(1))

    __hash__ = object.__hash__
    read_timeout = 5.0

    def fail(self, method: str, *errors: Exception) -> None:
        """The next calls of the method end like this, one after the other."""
        self._failures[method].extend(errors)

    def called(self, method: str) -> list[dict[str, Any]]:
        return [params for name, params in self.calls if name == method]

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, **_: Any
    ) -> tuple[int, bytes]:
        if "/file/bot" in url:
            return 200, self.files[url.rpartition("/")[2]]
        name = url.rpartition("/")[2]
        params = dict(request_data.parameters) if request_data else {}
        uploads = (request_data.multipart_data or {}) if request_data else {}
        self.uploads += [content for _, content, *_ in uploads.values()]
        self.calls.append((name, params))
        try:
            result = self._answer(name, params)
        except Refusal as refusal:
            return refusal.status, json.dumps(refusal.body).encode()
        return 200, json.dumps({"ok": True, "result": result}).encode()

    def _answer(self, name: str, params: Mapping[str, Any]) -> Any:
        if self._failures[name]:
            raise self._failures[name].popleft()
        if params.get("chat_id") in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        return getattr(self, f"_{name}", _fine)(params)

    # What each method does. The names are Telegram's.

    def _getMe(self, _: Mapping[str, Any]) -> Any:  # noqa: N802
        return BOT

    def _getFile(self, params: Mapping[str, Any]) -> Any:  # noqa: N802
        file_id = params["file_id"]
        return {"file_id": file_id, "file_unique_id": file_id, "file_path": f"{file_id}"}

    def _sendMessage(self, params: Mapping[str, Any]) -> Any:  # noqa: N802
        return self._add(params, _checked(params["text"], 4096))

    def _sendPhoto(self, params: Mapping[str, Any]) -> Any:  # noqa: N802
        added = self._add(params, _caption(params), "<photo>", "caption")
        return {**added, "photo": [self._size()]}

    def _sendDocument(self, params: Mapping[str, Any]) -> Any:  # noqa: N802
        return self._add(params, _caption(params), "<document>", "caption")

    def _sendVenue(self, params: Mapping[str, Any]) -> Any:  # noqa: N802
        return self._add(params, "", f"<venue {params['title']}, {params['address']}>", "nothing")

    def _sendMediaGroup(self, params: Mapping[str, Any]) -> Any:  # noqa: N802
        if not 2 <= len(params["media"]) <= 10:
            raise bad_request("wrong number of media in the album")
        added = self._add(params, "", f"<{len(params['media'])} photos>", "nothing")
        return [{**added, "photo": [self._size(n)]} for n, _ in enumerate(params["media"])]

    def _editMessageText(self, params: Mapping[str, Any]) -> Any:  # noqa: N802
        message = self._editable(params)
        if message.editable != "text":
            raise bad_request("there is no text in the message to edit")
        return self._edit(message, params, _checked(params["text"], 4096))

    def _editMessageCaption(self, params: Mapping[str, Any]) -> Any:  # noqa: N802
        message = self._editable(params)
        if message.editable != "caption":
            raise bad_request("there is no caption in the message to edit")
        return self._edit(message, params, _caption(params))

    def _editMessageMedia(self, params: Mapping[str, Any]) -> Any:  # noqa: N802
        message = self._editable(params)
        media = params["media"]
        seen = replace(message, media=f"<{media['type']}>", editable="caption")
        return {**self._edit(seen, params, _caption(media)), "photo": [self._size()]}

    def _answerCallbackQuery(self, params: Mapping[str, Any]) -> Any:  # noqa: N802
        chat = self.spinning.pop(params["callback_query_id"], None)
        if chat is None:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        if text := params.get("text"):
            if len(text) > 200:
                raise bad_request("MESSAGE_TOO_LONG")
            self.unread[chat].append(f"toast: {text}")
        return True

    def _answerInlineQuery(self, params: Mapping[str, Any]) -> Any:  # noqa: N802
        self.inline_answers[params["inline_query_id"]] = dict(params)
        return True

    def _size(self, place: int = 0) -> dict[str, Any]:
        name = f"file-{len(self.calls)}" + (f".{place}" if place else "")
        return {"file_id": name, "file_unique_id": "", "width": 8, "height": 6}

    def _add(
        self, params: Mapping[str, Any], text: str, media: str = "", editable: str = "text"
    ) -> Any:
        rows, keyboard = _markup(params)
        silent = bool(params.get("disable_notification"))
        message = Message(
            next(self._ids), params["chat_id"], text, rows, keyboard, media, editable, silent
        )
        return self._remember(message)

    def _editable(self, params: Mapping[str, Any]) -> Message:
        message = self.messages.get((params["chat_id"], params["message_id"]))
        if message is None:
            raise bad_request("message to edit not found")
        if message.editable == "nothing":
            raise bad_request("message can't be edited")
        return message

    def _edit(self, message: Message, params: Mapping[str, Any], text: str) -> Any:
        rows, _ = _markup(params)
        edited = replace(message, text=text, rows=rows)
        if edited == self.messages[message.chat, message.id] and "media" not in params:
            raise bad_request(
                "message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )
        return self._remember(edited, mark="~ ")

    def _remember(self, message: Message, mark: str = "") -> Any:
        self.messages[message.chat, message.id] = message
        self.unread[message.chat].append(f"{mark}{message}")
        return {"message_id": message.id, "date": 0, "chat": {"id": message.chat}}


def _fine(_: Mapping[str, Any]) -> bool:
    return True


def _caption(params: Mapping[str, Any]) -> str:
    caption = params.get("caption")
    return _checked(caption, 1024) if caption else ""


def _checked(text: str, limit: int) -> str:
    """The text, if Telegram would take it."""
    visible = _Visible()
    visible.feed(text)
    visible.close()
    if visible.open:
        raise bad_request(f"can't parse entities: can't find end tag of {visible.open}")
    if not visible.text.strip():
        raise bad_request("message text is empty")
    if len(visible.text) > limit:
        raise bad_request("message is too long")
    return text


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.open: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise bad_request(f'can\'t parse entities: unsupported start tag "{tag}"')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise bad_request(f'can\'t parse entities: unexpected end tag "{tag}"')


def _markup(params: Mapping[str, Any]) -> tuple[tuple[Any, ...], Any]:
    markup = params.get("reply_markup") or {}
    if "keyboard" in markup:
        return (), tuple(tuple(key["text"] for key in row) for row in markup["keyboard"])
    if "remove_keyboard" in markup:
        return (), ()
    rows = tuple(tuple(row) for row in markup.get("inline_keyboard", ()))
    for row in rows:
        for button in row:
            if not 1 <= len(button.get("callback_data", "-").encode()) <= 64:
                raise bad_request("BUTTON_DATA_INVALID")
    return rows, None
