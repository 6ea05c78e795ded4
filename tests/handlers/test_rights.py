"""/export and /delete, and that nothing is left of whom is erased."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from market.domain.ids import PhotoId
from market.ports.photos import StoredPhoto
from market.services import Market
from storage.database import Store
from storage.tables import metadata
from tests.examples import LISTER, NOON, a_person
from tests.handlers.post import Post
from tests.handlers.test_bookings import booked
from tests.handlers.town import BAKERY, Town
from tests.telegram import Chat, Clock, FakeTelegram

ANNABELLE, OWNER = 987_654_321, 987_654_322
"""Telegram ids that are no other number by chance."""


@pytest.fixture
async def owner(chat: Chat, town: Town, store: Store) -> Chat:
    async with store.begin() as work:
        await work.people.save(a_person(LISTER, telegram=OWNER))
    return chat.of(OWNER, first_name="Person")


async def everything_kept(store: Store) -> dict[str, str]:
    """Every value of every column of every table."""
    async with store.read() as work:
        return {
            f"{table.name}.{column.name}": "\n".join(
                map(str, (await work.connection.execute(select(column))).scalars())
            )
            for table in metadata.sorted_tables
            for column in table.columns
        }


async def assert_nowhere(store: Store, *traces: str) -> None:
    kept = await everything_kept(store)
    found = {(name, trace) for name, text in kept.items() for trace in traces if trace in text}
    assert found == set()


def assert_not_in_file(database: Path, *traces: str) -> None:
    """Nor in what SQLite has marked as free."""
    content = database.read_bytes()
    assert [trace for trace in traces if trace.encode() in content] == []


async def internal_id(store: Store, telegram: int) -> str:
    async with store.read() as work:
        return str((await work.people.of_telegram(telegram)).id)


async def photo_of(store: Store, post: Post, telegram: int, key: str) -> None:
    async with store.begin() as work:
        person = await work.people.of_telegram(telegram)
        photo = StoredPhoto(PhotoId(telegram), person.id, NOON, file_id=f"file-{key}", key=key)
        await work.photos.add(photo)
        if person.id == LISTER:
            await work.photos.attach(BAKERY, [photo.id])
    post.photos[key] = b"picture"


async def a_renter_s_life(chat: Chat, owner: Chat, store: Store, post: Post, clock: Clock) -> None:
    """Words, a plate, a review, a message, a report: everything a renter leaves behind."""
    await chat.say("/settings")
    await chat.press("Name")
    await chat.say("Annabelle Traceable")
    await chat.press("Vehicles")
    await chat.press("Add a vehicle")
    await chat.say("TRACE99")
    await booked(chat, "15-16", "3")
    if "Which number plate" in chat.card("TRACE99").text:
        await chat.press("TRACE99")
        await chat.press("Confirm")
    await chat.press("Message")
    await chat.say("Traceable words of mine")
    await post.deliver(owner)
    await chat.say("/report")
    await chat.send_photo("trace-photo")
    await chat.say("SEEN99")
    await chat.send_location(52.6, 13.5)
    clock.pass_(hours=2, minutes=15)
    await post.deliver(chat)
    await chat.press("4 ★")
    await chat.say("Traceable praise")
    await post.deliver(owner)
    await owner.press("5 ★")
    await owner.press("Skip")


async def test_nothing_is_left_of_a_renter_who_is_erased(
    chat: Chat,
    owner: Chat,
    town: Town,
    store: Store,
    post: Post,
    clock: Clock,
    database: Path,
) -> None:
    chat = chat.of(ANNABELLE, first_name="Annabelle", last_name="Lastname", username="trace_able")
    await a_renter_s_life(chat, owner, store, post, clock)
    await photo_of(store, post, chat.user, "trace-key")
    await booked(chat, "tomorrow 9-17", "1")
    number = await internal_id(store, chat.user)
    traces = (str(chat.user), number, "raceable", "TRACE99", "SEEN99", "trace-photo", "trace-key")
    kept = await everything_kept(store)
    assert all(any(trace in text for text in kept.values()) for trace in traces)

    asked = await chat.say("/delete")
    assert "Your bookings ahead are cancelled:" in asked
    assert "you will owe nothing" in asked
    assert "You are erased." in await chat.press("Delete everything")
    await post.forget()

    await assert_nowhere(store, *traces, "Annabelle", "Lastname", "trace_able")
    assert post.photos == {}
    assert "Cancelled by the renter" in await post.deliver(owner)
    await store.close()
    assert_not_in_file(database, "raceable", "TRACE99", "SEEN99", "Annabelle", "trace_able")


async def test_nothing_is_left_of_a_lister_who_is_erased(
    chat: Chat, owner: Chat, town: Town, store: Store, post: Post, clock: Clock
) -> None:
    await town.change(BAKERY, title="Traceable yard", notes="Traceable code", address="Trace Lane")
    await photo_of(store, post, OWNER, "trace-key")
    await owner.say("/settings")
    await owner.press("Name")
    await owner.say("Traceable Lasse")
    await booked(chat, "18-20")
    await post.deliver(owner)
    await owner.press("Message")
    await owner.say("Mind the traceable gate")
    await post.deliver(chat)
    assert "1 booking at your spaces is cancelled" in await owner.say("/delete")
    assert "You are erased." in await owner.press("Delete everything")
    await post.forget()

    heard = await post.deliver(chat)
    assert "Your booking was cancelled by the lister: a space that is gone" in heard
    await assert_nowhere(store, str(OWNER), "raceable", "Trace Lane", "trace-key", "Lasse")
    assert post.photos == {}


async def test_what_changes_between_the_question_and_the_tap_is_asked_again(
    chat: Chat, town: Town, store: Store
) -> None:
    await chat.say("/delete")
    card = chat.card("Delete everything")
    await booked(chat, "18-20")
    assert "Something has changed meanwhile" in await chat.press("Delete everything", on=card)
    assert "Nothing was deleted." in await chat.press("Keep my account")
    assert "Courtyard" in await chat.say("/bookings")


async def test_a_stay_in_progress_must_end_first(chat: Chat, town: Town, clock: Clock) -> None:
    await booked(chat, "15-17")
    clock.pass_(hours=2)
    assert await chat.say("/delete") == (
        "A stay is in progress. Once it has ended, this can be done."
    )


async def test_who_comes_back_begins_anew(chat: Chat, town: Town, store: Store, post: Post) -> None:
    await chat.say("/start")
    before = await internal_id(store, chat.user)
    await chat.say("/delete")
    await chat.press("Delete everything")
    await chat.say("/start")
    await post.forget()
    assert await internal_id(store, chat.user) != before


async def test_everything_is_exported_as_json_and_photos(
    chat: Chat,
    owner: Chat,
    town: Town,
    store: Store,
    post: Post,
    clock: Clock,
    telegram: FakeTelegram,
    market: Market,
) -> None:
    await a_renter_s_life(chat, owner, store, post, clock)
    await photo_of(store, post, chat.user, "trace-key")
    assert "send it here as a file" in await chat.say("/export")
    assert "on its way already" in await chat.say("/export")
    await post.export()
    assert "<document>" in chat.heard()
    archive = zipfile.ZipFile(io.BytesIO(sent_file(telegram)))
    data = json.loads(archive.read("data.json"))
    assert data["you"][0]["name"] == "Annabelle Traceable"
    assert data["vehicles"][0]["plate"] == "TRACE99"
    assert data["messages"][0]["text"] == "Traceable words of mine"
    assert data["reviews"][0]["comment"] == "Traceable praise"
    assert data["reviews_by_listers_of_you"][0]["stars"] == 5
    assert data["reports"][0]["plate"] == "SEEN99"
    assert "lister" not in data["bookings"][0]
    photos = [name for name in archive.namelist() if name.startswith("photos/")]
    assert [archive.read(name) for name in photos] == [b"picture"]

    await owner.say("/export")
    await post.export()
    theirs = zipfile.ZipFile(io.BytesIO(sent_file(telegram))).read("data.json").decode()
    assert "TRACE99" not in theirs.partition('"sent_lately"')[0]


def sent_file(telegram: FakeTelegram) -> bytes:
    """The bytes of the last document."""
    return telegram.uploads[-1]
