"""The chat page's protocol: frames both ways, uploads, files."""

import gzip
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from sandbox import FRIENDS, Driver, Sandbox
from tests.sandbox.conftest import LASSE, RIVA, Api, button, picture, under


@dataclass
class Pane:
    """One half of the chat page: a person's open WebSocket."""

    socket: aiohttp.ClientWebSocketResponse
    hello: dict[str, Any]

    async def send(self, kind: str, **values: Any) -> None:
        await self.socket.send_json({"type": kind} | values)

    async def next(self, kind: str) -> dict[str, Any]:
        """The next frame of a kind, others passed over."""
        while True:
            frame = await self.socket.receive_json(timeout=5)
            if frame["type"] == kind:
                return frame


@asynccontextmanager
async def opened(api: Api, person: int) -> AsyncIterator[Pane]:
    url = f"{api.sandbox.url}/page/ws?person={person}"
    async with api.session.ws_connect(url) as socket:
        yield Pane(socket, await socket.receive_json(timeout=5))


@pytest.fixture
async def pane(api: Api) -> AsyncIterator[Pane]:
    async with opened(api, RIVA) as pane:
        yield pane


async def test_the_page_knows_its_two_people(api: Api) -> None:
    async with api.session.get(f"{api.sandbox.url}/page/people") as response:
        people = await response.json()
    assert [(each["id"], each["first_name"], each["role"]) for each in people] == [
        (RIVA, "Riva", "renter"),
        (LASSE, "Lasse", "lister"),
    ]


async def test_hello_tells_everything_a_page_needs(api: Api, riva: Driver) -> None:
    await api.result("setMyDescription", description="Finds you a space.")
    await api.result("setMyCommands", commands=[{"command": "find", "description": "Find"}])
    await riva.send_text("hi")
    async with opened(api, RIVA) as pane:
        hello = pane.hello
    assert hello["person"]["first_name"] == "Riva"
    assert hello["bot"]["description"] == "Finds you a space."
    assert hello["bot"]["commands"] == [{"command": "find", "description": "Find"}]
    assert hello["bot"]["menu_button"] == {"type": "default"}
    assert [message["text"] for message in hello["messages"]] == ["hi"]
    assert (hello["reply_keyboard"], hello["blocked"]) == (None, False)


async def test_a_text_goes_to_the_bot_and_comes_back_to_every_page(api: Api, pane: Pane) -> None:
    async with opened(api, RIVA) as other:
        await pane.send("send_text", text="/find me")
        shown = await other.next("message")
    assert (await pane.next("message"))["message"] == shown["message"]
    [update] = await api.updates()
    assert update["message"] == shown["message"]
    assert shown["message"]["entities"][0]["type"] == "bot_command"


async def test_what_the_bot_does_is_shown_live(api: Api, pane: Pane) -> None:
    await api.result("sendChatAction", chat_id=RIVA, action="typing")
    sent = await api.result("sendMessage", chat_id=RIVA, text="one", disable_notification=True)
    place = {"chat_id": RIVA, "message_id": sent["message_id"]}
    await api.result("setMessageReaction", **place, reaction=[{"type": "emoji", "emoji": "👍"}])
    await api.result("editMessageText", **place, text="two")
    await api.result("deleteMessage", **place)
    keys = {"keyboard": [[{"text": "Menu"}]]}
    await api.result("sendMessage", chat_id=RIVA, text="three", reply_markup=keys)
    await api.result("setMyName", name="Other")

    assert (await pane.next("action"))["action"] == "typing"
    assert await pane.next("message") == {"type": "message", "message": sent, "silent": True}
    assert (await pane.next("reaction"))["reaction"][0]["emoji"] == "👍"
    assert (await pane.next("edit"))["message"]["text"] == "two"
    assert (await pane.next("delete"))["message_id"] == sent["message_id"]
    assert (await pane.next("reply_keyboard"))["markup"] == keys
    assert (await pane.next("bot"))["bot"]["first_name"] == "Other"


