"""Whatever is sent, the answer is a result or a complaint, never a crash."""

import contextlib
import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox import Sandbox
from sandbox.errors import ApiError
from sandbox.parameters import Parameters
from tests.sandbox.conftest import RIVA, button, under
from tests.sizes import size

EXAMPLES = size(small=100, full=2_000)

KEYBOARD = under(
    [
        button("a", callback_data="a"),
        button("b", url="https://example.org"),
        button("c", copy_text={"text": "c"}),
        button("d", web_app={"url": "https://example.org"}),
    ]
)
ENTITY = {"type": "bold", "offset": 0, "length": 1}
PLACE = {"latitude": 60, "longitude": 25, "live_period": 60, "heading": 1}
PHOTO = {"type": "photo", "media": "x", "caption": "<b>x</b>", "parse_mode": "HTML"}
ARTICLE = {
    "type": "article",
    "id": "1",
    "title": "x",
    "input_message_content": {"message_text": "x", "entities": [ENTITY]},
    "reply_markup": under([button("a", callback_data="a")]),
}
CALLS = {
    "sendMessage": {
        "text": "x",
        "parse_mode": "",
        "entities": [ENTITY],
        "reply_markup": KEYBOARD,
        "reply_parameters": {"message_id": 1, "chat_id": RIVA},
        "link_preview_options": {"is_disabled": True},
    },
    "sendLocation": PLACE | {"reply_markup": {"keyboard": [[{"text": "x"}]]}},
    "sendVenue": PLACE | {"title": "x", "address": "x"},
    "sendPhoto": PHOTO | {"photo": "x"},
    "sendMediaGroup": {"media": [PHOTO, PHOTO]},
    "sendChatAction": {"action": "typing"},
    "editMessageText": {"message_id": 1, "text": "x", "reply_markup": KEYBOARD},
    "editMessageMedia": {"message_id": 1, "media": PHOTO},
    "editMessageLiveLocation": PLACE | {"message_id": 2},
    "deleteMessages": {"message_ids": [1, 2]},
    "copyMessage": {"from_chat_id": RIVA, "message_id": 1, "caption": "x"},
    "pinChatMessage": {"message_id": 1},
    "setMessageReaction": {"message_id": 1, "reaction": [{"type": "emoji", "emoji": "x"}]},
    "getChatMember": {"user_id": RIVA},
    "getUpdates": {"offset": 1, "limit": 1, "allowed_updates": ["message"]},
    "setWebhook": {"url": "https://example.org", "secret_token": "x", "max_connections": 1},
    "setMyCommands": {
        "commands": [{"command": "x", "description": "x"}],
        "scope": {"type": "chat", "chat_id": RIVA},
        "language_code": "en",
    },
    "setMyName": {"name": "x", "language_code": "en"},
    "setChatMenuButton": {
        "menu_button": {"type": "web_app", "text": "x", "web_app": {"url": "https://a.b"}}
    },
    "answerCallbackQuery": {"callback_query_id": "1", "text": "x", "url": "t.me/a?b"},
    "answerInlineQuery": {
        "inline_query_id": "1",
        "results": [ARTICLE, {"type": "venue", "id": "2", **PLACE, "title": "x", "address": "x"}],
        "button": {"text": "x", "start_parameter": "x"},
    },
    "answerWebAppQuery": {"web_app_query_id": "1", "result": ARTICLE},
}
junk = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.sampled_from(["[", "[[]]", "[1]", "{}", "http://[", "tg://", "attach://x", "<b"]),
    st.sampled_from([[], [1], [[1]], {}, {"x": 1}, [{}], [[{}]]]),
)


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every path inside a call that something else could stand at."""
    if path:
        yield path
    if isinstance(node, dict | list):
        for key in node if isinstance(node, dict) else range(len(node)):
            yield from places(node[key], (*path, key))


def spoiled(values: dict[str, Any], path: tuple[Any, ...], wrong: Any) -> dict[str, Any]:
    """The call with something wrong at a place."""
    values = node = copy.deepcopy(values)
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = wrong
    return values


@pytest.mark.parametrize("method", CALLS)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
async def test_a_spoiled_call_gets_a_result_or_a_complaint(
    sandbox: Sandbox, method: str, data: st.DataObject
) -> None:
    values = {"chat_id": RIVA} | CALLS[method]
    path = data.draw(st.sampled_from(list(places(values))))
    wrong = spoiled(values, path, data.draw(junk))
    # A complaint is as good as a result; anything else that is raised fails the test.
    with contextlib.suppress(ApiError):
        await sandbox.call(method, Parameters(wrong))
