"""Telegram's limits and the exact words it refuses with."""

from typing import Any

import pytest

from sandbox import FRIENDS
from tests.sandbox.conftest import LASSE, RIVA, Api, button, under

GO = button("Go", callback_data="go")


def message(**values: Any) -> dict[str, Any]:
    return {"chat_id": RIVA, "text": "hello"} | values


def keyboard(**action: Any) -> dict[str, Any]:
    return message(reply_markup=under([button("Go", **action)]))


REFUSED = {
    "an unknown method": ("sendTelepathy", {}, "Not Found: method not found"),
    "no chat": ("sendMessage", {"text": "x"}, "Bad Request: chat_id is empty"),
    "a stranger": ("sendMessage", message(chat_id=7), "Bad Request: chat not found"),
    "a chat without the bot": (
        "sendMessage",
        message(chat_id=FRIENDS),
        "Bad Request: chat not found",
    ),
    "no text": ("sendMessage", {"chat_id": RIVA}, "Bad Request: message text is empty"),
    "only spaces": ("sendMessage", message(text=" \n\t"), "Bad Request: message text is empty"),
    "only tags": (
        "sendMessage",
        message(text="<b> </b>", parse_mode="HTML"),
        "Bad Request: message text is empty",
    ),
    "a long text": ("sendMessage", message(text="x" * 4097), "Bad Request: message is too long"),
    "another markup language": (
        "sendMessage",
        message(parse_mode="MarkdownV2"),
        "Bad Request: unsupported parse_mode",
    ),
    "65 bytes of data": (
        "sendMessage",
        keyboard(callback_data="é" * 32 + "x"),
        "Bad Request: BUTTON_DATA_INVALID",
    ),
    "no data": ("sendMessage", keyboard(callback_data=""), "Bad Request: BUTTON_DATA_INVALID"),
    "a button that does nothing": (
        "sendMessage",
        keyboard(),
        (
            "Bad Request: can't parse inline keyboard button: "
            "Text buttons are unallowed in the inline keyboard"
        ),
    ),
    "nine buttons in a row": (
        "sendMessage",
        message(reply_markup=under([GO] * 9)),
        "Bad Request: reply markup is too long",
    ),
    "101 buttons": (
        "sendMessage",
        message(reply_markup=under(*([GO],) * 101)),
        "Bad Request: reply markup is too long",
    ),
    "a broken keyboard": (
        "sendMessage",
        message(reply_markup="{"),
        "Bad Request: can't parse reply keyboard markup JSON object",
    ),
    "no keyboard at all": (
        "sendMessage",
        message(reply_markup=[1]),
        "Bad Request: object expected as reply markup",
    ),
    "a link to nowhere": (
        "sendMessage",
        keyboard(url="nowhere"),
        "Bad Request: inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
    ),
    "a link of another kind": (
        "sendMessage",
        keyboard(url="mailto:riva@example.org"),
        (
            "Bad Request: inline keyboard button URL 'mailto:riva@example.org' is invalid: "
            "Unsupported URL protocol"
        ),
    ),
    "a web app over http": (
        "sendMessage",
        keyboard(web_app={"url": "http://example.org/"}),
        (
            "Bad Request: inline keyboard button Web App URL 'http://example.org/' is invalid: "
            "Only HTTPS links are allowed"
        ),
    ),
    "257 characters to copy": (
        "sendMessage",
        keyboard(copy_text={"text": "x" * 257}),
        "Bad Request: BUTTON_COPY_TEXT_INVALID",
    ),
    "a reply to nothing": (
        "sendMessage",
        message(reply_parameters={"message_id": 99}),
        "Bad Request: message to be replied not found",
    ),
    "no photo": ("sendPhoto", {"chat_id": RIVA}, "Bad Request: there is no photo in the request"),
    "an unknown file": (
        "sendPhoto",
        {"chat_id": RIVA, "photo": "AgAD"},
        "Bad Request: wrong file identifier/HTTP URL specified",
    ),
    "a file from elsewhere": (
        "sendPhoto",
        {"chat_id": RIVA, "photo": "https://example.org/a.jpg"},
        "Bad Request: the sandbox fetches nothing from URLs; upload the file instead",
    ),
    "a long caption": (
        "sendDocument",
        {"chat_id": RIVA, "document": "x", "caption": "x" * 1025},
        "Bad Request: message caption is too long",
    ),
    "an album of one": (
        "sendMediaGroup",
        {"chat_id": RIVA, "media": [{}]},
        "Bad Request: too few messages to send as an album",
    ),
    "an album of eleven": (
        "sendMediaGroup",
        {"chat_id": RIVA, "media": [{}] * 11},
        "Bad Request: too many messages to send as an album",
    ),
    "a keyboard under an album": (
        "sendMediaGroup",
        {"chat_id": RIVA, "media": [{}] * 2, "reply_markup": under([GO])},
        "Bad Request: an album can't have a reply markup",
    ),
    "a place beyond the pole": (
        "sendLocation",
        {"chat_id": RIVA, "latitude": 91, "longitude": 0},
        "Bad Request: wrong latitude or longitude specified",
    ),
    "half a place": (
        "sendLocation",
        {"chat_id": RIVA, "latitude": 60},
        "Bad Request: longitude is empty",
    ),
    "live for a second": (
        "sendLocation",
        {"chat_id": RIVA, "latitude": 60, "longitude": 25, "live_period": 1},
        "Bad Request: wrong live period specified",
    ),
    "an unknown action": (
        "sendChatAction",
        {"chat_id": RIVA, "action": "dancing"},
        "Bad Request: wrong parameter action in request",
    ),
    "an edit of nothing": (
        "editMessageText",
        message(message_id=99),
        "Bad Request: message to edit not found",
    ),
    "an edit of whatever": (
        "editMessageText",
        message(),
        "Bad Request: message identifier is not specified",
    ),
    "an edit of an unknown inline message": (
        "editMessageText",
        {"inline_message_id": "x", "text": "x"},
        "Bad Request: MESSAGE_ID_INVALID",
    ),
    "deleting nothing": (
        "deleteMessage",
        {"chat_id": RIVA, "message_id": 99},
        "Bad Request: message to delete not found",
    ),
    "forwarding nothing": (
        "forwardMessage",
        {"chat_id": RIVA, "from_chat_id": LASSE, "message_id": 99},
        "Bad Request: message to forward not found",
    ),
    "copying nothing": (
        "copyMessage",
        {"chat_id": RIVA, "from_chat_id": LASSE, "message_id": 99},
        "Bad Request: message to copy not found",
    ),
    "an answer to no button": (
        "answerCallbackQuery",
        {"callback_query_id": "1"},
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    ),
    "201 characters of toast": (
        "answerCallbackQuery",
        {"callback_query_id": "1", "text": "x" * 201},
        "Bad Request: MESSAGE_TOO_LONG",
    ),
    "a toast that opens a website": (
        "answerCallbackQuery",
        {"callback_query_id": "1", "url": "https://example.org"},
        "Bad Request: URL_INVALID",
    ),
    "a file nobody has": ("getFile", {"file_id": "x"}, "Bad Request: invalid file_id"),
    "a command in capitals": (
        "setMyCommands",
        {"commands": [{"command": "Find", "description": "x"}]},
        "Bad Request: BOT_COMMAND_INVALID",
    ),
    "a command without words": (
        "setMyCommands",
        {"commands": [{"command": "find", "description": ""}]},
        "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID",
    ),
    "a webhook over http": (
        "setWebhook",
        {"url": "http://example.org/"},
        "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
    ),
    "a strange secret": (
        "setWebhook",
        {"url": "https://example.org/", "secret_token": "ä"},
        "Bad Request: secret token contains unallowed characters",
    ),
    "a reaction to nothing": (
        "setMessageReaction",
        {"chat_id": RIVA, "message_id": 99},
        "Bad Request: message to react not found",
    ),
}


