"""People and their apps: odd ones, blocking ones, groups, deep links."""

import hashlib
import hmac
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from telegram import Bot
from telegram.error import Forbidden

from sandbox import FRIENDS, Driver, Person, Refused, Sandbox, shown
from tests.sandbox.conftest import LASSE, RIVA, Api, Watch, button, picture, under


async def test_an_odd_person_has_no_empty_fields(sandbox: Sandbox, api: Api) -> None:
    ann = sandbox.add_person(Person(7, "🚗", language_code=""))
    await ann.send_text("hi")
    [update] = await api.updates()
    assert update["message"]["from"] == {"id": 7, "is_bot": False, "first_name": "🚗"}
    assert update["message"]["chat"] == {"id": 7, "type": "private", "first_name": "🚗"}


async def test_many_people_talk_at_once_and_none_is_mixed_up(sandbox: Sandbox, bot: Bot) -> None:
    people = [sandbox.add_person(Person(2000 + n, f"Person {n}")) for n in range(60)]
    for person in people:
        await person.send_text(f"I am {person.id}")
    for update in await bot.get_updates():
        await update.message.reply_text(update.message.text.replace("I am", "You are"))
    for person in people:
        assert (await person.reply())["text"] == f"You are {person.id}"


async def test_who_blocks_the_bot_hears_nothing_until_unblocking(
    api: Api, bot: Bot, riva: Driver
) -> None:
    await riva.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(RIVA, "hello?")
    with pytest.raises(Refused, match="blocked"):
        await riva.send_text("no")
    await riva.block(blocked=False)
    await bot.send_message(RIVA, "hello again")

    changes = [update["my_chat_member"] for update in await api.updates()]
    assert [change["new_chat_member"]["status"] for change in changes] == ["kicked", "member"]


async def test_a_person_who_never_came_is_not_written_to(sandbox: Sandbox, bot: Bot) -> None:
    ann = sandbox.add_person(Person(7, "Ann", started=False))
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(7, "hello?")
    await ann.start()
    await bot.send_message(7, "hello")


async def test_a_deep_link_starts_with_its_payload(api: Api, riva: Driver) -> None:
    await riva.start("space_a-1")
    [update] = await api.updates()
    assert update["message"]["text"] == "/start space_a-1"
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


@pytest.mark.parametrize("payload", ["x" * 65, "a b", "ä", "a="], ids=repr)
async def test_a_broken_deep_link_is_refused_by_the_app(riva: Driver, payload: str) -> None:
    with pytest.raises(Refused, match="broken"):
        await riva.start(payload)


