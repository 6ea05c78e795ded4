import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.photo_folder import PhotoFolder

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def photos(tmp_path: Path) -> PhotoFolder:
    return PhotoFolder(tmp_path / "photos")


def files(photos: PhotoFolder) -> list[Path]:
    return [path for path in photos.root.rglob("*") if path.is_file()]


async def test_a_photo_comes_back_byte_for_byte(photos: PhotoFolder) -> None:
    key = await photos.keep(b"\xff\xd8 a courtyard \x00")
    assert await photos.read(key) == b"\xff\xd8 a courtyard \x00"
    assert photos.has(key)


async def test_two_photos_never_share_a_name(photos: PhotoFolder) -> None:
    first, second = await photos.keep(b"same"), await photos.keep(b"same")
    assert first != second
    assert len(files(photos)) == 2


async def test_an_unknown_photo_is_not_there(photos: PhotoFolder) -> None:
    assert not photos.has("0" * 32)
    with pytest.raises(FileNotFoundError):
        await photos.read("0" * 32)


async def test_a_photo_put_again_takes_the_place_of_the_old_one(photos: PhotoFolder) -> None:
    photos.put("drawn", b"before")
    photos.put("drawn", b"after")
    assert await photos.read("drawn") == b"after"
    assert len(files(photos)) == 1


async def test_a_write_that_is_cut_off_leaves_the_old_photo(photos, monkeypatch) -> None:
    def power_cut(_file: int) -> None:
        raise OSError("power cut")

    photos.put("drawn", b"before")
    monkeypatch.setattr(os, "fsync", power_cut)
    with pytest.raises(OSError, match="power cut"):
        photos.put("drawn", b"after")
    assert await photos.read("drawn") == b"before"


async def test_what_is_older_is_told_and_what_was_never_finished_goes(
    photos: PhotoFolder,
) -> None:
    old, new = await photos.keep(b"old"), await photos.keep(b"new")
    cut_off = photos.root / old[:2] / f"{old}.0a1b2c3d"
    cut_off.write_bytes(b"half")
    for file in files(photos):
        if file.stem == old:
            os.utime(file, (LONG_AGO.timestamp(), LONG_AGO.timestamp()))
    assert await photos.kept_before(LONG_AGO + timedelta(seconds=1)) == [old]
    assert not cut_off.exists()
    assert photos.has(new)