@pytest.mark.parametrize(("method", "values", "words"), REFUSED.values(), ids=REFUSED)
async def test_what_telegram_refuses_is_refused_in_its_words(
    api: Api, method: str, values: dict[str, Any], words: str
) -> None:
    assert await api.complaint(method, **values) == words


ACCEPTED = {
    "4,096 characters": ("sendMessage", message(text="x" * 4096)),
    "4,096 characters in tags": (
        "sendMessage",
        message(text=f"<b>{'x' * 4096}</b>", parse_mode="HTML"),
    ),
    "64 bytes of data": ("sendMessage", keyboard(callback_data="é" * 32)),
    "100 buttons": ("sendMessage", message(reply_markup=under(*([GO] * 8,) * 12, [GO] * 4))),
    "256 characters to copy": ("sendMessage", keyboard(copy_text={"text": "x" * 256})),
    "a web app": ("sendMessage", keyboard(web_app={"url": "https://example.org/"})),
    "a web app on this machine": (
        "sendMessage",
        keyboard(web_app={"url": "http://127.0.0.1:8000/map"}),
    ),
    "a link": ("sendMessage", keyboard(url="https://example.org/a?b=c")),
    "a link with a port": ("sendMessage", keyboard(url="http://127.0.0.1:8080/")),
    "a link without a scheme": ("sendMessage", keyboard(url="t.me/parkplace_bot?start=x")),
    "inline in this chat": ("sendMessage", keyboard(switch_inline_query_current_chat="")),
    "a reply to nothing, if need be": (
        "sendMessage",
        message(reply_parameters={"message_id": 99, "allow_sending_without_reply": True}),
    ),
    "the edge of the map": (
        "sendLocation",
        {"chat_id": RIVA, "latitude": -90, "longitude": 180, "live_period": 60},
    ),
    "a venue": (
        "sendVenue",
        {"chat_id": RIVA, "latitude": 0, "longitude": 0, "title": "Here", "address": "There 1"},
    ),
}


