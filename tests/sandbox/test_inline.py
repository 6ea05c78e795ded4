"""Inline queries: asked anywhere, answered once, sent via the bot, edited without a chat."""

from typing import Any

import pytest

from sandbox import FRIENDS, Driver
from tests.sandbox.conftest import LASSE, RIVA, Api, button, picture, under

HERE = (60.17, 24.94)


def article(result_id: str = "1", **values: Any) -> dict[str, Any]:
    said = {"message_text": "<b>Garage</b> B", "parse_mode": "HTML"}
    given = {"type": "article", "id": result_id, "title": "Garage B"}
    return given | {"input_message_content": said} | values


async def test_a_query_carries_words_and_a_place_if_it_is_shared(api: Api, riva: Driver) -> None:
    await riva.ask_inline("station 9-12", at=HERE)
    await riva.ask_inline("", offset="10")
    first, second = [update["inline_query"] for update in await api.updates()]

    assert first["query"] == "station 9-12"
    assert first["location"] == {"latitude": 60.17, "longitude": 24.94}
    assert (second["offset"], "location" in second) == ("10", False)


async def test_a_chosen_result_is_a_message_via_the_bot(
    api: Api, riva: Driver, lasse: Driver
) -> None:
    asked = await riva.ask_inline("garage")
    markup = under([button("Book", callback_data="book:7")])
    results = [article("1", reply_markup=markup), article("2")]
    await api.result(
        "answerInlineQuery", inline_query_id=asked.id, results=results, next_offset="2"
    )
    answer = await asked.answer()
    message = await riva.choose(answer["results"][0], "garage")

    assert answer["next_offset"] == "2"
    assert lasse.messages == [message]
    assert (message["text"], message["chat"]["id"]) == ("Garage B", FRIENDS)
    assert message["via_bot"]["username"] == "parkplace_bot"
    _, chosen = await api.updates()
    inline_id = chosen["chosen_inline_result"]["inline_message_id"]
    assert chosen["chosen_inline_result"]["result_id"] == "1"

    await lasse.press("Book")
    [query] = [update["callback_query"] for update in await api.updates()]
    assert (query["inline_message_id"], query["from"]["id"]) == (inline_id, LASSE)
    assert "message" not in query

    edit = {"inline_message_id": inline_id, "text": "Booked"}
    assert await api.result("editMessageText", **edit) is True
    assert riva.messages[-1]["text"] == "Booked"
    assert (await api.complaint("editMessageText", **edit)).startswith(
        "Bad Request: message is not modified"
    )


async def test_a_result_without_a_keyboard_cannot_be_edited_later(api: Api, riva: Driver) -> None:
    asked = await riva.ask_inline("garage")
    await api.result("answerInlineQuery", inline_query_id=asked.id, results=[article()])
    await riva.choose((await asked.answer())["results"][0])
    _, chosen = await api.updates()
    assert "inline_message_id" not in chosen["chosen_inline_result"]


async def test_a_kept_photo_and_a_venue_can_be_results(api: Api, riva: Driver) -> None:
    photo = (await riva.send_photo(picture()))["photo"][-1]["file_id"]
    venue = {"title": "Garage", "address": "Street 1", "latitude": 60, "longitude": 25}
    results = [
        {"type": "photo", "id": "p", "photo_file_id": photo, "caption": "here"},
        {"type": "venue", "id": "v"} | venue,
        article("s", input_message_content=venue),
    ]
    asked = await riva.ask_inline("")
    await api.result("answerInlineQuery", inline_query_id=asked.id, results=results)

    sent = [await riva.choose(result) for result in (await asked.answer())["results"]]

    assert sent[0]["caption"] == "here"
    assert sent[1]["venue"] == sent[2]["venue"]


REFUSED = {
    "51 results": ({"results": [article(str(n)) for n in range(51)]}, "RESULTS_TOO_MUCH"),
    "65 bytes of id": ({"results": [article("x" * 65)]}, "RESULT_ID_INVALID"),
    "no id": ({"results": [article("")]}, "RESULT_ID_INVALID"),
    "no title": ({"results": [article(title="")]}, "ARTICLE_TITLE_EMPTY"),
    "the same id twice": ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
    "65 bytes of offset": ({"results": [], "next_offset": "é" * 33}, "NEXT_OFFSET_INVALID"),
    "a long text": (
        {"results": [article(input_message_content={"message_text": "x" * 4097})]},
        "message is too long",
    ),
    "a photo from elsewhere": (
        {"results": [{"type": "photo", "id": "1", "photo_url": "https://example.org/a.jpg"}]},
        "the sandbox fetches nothing from URLs; upload the file instead",
    ),
    "a strange start": (
        {"results": [], "button": {"text": "Where?", "start_parameter": "ä"}},
        "START_PARAM_INVALID",
    ),
    "65 bytes of data": (
        {"results": [article(reply_markup=under([button("Go", callback_data="x" * 65)]))]},
        "BUTTON_DATA_INVALID",
    ),
}


@pytest.mark.parametrize(("answer", "words"), REFUSED.values(), ids=REFUSED)
async def test_what_does_not_fit_is_refused(
    api: Api, riva: Driver, answer: dict[str, Any], words: str
) -> None:
    asked = await riva.ask_inline("garage")
    complaint = await api.complaint("answerInlineQuery", inline_query_id=asked.id, **answer)
    assert complaint == f"Bad Request: {words}"


async def test_fifty_results_with_a_button_above_them_fit(api: Api, riva: Driver) -> None:
    asked = await riva.ask_inline("garage")
    above = {"text": "Where am I?", "start_parameter": "inline"}
    results = [article("é" * 31 + f"{n:02}") for n in range(50)]
    await api.result("answerInlineQuery", inline_query_id=asked.id, results=results, button=above)
    answer = await asked.answer()
    assert (len(answer["results"]), answer["button"]) == (50, above)


async def test_a_query_is_answered_once(api: Api, riva: Driver) -> None:
    asked = await riva.ask_inline("garage")
    await api.result("answerInlineQuery", inline_query_id=asked.id, results=[])
    again = await api.complaint("answerInlineQuery", inline_query_id=asked.id, results=[])
    assert again == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


async def test_a_web_app_answers_into_the_chat_it_was_opened_in(
    api: Api, riva: Driver, lasse: Driver
) -> None:
    url = await riva.open_web_app("https://example.org/map")
    [query_id] = [key for key in riva.world.questions if key in url]
    sent = await api.result("answerWebAppQuery", web_app_query_id=query_id, result=article())
    assert riva.last_message["text"] == "Garage B"
    assert sent == {"inline_message_id": riva.last_message["inline_message_id"]}
    assert riva.last_message["chat"]["id"] == RIVA
    assert lasse.messages == []
