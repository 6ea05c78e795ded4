import io
import json
import zipfile
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from chat.courier import Fate, Outcome
from chat.screen import Screen
from jobs import exports
from jobs.exports import PATIENCE, TRIES, Exporting
from market.domain.ids import PhotoId
from market.ports.photos import StoredPhoto
from storage.database import Store
from tests.examples import NOON, RENTER, a_person, settle
from tests.telegram import Clock


@dataclass
class FakeCourier:
    fate: Fate = Fate.SENT
    sent: list[Screen] = field(default_factory=list)

    async def deliver(self, chat: int, screens: Sequence[Screen]) -> Outcome:
        assert chat == 1000 + RENTER
        self.sent += screens
        return Outcome(self.fate)


@pytest.fixture
async def asked(store: Store) -> Store:
    async with store.begin() as work:
        await settle(work)
        for number, key in enumerate(("a", "b", "lost"), 1):
            photo = StoredPhoto(PhotoId(number), RENTER, NOON, file_id="f", key=key)
            await work.photos.add(photo)
        await work.exports.ask(RENTER, NOON)
    return store


@pytest.fixture
def courier() -> FakeCourier:
    return FakeCourier()


@pytest.fixture
def exporting(asked: Store, courier: FakeCourier) -> Exporting:
    return Exporting(asked, courier, Clock(NOON), read)


async def read(key: str) -> bytes:
    if key == "lost":
        raise FileNotFoundError(key)
    return key.encode() * 10


def opened(screen: Screen) -> zipfile.ZipFile:
    assert screen.document is not None
    return zipfile.ZipFile(io.BytesIO(b64decode(screen.document.content)))


async def waiting(store: Store, now=NOON + PATIENCE) -> int:
    async with store.begin() as work:
        return len(await work.exports.due(now, 10))


async def test_everything_comes_in_one_file_and_is_crossed_out(exporting, courier, asked) -> None:
    await exporting()
    (screen,) = courier.sent
    archive = opened(screen)
    assert json.loads(archive.read("data.json"))["you"][0]["name"] == "Person 2"
    photos = sorted(archive.read(name) for name in archive.namelist() if "photos/" in name)
    assert photos == [b"", b"a" * 10, b"b" * 10]
    assert await waiting(asked) == 0
    await exporting()
    assert len(courier.sent) == 1


async def test_many_photos_come_in_parts(exporting, courier, monkeypatch) -> None:
    monkeypatch.setattr(exports, "PART", 15)
    await exporting()
    names = [screen.document.name for screen in courier.sent]
    assert names == ["parkplace-1.zip", "parkplace-2.zip"]
    assert "data.json" in opened(courier.sent[0]).namelist()
    assert "data.json" not in opened(courier.sent[1]).namelist()
    assert "part 2 of 2" in courier.sent[1].text


async def test_what_was_not_sent_is_tried_again_a_little_later(exporting, courier, asked) -> None:
    courier.fate = Fate.RETRY
    for tried in range(1, TRIES + 1):
        exporting.clock.now = NOON + tried * PATIENCE
        await exporting()
        assert len(courier.sent) == tried
        await exporting()
        assert len(courier.sent) == tried
    assert await waiting(asked, NOON + 100 * PATIENCE) == 0


async def test_one_who_left_meanwhile_gets_nothing(exporting, courier, asked) -> None:
    async with asked.begin() as work:
        await work.people.save(a_person(RENTER, telegram=None))
    await exporting()
    assert courier.sent == []
    assert await waiting(asked) == 0


async def test_one_person_s_trouble_is_logged_and_keeps_nobody_waiting(
    exporting, courier, asked, caplog
) -> None:
    async def broken(key: str) -> bytes:
        raise RuntimeError("the disk is gone")

    trouble = Exporting(asked, courier, Clock(NOON), broken)
    await trouble()
    assert "the disk is gone" in caplog.text
    assert await waiting(asked) == 1
