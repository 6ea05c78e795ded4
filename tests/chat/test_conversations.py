"""What a person meets: transcripts through the real intake, inbox, worker and courier."""

import pytest

from storage.database import Store
from storage.tables.chat import conversations
from tests.chat.shop import ago
from tests.telegram import Chat, Clock


async def test_a_card_is_edited_in_place(chat: Chat) -> None:
    assert await chat.say("/count") == "<b>0</b>\n[+1 | add] [Nothing | hint]"
    assert await chat.press("+1") == "~ <b>1</b>\n[+1 | add] [Nothing | hint]"
    assert await chat.press("+1") == "~ <b>2</b>\n[+1 | add] [Nothing | hint]"


async def test_a_text_edits_the_card_of_that_name(chat: Chat) -> None:
    await chat.say("/count")
    assert await chat.say("/more") == "~ <b>1</b>\n[+1 | add] [Nothing | hint]"


async def test_a_hint_leaves_the_buttons_as_good_as_they_were(chat: Chat) -> None:
    await chat.say("/count")
    assert await chat.press("Nothing") == "toast: Nothing happens."
    assert await chat.press("+1") == "~ <b>1</b>\n[+1 | add] [Nothing | hint]"


async def test_the_second_of_two_taps_changes_nothing(chat: Chat) -> None:
    await chat.say("/count")
    card = chat.card()
    assert await chat.press("+1", on=card) == "~ <b>1</b>\n[+1 | add] [Nothing | hint]"
    assert await chat.press("+1", on=card) == ""


async def test_a_button_of_an_older_card_shows_it_as_it_is_now(chat: Chat) -> None:
    await chat.say("/count")
    old = chat.card()
    await chat.say("/count")
    await chat.press("+1")
    assert await chat.press("+1", on=old) == "~ <b>1</b>\n[+1 | add] [Nothing | hint]"


async def test_what_was_asked_is_answered_and_remembered(chat: Chat) -> None:
    assert await chat.say("/name") == "Your name?"
    assert await chat.say("1") == "A name, please, for example Ann."
    assert await chat.say("Bea") == "Hello Bea. Photos?"


async def test_a_press_works_while_another_conversation_waits_for_text(chat: Chat) -> None:
    await chat.say("/count")
    await chat.say("/name")
    assert await chat.press("+1") == "~ <b>1</b>\n[+1 | add] [Nothing | hint]"
    assert await chat.say("Bea") == "Hello Bea. Photos?"


async def test_commands_and_menu_labels_win_over_what_was_asked(chat: Chat) -> None:
    await chat.say("/name")
    assert await chat.say("/count") == "<b>0</b>\n[+1 | add] [Nothing | hint]"
    assert await chat.say("Имя") == "Your name?"


async def test_the_waiting_conversation_wins_over_other_entry_points(chat: Chat) -> None:
    assert await chat.send_location(60, 25) == "A place."
    await chat.say("/name")
    assert await chat.send_location(60, 25) == "A name, please, for example Ann."


async def test_start_leaves_a_conversation_whose_draft_sleeps(chat: Chat) -> None:
    await chat.say("/name")
    await chat.say("Bea")
    assert await chat.say("/start") == "Welcome back from profile.\n(Name) (Find)"
    assert await chat.say("Cleo") == "I do not understand."
    assert await chat.say("/name") == "Your name? It was Bea."


async def test_a_deep_link_is_no_plain_start(chat: Chat) -> None:
    assert await chat.say("/start item_7") == "You want item_7."
    assert await chat.say("/start") == "Welcome.\n(Name) (Find)"
    assert await chat.say("/start items") == "Welcome.\n(Name) (Find)"


async def test_an_untouched_draft_expires(chat: Chat, clock: Clock) -> None:
    await chat.say("/name")
    clock.pass_(days=1)
    assert await chat.say("Bea") == "I do not understand."


@pytest.mark.parametrize(
    "change",
    [{"step": "renamed"}, {"draft": '{"name": 7}'}, {"draft": "no json"}],
    ids=["a step that is gone", "a draft of another shape", "a draft that is broken"],
)
async def test_what_an_older_release_left_behind_is_as_good_as_ended(
    chat: Chat, store: Store, change: dict[str, str]
) -> None:
    await chat.say("/name")
    async with store.begin() as work:
        await work.connection.execute(conversations.update().values(change))
    assert await chat.say("Bea") == "I do not understand."
    assert await chat.say("/name") == "Your name?"
    assert await chat.say("Bea") == "Hello Bea. Photos?"


async def test_a_refusal_leaves_everything_as_it_was(chat: Chat) -> None:
    await chat.say("/count")
    await chat.press("+1")
    assert await chat.say("/refuse") == "Sorry, sold out."
    assert await chat.press("+1") == "~ <b>2</b>\n[+1 | add] [Nothing | hint]"


async def test_odd_people_are_served(chat: Chat) -> None:
    nobody = chat.of(8, first_name="", language_code="")
    assert await nobody.say("/start") == "Welcome.\n(Name) (Find)"


async def test_what_nobody_takes_is_answered_in_words(chat: Chat) -> None:
    assert await chat.send_sticker() == "I do not understand."
    assert await chat.say("x" * 4000) == "I do not understand."
    assert await chat.press_data("unknown::1") == "I do not understand."
    assert await chat.press_data("rubbish") == "I do not understand."


async def test_edits_and_service_messages_that_nobody_takes_are_not_answered(chat: Chat) -> None:
    await chat.say("/name")
    edited = {"edited_message": {**_message(chat), "text": "Bea"}}
    assert await chat.feed(edited) == ""
    assert await chat.send(group_chat_created=True) == ""


async def test_a_live_location_is_taken_when_it_moves(chat: Chat) -> None:
    assert await chat.move_location(5, 60, 25) == "A place."


async def test_blocking_the_bot_reaches_its_handler(chat: Chat) -> None:
    member = {"user": {"id": 42, "is_bot": True, "first_name": "Bot"}}
    update = {
        "chat": {"id": 7, "type": "private"},
        "from": {"id": 7, "is_bot": False, "first_name": "Ann"},
        "date": 1,
        "old_chat_member": {**member, "status": "kicked", "until_date": 0},
        "new_chat_member": {**member, "status": "member"},
    }
    assert await chat.feed({"my_chat_member": update}) == "Noted."


async def test_a_group_hears_nothing_but_the_way_to_the_private_chat(chat: Chat) -> None:
    await chat.send(text="/count", chat={"id": -5, "type": "group", "title": "Friends"})
    assert chat.heard() == ""
    assert chat.heard(user=-5) == "Talk to me in private."


async def test_a_press_on_somebody_elses_card_meets_ones_own_rows(chat: Chat) -> None:
    await chat.say("/count")
    await chat.press("+1")
    theirs = chat.of(8)
    assert await theirs.press("+1", on=chat.card()) == "<b>0</b>\n[+1 | add] [Nothing | hint]"
    assert await chat.press("+1") == "~ <b>2</b>\n[+1 | add] [Nothing | hint]"


async def test_a_late_message_says_that_it_is_late(chat: Chat, clock: Clock) -> None:
    await chat.say("/count")
    clock.pass_(minutes=11)
    said_at = ago(clock.now, minutes=10, seconds=30)
    assert await chat.say("/more", date=said_at) == "~ <b>1</b>\n[+1 | add] [Nothing | hint]"


def _message(chat: Chat) -> dict[str, object]:
    return {
        "message_id": 1,
        "date": 1,
        "edit_date": 2,
        "chat": {"id": chat.user, "type": "private"},
        "from": {"id": chat.user, "is_bot": False, "first_name": "Ann"},
    }