@pytest.mark.parametrize(("method", "values"), ACCEPTED.values(), ids=ACCEPTED)
async def test_what_just_fits_is_sent(api: Api, method: str, values: dict[str, Any]) -> None:
    assert (await api.result(method, **values))["chat"]["id"] == RIVA


async def test_another_bots_token_is_unauthorized(api: Api) -> None:
    async with api.session.get(f"{api.sandbox.url}/bot1:wrong/getMe") as response:
        assert response.status == 401
        assert await response.json() == {
            "ok": False,
            "error_code": 401,
            "description": "Unauthorized",
        }


async def test_a_location_button_is_for_private_chats_only(api: Api) -> None:
    group = api.sandbox.add_group("Neighbours", RIVA)
    ask = {"keyboard": [[button("Where I am", request_location=True)]]}

    complaint = await api.complaint("sendMessage", chat_id=group.id, text="?", reply_markup=ask)

    assert complaint == "Bad Request: location can be requested in private chats only"


@pytest.mark.parametrize(
    "body",
    [b"[1]", b"{", b"\xff", b'{"text": "\\ud83d"}', b'{"chat_id": NaN}'],
    ids=["array", "broken", "bytes", "half a character", "no number"],
)
async def test_a_garbled_body_is_a_bad_request(api: Api, body: bytes) -> None:
    url = f"{api.sandbox.url}/bot{api.sandbox.token}/sendMessage"
    headers = {"Content-Type": "application/json"}
    async with api.session.post(url, data=body, headers=headers) as response:
        assert response.status == 400
        assert (await response.json())["description"].startswith("Bad Request: ")


@pytest.mark.parametrize("way", ["query", "form", "json"])
async def test_parameters_come_by_query_form_or_json(api: Api, way: str) -> None:
    url = f"{api.sandbox.url}/bot{api.sandbox.token}/SENDMESSAGE"
    values = {"chat_id": str(RIVA), "text": "hello"}
    send = {"query": {"params": values}, "form": {"data": values}, "json": {"json": values}}[way]
    async with api.session.post(url, **send) as response:
        assert (await response.json())["result"]["text"] == "hello"
