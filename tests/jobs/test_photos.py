from dataclasses import dataclass, field

import pytest
from telegram.error import BadRequest, NetworkError

from jobs.photos import BATCH, Fetching
from market.domain.errors import Invalid
from market.domain.ids import PhotoId
from market.ports.photos import StoredPhoto
from storage.database import Store
from tests.examples import LISTER, NOON, settle


@dataclass
class FakeDarkroom:
    """Develops every photo at once, but those that the test has spoilt."""

    spoilt: dict[str, Exception] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def develop(self, file_id: str) -> str:
        self.asked.append(file_id)
        if error := self.spoilt.get(file_id):
            raise error
        return f"key-of-{file_id}"


@pytest.fixture
def darkroom() -> FakeDarkroom:
    return FakeDarkroom()


@pytest.fixture
def fetching(store: Store, darkroom: FakeDarkroom) -> Fetching:
    return Fetching(store, darkroom)


async def sent(store: Store, count: int) -> None:
    async with store.begin() as work:
        await settle(work)
        for number in range(1, count + 1):
            photo = StoredPhoto(PhotoId(number), LISTER, NOON, f"file{number}", f"u{number}")
            await work.photos.add(photo)


async def keys(store: Store, count: int) -> list[str | None]:
    async with store.read() as work:
        found = await work.photos.many([PhotoId(number) for number in range(1, count + 1)])
    return [photo.key for photo in found]


async def test_photos_that_only_telegram_has_are_fetched(store, fetching) -> None:
    await sent(store, 2)
    assert not await fetching()
    assert await keys(store, 2) == ["key-of-file1", "key-of-file2"]


async def test_a_photo_is_fetched_once(store, fetching, darkroom) -> None:
    await sent(store, 1)
    await fetching()
    await fetching()
    assert darkroom.asked == ["file1"]


async def test_a_full_batch_says_that_there_may_be_more(store, fetching) -> None:
    await sent(store, BATCH + 1)
    assert await fetching()
    assert not await fetching()
    assert None not in await keys(store, BATCH + 1)


@pytest.mark.parametrize(
    "error", [Invalid("photo", "unreadable"), BadRequest("file is too big")], ids=["trap", "gone"]
)
async def test_a_photo_that_cannot_be_kept_is_not_asked_for_again(
    store, fetching, darkroom, error
) -> None:
    await sent(store, 2)
    darkroom.spoilt["file1"] = error
    await fetching()
    await fetching()
    assert darkroom.asked == ["file1", "file2"]
    assert await keys(store, 2) == ["", "key-of-file2"]


async def test_a_photo_that_the_network_lost_is_fetched_later(store, fetching, darkroom) -> None:
    await sent(store, 1)
    darkroom.spoilt["file1"] = NetworkError("reset")
    assert not await fetching()
    darkroom.spoilt.clear()
    await fetching()
    assert await keys(store, 1) == ["key-of-file1"]
