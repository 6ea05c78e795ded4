"""Long polling: one poller, nothing lost, nothing forgotten before it is confirmed."""

import asyncio

from sandbox import Driver
from tests.sandbox.conftest import Api, Watch


async def test_an_update_comes_again_until_the_offset_moves(api: Api, riva: Driver) -> None:
    await riva.send_text("one")
    [first] = await api.result("getUpdates")
    assert await api.result("getUpdates", offset=first["update_id"]) == [first]

    await riva.send_text("two")
    [second] = await api.result("getUpdates", offset=first["update_id"] + 1)

    assert second["message"]["text"] == "two"
    assert second["update_id"] == first["update_id"] + 1


async def test_a_limit_leaves_the_rest_for_later(api: Api, riva: Driver) -> None:
    for text in "abc":
        await riva.send_text(text)
    found = await api.result("getUpdates", limit=2)
    assert [update["message"]["text"] for update in found] == ["a", "b"]


async def test_a_negative_offset_forgets_all_but_the_last(api: Api, riva: Driver) -> None:
    for text in "abc":
        await riva.send_text(text)
    await api.result("getUpdates", offset=-1)
    assert [update["message"]["text"] for update in await api.result("getUpdates")] == ["c"]


async def test_a_poll_waits_for_what_happens(api: Api, riva: Driver) -> None:
    poll = asyncio.create_task(api.result("getUpdates", timeout=30))
    await api.sandbox.called("getUpdates")
    await riva.send_text("at last")
    [update] = await poll
    assert update["message"]["text"] == "at last"


async def test_a_poll_without_news_ends_empty(api: Api) -> None:
    assert await api.result("getUpdates", timeout=0.01) == []


async def test_a_second_poller_ends_the_first_with_conflict(api: Api) -> None:
    first = asyncio.create_task(api.complaint("getUpdates", timeout=30))
    await api.sandbox.called("getUpdates")
    assert await api.result("getUpdates") == []
    assert await first == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )


async def test_only_allowed_kinds_are_queued_from_then_on(api: Api, riva: Driver) -> None:
    message = await riva.send_text("before")
    await api.updates(allowed_updates=["edited_message"])

    await riva.send_text("after")
    await riva.edit_text(message["message_id"], "/changed")

    [update] = await api.updates()
    assert update["edited_message"]["text"] == "/changed"
    assert update["edited_message"]["entities"][0]["type"] == "bot_command"


async def test_an_empty_list_allows_the_usual_kinds_again(api: Api, riva: Driver) -> None:
    await api.updates(allowed_updates=["edited_message"])
    await api.updates(allowed_updates=[])
    await riva.send_text("heard")
    assert len(await api.updates()) == 1


async def test_a_strange_update_can_be_put_into_the_queue(api: Api) -> None:
    update_id = api.sandbox.inject({"message": "not a message"})
    assert await api.updates() == [{"update_id": update_id, "message": "not a message"}]


async def test_a_press_is_asked_once_and_answered_once(
    api: Api, riva: Driver, watch: Watch
) -> None:
    markup = {"inline_keyboard": [[{"text": "Book · €5.00", "callback_data": "book:1"}]]}
    await api.result("sendMessage", chat_id=riva.id, text="Here", reply_markup=markup)
    first, second = await riva.press("Book"), await riva.press("book:1")
    queries = [update["callback_query"] for update in await api.updates()]
    assert [query["id"] for query in queries] == [first.id, second.id]
    assert first.id != second.id
    assert queries[0]["message"]["text"] == "Here"
    assert queries[0]["data"] == "book:1"

    await api.result("answerCallbackQuery", callback_query_id=first.id, text="Done", show_alert=1)
    answer = await first.answer()
    assert (answer["text"], answer["show_alert"]) == ("Done", True)
    again = await api.complaint("answerCallbackQuery", callback_query_id=first.id)
    watch.turn(31)
    late = await api.complaint("answerCallbackQuery", callback_query_id=second.id)
    assert again == late
    assert late.startswith("Bad Request: query is too old")
