"""Edits, deletions, copies: what changes is shown, what does not is refused."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto
from telegram.error import BadRequest

from sandbox import Driver, buttons
from tests.sandbox.conftest import LASSE, RIVA, Api, Watch, picture

NOT_MODIFIED = (
    "Message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
ROW = InlineKeyboardMarkup([[InlineKeyboardButton("1", callback_data="1")]])


async def test_an_edit_is_shown_and_drops_the_keyboard(bot: Bot, riva: Driver) -> None:
    message = await bot.send_message(RIVA, "one", reply_markup=ROW)
    edited = await bot.edit_message_text("two", RIVA, message.message_id)

    assert edited.edit_date
    assert (riva.last_message["text"], buttons(riva.last_message)) == ("two", [])


@pytest.mark.parametrize("text", ["<b>one</b>", " <b>one</b>\n"], ids=["same", "but for spaces"])
async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, text: str) -> None:
    message = await bot.send_message(RIVA, "<b>one</b>", "HTML", reply_markup=ROW)
    with pytest.raises(BadRequest, match=NOT_MODIFIED):
        await bot.edit_message_text(
            text, RIVA, message.message_id, parse_mode="HTML", reply_markup=ROW
        )


async def test_formatting_alone_is_a_change(bot: Bot, riva: Driver) -> None:
    message = await bot.send_message(RIVA, "one")
    await bot.edit_message_text("<b>one</b>", RIVA, message.message_id, parse_mode="HTML")
    assert riva.last_message["entities"][0]["type"] == "bold"


async def test_a_text_can_become_a_photo_and_not_go_back(bot: Bot, riva: Driver) -> None:
    message = await bot.send_message(RIVA, "one", reply_markup=ROW)
    media = InputMediaPhoto(picture(), caption="<i>here</i>", parse_mode="HTML")
    await bot.edit_message_media(media, RIVA, message.message_id, reply_markup=ROW)

    shown = riva.last_message
    assert (shown["caption"], len(shown["photo"])) == ("here", 1)
    assert "text" not in shown
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("two", RIVA, message.message_id)
    with pytest.raises(BadRequest, match=NOT_MODIFIED):
        await bot.edit_message_media(media, RIVA, message.message_id, reply_markup=ROW)
    await bot.edit_message_caption(RIVA, message.message_id, caption="there", reply_markup=ROW)
    assert riva.last_message["caption"] == "there"


async def test_a_text_has_no_caption_to_edit(bot: Bot) -> None:
    message = await bot.send_message(RIVA, "one")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await bot.edit_message_caption(RIVA, message.message_id, caption="two")


async def test_a_keyboard_can_be_changed_alone(bot: Bot, riva: Driver) -> None:
    message = await bot.send_message(RIVA, "one")
    await bot.edit_message_reply_markup(RIVA, message.message_id, reply_markup=ROW)
    assert buttons(riva.last_message)[0][0]["text"] == "1"
    with pytest.raises(BadRequest, match=NOT_MODIFIED):
        await bot.edit_message_reply_markup(RIVA, message.message_id, reply_markup=ROW)


async def test_a_persons_message_is_not_the_bots_to_edit(api: Api, riva: Driver) -> None:
    message = await riva.send_text("mine")
    complaint = await api.complaint(
        "editMessageText", chat_id=RIVA, message_id=message["message_id"], text="yours"
    )
    assert complaint == "Bad Request: message can't be edited"


async def test_messages_are_deleted_before_48_hours_are_over(
    api: Api, riva: Driver, watch: Watch
) -> None:
    young = await riva.send_text("young")
    old = await api.result("sendMessage", chat_id=RIVA, text="old")
    await api.result("deleteMessage", chat_id=RIVA, message_id=young["message_id"])
    assert [message["text"] for message in riva.messages] == ["old"]

    watch.turn(48 * 3600 + 1)
    complaint = await api.complaint("deleteMessage", chat_id=RIVA, message_id=old["message_id"])
    assert complaint == "Bad Request: message can't be deleted for everyone"


async def test_several_messages_are_deleted_at_once_missing_ones_skipped(
    bot: Bot, riva: Driver
) -> None:
    sent = [await bot.send_message(RIVA, text) for text in "abc"]
    await bot.delete_messages(RIVA, [sent[0].message_id, 99_999, sent[2].message_id])
    assert [message["text"] for message in riva.messages] == ["b"]


async def test_a_copy_looks_new_and_a_forward_says_from_whom(
    bot: Bot, riva: Driver, lasse: Driver
) -> None:
    message = await riva.send_photo(picture(), "my car")
    await bot.copy_message(LASSE, RIVA, message["message_id"], caption="a car")
    assert lasse.last_message["caption"] == "a car"
    assert "forward_origin" not in lasse.last_message

    await bot.forward_message(LASSE, RIVA, message["message_id"])
    assert lasse.last_message["caption"] == "my car"
    assert lasse.last_message["forward_origin"]["sender_user"]["id"] == RIVA


async def test_protected_content_stays_where_it_is(api: Api) -> None:
    kept = await api.result("sendMessage", chat_id=RIVA, text="secret", protect_content=True)
    complaint = await api.complaint(
        "copyMessage", chat_id=LASSE, from_chat_id=RIVA, message_id=kept["message_id"]
    )
    assert complaint == "Bad Request: message can't be copied"


async def test_a_live_location_moves_until_it_ends(api: Api, riva: Driver, watch: Watch) -> None:
    sent = await api.result("sendLocation", chat_id=RIVA, latitude=60, longitude=25, live_period=60)
    place = {"chat_id": RIVA, "message_id": sent["message_id"]}
    await api.result("editMessageLiveLocation", **place, latitude=61, longitude=25)
    assert riva.last_message["location"]["latitude"] == 61

    watch.turn(61)
    late = await api.complaint("editMessageLiveLocation", **place, latitude=62, longitude=25)
    assert late == "Bad Request: message can't be edited"


async def test_a_live_location_can_be_stopped(bot: Bot, riva: Driver) -> None:
    message = await bot.send_location(RIVA, 60, 25, live_period=600)
    await bot.stop_message_live_location(RIVA, message.message_id)
    assert riva.last_message["location"] == {"latitude": 60, "longitude": 25}


async def test_pins_are_shown_and_known(bot: Bot, riva: Driver) -> None:
    message = await bot.send_message(RIVA, "remember")
    await bot.pin_chat_message(RIVA, message.message_id)
    assert riva.last_message["pinned_message"]["text"] == "remember"
    assert (await bot.get_chat(RIVA)).pinned_message.text == "remember"
    await bot.unpin_chat_message(RIVA)
    assert (await bot.get_chat(RIVA)).pinned_message is None
