"""Reply markup: what Telegram accepts under a message or instead of the letters."""

from collections.abc import Sequence
from typing import Any

from sandbox.errors import BadRequest
from sandbox.links import has_foreign_scheme, is_secure, link
from sandbox.parameters import Parameters
from sandbox.people import Chat
from sandbox.wire import Json

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
DATA_BYTES = 64
COPIED_CHARACTERS = 256
ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}
PRIVATE_ONLY = {
    "request_location": "location",
    "request_contact": "phone number",
    "request_users": "users",
    "request_chat": "chats",
    "request_poll": "polls",
}


def read_markup(parameters: Parameters, chat: Chat) -> Json | None:
    """Any markup that may go with a new message."""
    markup = _markup(parameters)
    if markup is None:
        return None
    if "inline_keyboard" in markup:
        return _checked_inline(markup, chat)
    if "keyboard" in markup:
        return _checked_reply(markup, chat)
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return markup
    raise BadRequest("object expected as reply markup")


def read_inline_markup(parameters: Parameters, chat: Chat | None) -> Json | None:
    """Markup for a message that is edited or sent inline; ``chat`` is unknown for the latter."""
    markup = _markup(parameters)
    if not markup:
        return None
    if "inline_keyboard" not in markup:
        raise BadRequest("inline keyboard expected")
    return _checked_inline(markup, chat)


def _markup(parameters: Parameters) -> Json | None:
    markup = parameters.structure("reply_markup", "reply keyboard markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise BadRequest("object expected as reply markup")
    return markup


def _checked_inline(markup: Json, chat: Chat | None) -> Json | None:
    rows = _rows(markup, "inline_keyboard", "InlineKeyboardMarkup")
    for row in rows:
        for button in row:
            _check_inline_button(button, chat)
    return {"inline_keyboard": rows} if rows else None


def _checked_reply(markup: Json, chat: Chat) -> Json:
    rows = [
        [{"text": button} if isinstance(button, str) else button for button in row]
        for row in _rows(markup, "keyboard", "ReplyKeyboardMarkup")
    ]
    for row in rows:
        for button in row:
            _check_reply_button(button, chat)
    return markup | {"keyboard": rows}


def _rows(markup: Json, field: str, owner: str) -> list[list[Any]]:
    rows = markup[field]
    if not isinstance(rows, list):
        raise BadRequest(f'field "{field}" of the {owner} must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise BadRequest(f'field "{field}" of the {owner} must be an Array of Arrays')
    _check_size(rows)
    return [row for row in rows if row]


def _check_size(rows: Sequence[Sequence[Any]]) -> None:
    # Telegram folds or drops what is too much, depending on the client: here it is an error.
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise BadRequest("reply markup is too long")


def _check_inline_button(button: Any, chat: Chat | None) -> None:
    _check_text(button, "inline keyboard")
    if not ACTIONS & button.keys():
        raise BadRequest(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if "callback_data" in button:
        _check_callback_data(button["callback_data"])
    if "url" in button:
        _check_address(button["url"], f"inline keyboard button URL '{button['url']}'")
    if "web_app" in button:
        if chat is None or chat.type != "private":
            raise BadRequest("BUTTON_TYPE_INVALID")
        check_web_app(button["web_app"], "inline keyboard button Web App")
    if "copy_text" in button:
        _check_copied(button["copy_text"])


def _check_reply_button(button: Any, chat: Chat) -> None:
    _check_text(button, "keyboard")
    for field, what in PRIVATE_ONLY.items():
        if button.get(field) and chat.type != "private":
            raise BadRequest(f"{what} can be requested in private chats only")
    if "web_app" in button:
        check_web_app(button["web_app"], "keyboard button Web App")


def _check_text(button: Any, owner: str) -> None:
    if not isinstance(button, dict):
        raise BadRequest(f"can't parse {owner} button: {owner} button must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise BadRequest(f"can't parse {owner} button: Can't find field \"text\"")
    if not text.strip():
        raise BadRequest(f"{owner} button text must be non-empty")


def _check_copied(copy_text: Any) -> None:
    copied = copy_text.get("text") if isinstance(copy_text, dict) else None
    if not isinstance(copied, str) or not 1 <= len(copied) <= COPIED_CHARACTERS:
        raise BadRequest("BUTTON_COPY_TEXT_INVALID")


def _check_callback_data(data: Any) -> None:
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= DATA_BYTES:
        raise BadRequest("BUTTON_DATA_INVALID")


def check_web_app(web_app: Any, what: str) -> None:
    url = str(web_app.get("url", "")) if isinstance(web_app, dict) else ""
    if not is_secure(url):
        raise BadRequest(f"{what} URL '{url}' is invalid: Only HTTPS links are allowed")


def _check_address(url: Any, what: str) -> None:
    if has_foreign_scheme(str(url)):
        raise BadRequest(f"{what} is invalid: Unsupported URL protocol")
    if link(str(url)) is None:
        raise BadRequest(f"{what} is invalid: Wrong HTTP URL")