async def test_a_press_ends_with_its_answer(api: Api, pane: Pane) -> None:
    markup = under([button("Go", callback_data="go")])
    sent = await api.result("sendMessage", chat_id=RIVA, text="?", reply_markup=markup)
    await pane.send("press", message_id=sent["message_id"], data="go")
    update = await api.update()
    query_id = update["callback_query"]["id"]
    link = "https://t.me/parkplace_bot?start=x"
    await api.result("answerCallbackQuery", callback_query_id=query_id, text="Gone", url=link)
    assert await pane.next("callback_answer") == {
        "type": "callback_answer",
        "callback_id": query_id,
        "message_id": sent["message_id"],
        "text": "Gone",
        "show_alert": False,
        "url": link,
    }


async def test_a_press_nobody_answers_ends_by_itself(session: aiohttp.ClientSession) -> None:
    async with Sandbox(query_timeout=0.01) as sandbox:
        api = Api(sandbox, session)
        async with opened(api, RIVA) as pane:
            markup = under([button("Go", callback_data="go")])
            sent = await api.result("sendMessage", chat_id=RIVA, text="?", reply_markup=markup)
            await pane.send("press", message_id=sent["message_id"], data="go")
            answer = await pane.next("callback_answer")
    assert (answer["message_id"], answer["text"]) == (sent["message_id"], "")


async def test_places_are_sent_moved_and_stopped(api: Api, pane: Pane) -> None:
    await pane.send("send_location", latitude=60, longitude=25, live_period=900)
    message_id = (await pane.next("message"))["message"]["message_id"]
    await pane.send("move_location", message_id=message_id, latitude=60.5, longitude=25)
    await pane.send("stop_location", message_id=message_id)
    assert (await pane.next("edit"))["message"]["location"]["latitude"] == 60.5
    assert (await pane.next("edit"))["message"]["location"] == {"latitude": 60.5, "longitude": 25}
    assert len(await api.updates()) == 3


async def test_inline_results_are_shown_and_chosen(api: Api, pane: Pane) -> None:
    await pane.send("inline", request=1, query="garage", latitude=60, longitude=25)
    update = await api.update()
    markup = under([button("Book", callback_data="book")])
    said = {"message_text": "Garage B"}
    result = {"type": "article", "id": "g", "title": "Garage", "input_message_content": said}
    await api.result(
        "answerInlineQuery",
        inline_query_id=update["inline_query"]["id"],
        results=[result | {"reply_markup": markup}],
    )
    shown = await pane.next("inline_results")
    assert (shown["request"], shown["results"][0]["title"]) == (1, "Garage")

    await pane.send("choose_inline", request=1, result_id="g")
    message = (await pane.next("message"))["message"]
    assert (message["chat"]["id"], message["text"]) == (FRIENDS, "Garage B")
    await pane.send("press_inline", inline_message_id=message["inline_message_id"], data="book")
    chosen, pressed = await api.update(), await api.update()
    inline_id = chosen["chosen_inline_result"]["inline_message_id"]
    assert pressed["callback_query"]["inline_message_id"] == inline_id


async def test_people_start_block_and_talk_to_each_other(api: Api, pane: Pane) -> None:
    async with opened(api, LASSE) as lasse:
        await pane.send("send_text", text="hello", chat_id=FRIENDS)
        assert (await lasse.next("message"))["message"]["text"] == "hello"
    await pane.send("start", payload="space_1")
    await pane.send("block", blocked=True)
    await pane.send("send_text", text="still there?")
    assert "blocked" in (await pane.next("error"))["text"]
    started, blocked = await api.updates()
    assert started["message"]["text"] == "/start space_1"
    assert blocked["my_chat_member"]["new_chat_member"]["status"] == "kicked"


async def test_a_web_app_is_opened_with_launch_data_and_sends_some_back(
    api: Api, pane: Pane
) -> None:
    await pane.send("open_web_app", request=4, url="https://example.org/map")
    frame = await pane.next("web_app")
    assert frame["request"] == 4
    assert frame["url"].startswith("https://example.org/map#tgWebAppData=")
    await pane.send("web_app_data", data="{}", button_text="Map")
    await pane.next("message")
    [update] = await api.updates()
    assert update["message"]["web_app_data"] == {"data": "{}", "button_text": "Map"}


