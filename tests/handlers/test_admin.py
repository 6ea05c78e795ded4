"""What operators do in the chat, and what the people concerned hear of it."""

import pytest

from gateways.geography import OfflineGeography
from market.domain.ids import PersonId, written
from market.domain.space import SpaceState
from market.services import Market
from storage.database import Store
from tests.examples import LISTER
from tests.handlers.post import Post
from tests.handlers.test_bookings import booked
from tests.handlers.test_reports import report
from tests.handlers.town import BAKERY, GARAGE, Town
from tests.telegram import Chat, Clock, FakeTelegram

OPERATOR = 555


@pytest.fixture
def market(town: Town) -> Market:
    operators = frozenset({OPERATOR})
    return Market(town, OfflineGeography("EUR"), operators=operators, ban_key=b"key")


@pytest.fixture
def owner(chat: Chat) -> Chat:
    return chat.of(1000 + LISTER)


@pytest.fixture
async def admin(chat: Chat) -> Chat:
    operator = chat.of(OPERATOR)
    await operator.say("/start")
    return operator


async def id_of(store: Store, telegram: int) -> PersonId:
    async with store.read() as work:
        return (await work.people.of_telegram(telegram)).id


async def test_for_everybody_else_there_is_no_such_command(chat: Chat, town: Town) -> None:
    assert await chat.say("/admin") == await chat.say("/nonsense")
    for data in ("o.home::0", "o.queue::0", "o.log::0", "o.stats::0", "o.ban:x.0:0"):
        assert "not there any more" in await chat.press_data(data) or "out of date" in (
            await chat.press_data(data)
        )


async def test_a_report_arrives_with_its_evidence_and_is_settled(
    chat: Chat, admin: Chat, town: Town, post: Post
) -> None:
    await report(chat, "HEL204")
    assert "A new report: a car\n[Open | o.case]" in await post.deliver(admin)
    case = await admin.press("Open")
    assert "<photo>" in case
    assert "Plate <b>HEL204</b>" in case
    assert "<code>52.52216, 13.40500</code>" in case
    assert "is settled" in await admin.press("Settle")
    assert "The operator has looked at your report" in await post.deliver(chat)
    assert "[Reports · 0 | o.queue]" in await admin.say("/admin")
    assert "No report is open." in await admin.press("Reports")
    await admin.press("Operator menu")
    assert "settled the report" in await admin.press("Audit log")


async def test_the_queue_has_pages(chat: Chat, admin: Chat, town: Town, clock: Clock) -> None:
    for day in range(2):
        for _ in range(4):
            await report(chat, "HEL204")
        clock.pass_(days=1 + day)
    await admin.say("/admin")
    first = await admin.press("Reports")
    assert "<b>8 open reports</b>" in first
    assert "[1 | o.case] [2 | o.case] [3 | o.case] [4 | o.case] [5 | o.case]" in first
    assert "[3 | o.case]\n[Operator menu" in await admin.press("Further ›")
    assert "a car" in await admin.press("3")


async def test_a_reported_message_is_shown_in_its_talk(
    chat: Chat, owner: Chat, admin: Chat, town: Town, post: Post, clock: Clock
) -> None:
    await booked(chat, "18-20")
    await chat.press("Message")
    await chat.say("First <b>words</b>")
    clock.pass_(minutes=1)
    await chat.press("Write more")
    await chat.say("Rude words")
    await post.deliver(owner)
    await owner.press("Report", on=owner.card("Answer"))
    await post.deliver(admin)
    case = await admin.press("Open")
    assert "Stay: today 18:00–20:00, Berlin time, booked" in case
    assert "Renter: ⁨First &lt;b&gt;words&lt;/b&gt;⁩\n▸ Renter: ⁨Rude words⁩" in case


