"""Settings and the pages that inform, as transcripts."""

import pytest

from market.domain.account import Account
from storage.database import Store
from tests.telegram import Chat


async def test_the_settings_name_everything(chat: Chat) -> None:
    said = await chat.say("⚙️ Settings")
    assert "Language: English" in said
    assert "Name: \u2068Ann\u2069" in said
    assert "Vehicles: none" in said


async def test_a_name_is_changed(chat: Chat) -> None:
    await chat.say("/settings")
    await chat.press("Name")
    assert "40" in await chat.say("x" * 41)
    assert "Name: \u2068Anna &lt;3\u2069" in await chat.say("Anna <3")


async def test_vehicles_come_and_go(chat: Chat) -> None:
    await chat.say("/settings")
    await chat.press("Vehicles")
    await chat.press("Add a vehicle")
    assert "plate" in await chat.say("?!")
    assert "[HEL204 | p.car]" in await chat.say("hel-204")
    assert "Of unknown size" in await chat.press("HEL204")
    assert "None yet." in await chat.press("✕ Remove")


async def test_a_vehicle_has_a_size(chat: Chat) -> None:
    await chat.say("/settings")
    await chat.press("Vehicles")
    await chat.press("Add a vehicle")
    await chat.say("hel-204")
    await chat.press("HEL204")
    assert "How high and how long" in await chat.press("Height and length")
    assert "for example 1.9 x 4.6 m" in await chat.say("big")
    assert "for example 1.9 x 4.6 m" in await chat.send_sticker()
    await chat.say("1.9 x 4,60 m")
    assert "1.9 m high, 4.6 m long" in await chat.press("HEL204")
    await chat.press("Height and length")
    await chat.say("2.1")
    assert (await chat.press("HEL204")).startswith("~ <b>HEL204</b>\n2.1 m high\n")


async def test_somebody_elses_vehicle_is_none(chat: Chat) -> None:
    for act in ("p.car", "p.size", "p.xcar"):
        assert "gone already" in await chat.press_data(f"{act}:0000000001:0")


async def test_nothing_is_kept_at_first(chat: Chat) -> None:
    await chat.say("/settings")
    assert "None yet. A search offers" in await chat.press("Places and alerts")
    for act, said in (("v.no", "That place is gone"), ("a.no", "do not wait for that any more")):
        assert said in await chat.press_data(f"{act}:0000000001:0")


async def test_the_language_is_chosen(chat: Chat) -> None:
    await chat.say("/language")
    assert "Language: English" in await chat.press("English ·")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/start", "finds you a private parking space nearby"),
        ("/start nonsense", "That link leads to nothing any more."),
        ("/help", "tomorrow 9-17"),
        ("/privacy", "Responsible: \u2068Park Place, Example Street 1\u2069"),
        ("/terms", "Operated by"),
        ("/cancel", "There was nothing to leave."),
        ("/nonsense", "I did not understand that."),
        ("what now", "I know no such place"),
    ],
)
async def test_what_is_always_there(chat: Chat, command: str, words: str) -> None:
    assert words in await chat.say(command)


@pytest.mark.parametrize(
    "profile",
    [
        {"first_name": "", "language_code": ""},
        {"first_name": "Ø", "language_code": "xx-YY-zz"},
        {"first_name": "A" * 64, "language_code": None},
        {"first_name": "مريم", "language_code": "ar"},
    ],
    ids=["nothing", "odd language", "long name", "right to left"],
)
async def test_odd_people_are_welcome(chat: Chat, profile: dict[str, str]) -> None:
    odd = chat.of(77, **profile)
    assert "finds you a private parking space" in await odd.say("/start")
    assert "Settings" in await odd.say("/settings")


async def test_whoever_has_a_proven_address_chooses_mail(chat: Chat, store: Store) -> None:
    assert "mail" not in (await chat.say("/settings")).lower()
    async with store.begin() as work:
        person = await work.people.of_telegram(chat.user)
        await work.accounts.save(
            Account(person.id, person.met_at, email="ann@example.org", email_verified=True)
        )
    assert "Mail me, too" in await chat.say("/settings")
    assert "No more mails" in await chat.press("Mail me, too")
    assert "Mail me, too" in await chat.press("No more mails")