GARBLED = {
    "no json": "{",
    "no object": "[1]",
    "unknown": '{"type": "dance"}',
    "half": '{"type": "press", "message_id": 1}',
    "no number": '{"type": "send_location", "latitude": "north", "longitude": 1}',
    "no place": '{"type": "send_location", "latitude": 91, "longitude": 1}',
    "gone": '{"type": "press", "message_id": 99, "data": "x"}',
    "half a character": '{"type": "send_text", "text": "\\ud83d"}',
    "empty": '{"type": "send_text", "text": " "}',
}


@pytest.mark.parametrize("frame", GARBLED.values(), ids=GARBLED)
async def test_a_garbled_frame_is_answered_in_words_and_the_talk_goes_on(
    pane: Pane, frame: str
) -> None:
    await pane.socket.send_str(frame)
    assert (await pane.next("error"))["text"]
    await pane.send("send_text", text="still here")
    assert (await pane.next("message"))["message"]["text"] == "still here"


async def test_a_strange_site_or_person_is_not_let_in(api: Api) -> None:
    url = f"{api.sandbox.url}/page/ws?person={RIVA}"
    for wrong, headers in ((url, {"Origin": "http://evil.example"}), (f"{url}9", {})):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await api.session.ws_connect(wrong, headers=headers)
        assert refused.value.status in (403, 404)


async def upload(api: Api, *files: bytes, **values: str) -> tuple[int, Any]:
    form = aiohttp.FormData(values)
    for data in files:
        form.add_field("file", data, filename="a.png", content_type="image/png")
    url = f"{api.sandbox.url}/page/upload?person={RIVA}"
    async with api.session.post(url, data=form) as response:
        return response.status, await response.json()


async def test_uploads_are_photos_albums_or_files(api: Api) -> None:
    await upload(api, picture(), caption="one")
    await upload(api, picture(), picture())
    await upload(api, picture(), **{"as": "document"})
    one, first, second, file = [update["message"] for update in await api.updates()]

    assert (one["caption"], "media_group_id" in one) == ("one", False)
    assert first["media_group_id"] == second["media_group_id"]
    assert file["document"]["file_name"] == "a.png"


async def test_an_upload_that_cannot_be_shown_is_refused_in_words(api: Api) -> None:
    status, body = await upload(api, b"no picture")
    assert (status, body["error"]) == (
        400,
        "This file is no picture Telegram could show. Send it as a file.",
    )
    assert (await upload(api, *[picture()] * 11))[0] == 400
    assert (await upload(api))[0] == 400
    assert (await upload(api, **{"as": "document"}))[0] == 400


async def test_files_are_shown_or_saved_by_their_type(api: Api, riva: Driver) -> None:
    photo = (await riva.send_photo(picture()))["photo"][-1]
    page = (await riva.send_document(b"<script>", "a.html", "text/html"))["document"]

    async def headers(file_id: str) -> Any:
        async with api.session.get(f"{api.sandbox.url}/page/file/{file_id}") as response:
            return response.headers

    assert "Content-Disposition" not in await headers(photo["file_id"])
    assert (await headers(page["file_id"]))["Content-Disposition"].startswith("attachment;")
    async with api.session.get(f"{api.sandbox.url}/page/file/none") as response:
        assert response.status == 404


async def test_the_page_and_its_map_library_are_served_and_nothing_else(api: Api) -> None:
    async def status(path: str) -> tuple[int, str]:
        async with api.session.get(f"{api.sandbox.url}{path}") as response:
            return response.status, response.content_type

    assert await status("/") == (200, "text/html")
    assert await status("/static/index.html") == (200, "text/html")
    assert (await status("/leaflet/leaflet.js")) == (200, "text/javascript")
    assert (await status("/static/%2e%2e/server.py"))[0] == 404
    assert (await status("/static/none.js"))[0] == 404
    assert (await status("/city.geojson"))[0] == 404


async def test_the_city_is_sent_packed(session: aiohttp.ClientSession, tmp_path: Path) -> None:
    city = tmp_path / "city.geojson.gz"
    city.write_bytes(gzip.compress(json.dumps({"type": "FeatureCollection"}).encode()))
    async with (
        Sandbox(city=city) as sandbox,
        session.get(f"{sandbox.url}/city.geojson") as response,
    ):
        assert response.headers["Content-Encoding"] == "gzip"
        assert await response.json(content_type=None) == {"type": "FeatureCollection"}