async def test_a_hidden_space_calls_off_what_is_ahead_and_offers_another(
    chat: Chat, owner: Chat, admin: Chat, town: Town, post: Post
) -> None:
    await booked(chat, "18-20")
    await post.deliver(owner)
    assert "Hiding it calls off 1 booking ahead" in await admin.say(f"/admin {written(BAKERY)}")
    assert "hidden" in await admin.press("Hide")
    assert "is hidden by the operator" in await post.deliver(owner)
    heard = await post.deliver(chat) or chat.heard()
    assert "Your booking cannot take place: ⁨Courtyard behind the bakery⁩" in heard
    assert "You owe nothing.\n[Find another | f.again]" in heard
    del town.spaces[BAKERY]
    others = await chat.press("Find another")
    assert "Free nearby · <b>today 18:00–20:00</b>" in others
    assert "Garage B, bay 12" in others
    assert "live" in await admin.press("Show again")
    assert "can be found and booked again" in await post.deliver(owner)


async def test_what_changed_meanwhile_is_looked_at_again(
    chat: Chat, admin: Chat, town: Town
) -> None:
    await admin.say(f"/admin {written(BAKERY)}")
    await booked(chat, "18-20")
    assert "has changed; look again" in await admin.press("Hide")
    assert "hidden" in await admin.press("Hide")


async def test_a_banned_renter_is_told_once_and_keeps_their_rights(
    chat: Chat, owner: Chat, admin: Chat, town: Town, post: Post, store: Store
) -> None:
    await booked(chat, "18-20")
    await post.deliver(owner)
    person = written(await id_of(store, chat.user))
    assert "Banning calls off 1 booking ahead" in await admin.say(f"/admin {person}")
    assert "Banned." in await admin.press("Ban")
    heard = await post.deliver(owner)
    assert "A booking was called off by the operator" in heard
    told = await post.deliver(chat) or chat.heard()
    assert told.count("The operator has closed your account") == 1
    await post.deliver(admin)
    assert chat.heard() == ""

    assert "Your account is closed." in await chat.send_location(52.52, 13.405)
    assert "Your account is closed." in await chat.say("/list")
    assert "Your account is closed." in await chat.say("/spaces")
    assert "Nothing is booked." in await chat.say("/bookings")
    assert "as a file" in await chat.say("/export")
    assert "Operated by" in await chat.say("/terms")
    await chat.say("/delete")
    assert "You are erased." in await chat.press("Delete everything")
    await post.forget()
    assert "Your account is closed." in await chat.send_location(52.52, 13.405)

    await admin.say(f"/admin {written(await id_of(store, chat.user))}")
    assert "Banning calls off" in await admin.press("Unban")
    assert "Welcome back." in await post.deliver(chat)
    assert "Free nearby" in await chat.send_location(52.52, 13.405)


async def test_a_banned_lister_s_renters_are_told(
    chat: Chat, owner: Chat, admin: Chat, town: Town, post: Post
) -> None:
    await booked(chat, "18-20")
    await admin.say(f"/admin {written(BAKERY)}")
    await admin.press("Lister")
    assert "Banned." in await admin.press("Ban")
    assert "Find another" in (await post.deliver(chat) or chat.heard())
    assert "The operator has closed your account" in owner.heard()
    assert "Your account is closed." in await owner.say("/spaces")


async def test_the_spaces_of_a_person_are_at_hand(chat: Chat, admin: Chat, town: Town) -> None:
    await town.change(BAKERY, state=SpaceState.HIDDEN)
    await town.change(GARAGE, state=SpaceState.SILENT)
    await admin.say(f"/admin {written(GARAGE)}")
    lister = await admin.press("Lister")
    assert "⁨Courtyard behind the bakery⁩ · hidden\n2  ⁨Garage B, bay 12⁩ · hidden" in lister
    assert "[1 | o.space] [2 | o.space] [3 | o.space]" in lister
    assert "Show again" in await admin.press("1")


async def test_statistics_come_with_a_chart(
    chat: Chat, admin: Chat, town: Town, telegram: FakeTelegram
) -> None:
    await booked(chat, "18-20")
    await admin.say("/admin")
    numbers = await admin.press("Statistics")
    assert "<photo>" in numbers
    assert "1 booking\n0 of them cancelled\nAgreed: €5.00" in numbers
    assert "3 spaces live, 0 hidden" in numbers
    assert telegram.uploads[-1].startswith(b"\x89PNG")