async def test_in_a_group_the_bot_hears_only_what_concerns_it(
    sandbox: Sandbox, api: Api, bot: Bot, riva: Driver, lasse: Driver
) -> None:
    group = sandbox.add_group("Neighbours", RIVA, LASSE)
    said = await bot.send_message(group.id, "Hello, all")
    await riva.send_text("just between us", chat=group.id)
    await riva.send_text("/find@other_bot", chat=group.id)
    await riva.send_text("/find", chat=group.id)
    await lasse.send_text("/find@parkplace_bot", chat=group.id)
    await lasse.send_text("thanks", chat=group.id, reply_to=said.message_id)

    added, joined, *heard = await api.updates()
    assert added["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert joined["message"]["new_chat_members"][0]["username"] == "parkplace_bot"
    assert [update["message"]["text"] for update in heard] == [
        "/find",
        "/find@parkplace_bot",
        "thanks",
    ]
    assert heard[-1]["message"]["reply_to_message"]["text"] == "Hello, all"
    assert (await bot.get_chat_member(group.id, RIVA)).status == "member"
    assert [message["chat"]["title"] for message in lasse.messages] == ["Neighbours"] * 7


async def test_friends_talk_without_the_bot(api: Api, riva: Driver, lasse: Driver) -> None:
    await riva.send_text("see you at nine", chat=FRIENDS)
    assert shown(lasse.messages[-1]) == "see you at nine"
    assert await api.updates() == []


async def test_a_live_location_is_followed_until_it_stops(
    api: Api, riva: Driver, watch: Watch
) -> None:
    message = await riva.send_location(60, 25, live_period=900)
    await riva.move_location(message["message_id"], 60.1, 25)
    await riva.stop_location(message["message_id"])
    first, moved, stopped = await api.updates()

    assert first["message"]["location"]["live_period"] == 900
    assert moved["edited_message"]["location"]["latitude"] == 60.1
    assert stopped["edited_message"]["location"] == {"latitude": 60.1, "longitude": 25}

    again = await riva.send_location(60, 25, live_period=900)
    watch.turn(901)
    with pytest.raises(Refused, match="no longer live"):
        await riva.move_location(again["message_id"], 60.1, 25)


async def test_a_keyboard_is_tapped_by_its_labels(api: Api, riva: Driver) -> None:
    keys = [[button("Where I am", request_location=True), "Menu"]]
    markup = {"keyboard": keys, "resize_keyboard": True}
    await api.result("sendMessage", chat_id=RIVA, text="?", reply_markup=markup)
    assert riva.keyboard == ["Where I am", "Menu"]

    await riva.tap("Where I am", at=(60, 25))
    await riva.tap("Menu")
    place, word = [update["message"] for update in await api.updates()]
    assert place["location"] == {"latitude": 60, "longitude": 25}
    assert word["text"] == "Menu"

    await api.result("sendMessage", chat_id=RIVA, text="!", reply_markup={"remove_keyboard": True})
    assert riva.keyboard == []
    with pytest.raises(Refused, match="no button 'Menu'"):
        await riva.tap("Menu")


async def test_a_button_that_is_gone_can_still_be_pressed_by_who_saw_it(
    api: Api, bot: Bot, riva: Driver
) -> None:
    markup = under([button("Go", callback_data="go")])
    sent = await api.result("sendMessage", chat_id=RIVA, text="?", reply_markup=markup)
    await bot.edit_message_text("gone", RIVA, sent["message_id"])
    await riva.press_data(sent["message_id"], "go")
    [update] = await api.updates()
    assert update["callback_query"]["message"]["text"] == "gone"
    with pytest.raises(Refused, match="no button 'Go'"):
        await riva.press("Go")


async def test_a_forward_says_who_spoke_first_and_leaves_the_buttons_behind(
    api: Api, riva: Driver, lasse: Driver
) -> None:
    markup = under([button("Go", callback_data="go")])
    sent = await api.result("sendMessage", chat_id=RIVA, text="?", reply_markup=markup)
    await riva.forward(sent["message_id"], chat=FRIENDS)
    assert shown(lasse.messages[-1]) == "?"

    await lasse.forward(lasse.messages[-1]["message_id"])
    [update] = await api.updates()
    assert update["message"]["forward_origin"]["sender_user"]["is_bot"]
    with pytest.raises(Refused, match="gone"):
        await lasse.forward(sent["message_id"])


async def test_replies_come_in_order_and_waiting_has_an_end(bot: Bot, riva: Driver) -> None:
    sent = await bot.send_message(RIVA, "one")
    await bot.edit_message_text("two", RIVA, sent.message_id)
    assert [(await riva.reply())["text"] for _ in range(2)] == ["one", "two"]
    with pytest.raises(TimeoutError, match="two"):
        await riva.wait_for_text("three", timeout=0.01)


async def test_a_message_reads_as_words_and_rows(api: Api, riva: Driver) -> None:
    markup = under([button("1", callback_data="1"), button("2", callback_data="2")])
    await api.form(
        "sendPhoto", {"photo": picture()}, chat_id=RIVA, caption="x", reply_markup=markup
    )
    assert shown(riva.last_message) == "<photo>\nx\n[1] [2]"


async def test_a_web_app_gets_launch_data_signed_with_the_token(
    sandbox: Sandbox, riva: Driver
) -> None:
    url = await riva.open_web_app("https://example.org/map?x=1")
    [data] = parse_qs(urlsplit(url).fragment)["tgWebAppData"]
    fields = dict(parse_qsl(data))
    signature = fields.pop("hash")
    checked = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    key = hmac.digest(b"WebAppData", sandbox.token.encode(), hashlib.sha256)

    assert url.startswith("https://example.org/map?x=1#")
    assert '"id":1001' in fields["user"]
    assert hmac.new(key, checked.encode(), hashlib.sha256).hexdigest() == signature
