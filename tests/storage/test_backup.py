import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from market.domain.ids import PersonId, PhotoId, new_id
from market.ports.photos import StoredPhoto
from storage.backup import DATABASE, MANIFEST, PHOTOS, BackupFault, back_up, restore
from storage.database import Store
from storage.migrate import SchemaMismatch
from storage.photo_folder import PhotoFolder
from tests.examples import LISTER, NOON, a_person, at, settle
from tests.sizes import BACKUP_UNITS

MARK = "replaced-20300603T120000Z"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder of the marketplace, with a key in it."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "bans.key").write_bytes(b"a key")
    return folder


async def photographed(store: Store, data: Path, content: bytes) -> str:
    key = await PhotoFolder(data / PHOTOS).keep(content)
    async with store.begin() as work:
        await work.photos.add(StoredPhoto(PhotoId(new_id()), LISTER, added_at=NOON, key=key))
    return key


@pytest.fixture
async def key(store: Store, data: Path) -> str:
    """Of the one photo in a small town."""
    async with store.begin() as work:
        await settle(work)
    return await photographed(store, data, b"a picture")


@pytest.fixture
async def backup(store: Store, url: str, data: Path, key: str, tmp_path: Path) -> Path:
    folder = tmp_path / "backup"
    back_up(url, data, folder, NOON)
    return folder


def elsewhere(tmp_path: Path) -> tuple[str, Path]:
    return f"sqlite+aiosqlite:///{tmp_path / 'new' / 'park.db'}", tmp_path / "new" / "data"


def tamper(database: Path, *statements: str) -> None:
    with closing(sqlite3.connect(database)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


async def test_what_was_backed_up_is_restored_elsewhere(backup, key, tmp_path) -> None:
    url, data = elsewhere(tmp_path)
    manifest = restore(backup, url, data, NOON, replace=False)

    assert (manifest.rows["people"], manifest.rows["spaces"]) == (3, 1)
    assert (manifest.photos, manifest.missing) == (1, 0)
    assert PhotoFolder(data / PHOTOS).get(key) == b"a picture"
    assert (data / "bans.key").read_bytes() == b"a key"
    store = await Store.open(url)
    async with store.read() as work:
        assert (await work.people.get(LISTER)).name == "Person 1"
    await store.close()


async def test_strangers_cannot_read_a_backup(backup) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    assert (backup / DATABASE).stat().st_mode & 0o077 == 0


async def test_a_backup_under_load_is_one_moment_of_it(store, url, data, tmp_path) -> None:
    """Each unit adds two people: no copy may have one of them alone."""
    done = asyncio.Event()

    async def write() -> int:
        units = 0
        while not done.is_set() or units < BACKUP_UNITS:
            async with store.begin() as work:
                for person in (10 + 2 * units, 11 + 2 * units):
                    await work.people.add(a_person(PersonId(person)))
            units += 1
        return units

    writing = asyncio.create_task(write())
    copies = []
    for number in range(5):
        folder = tmp_path / f"backup-{number}"
        copies.append(await asyncio.to_thread(back_up, url, data, folder, NOON))
    done.set()
    units = await writing

    numbers = [copy.rows["people"] for copy in copies]
    assert all(number % 2 == 0 for number in numbers)
    assert numbers == sorted(numbers)
    assert units >= BACKUP_UNITS


async def test_a_photo_that_is_gone_from_the_disk_is_counted(store, url, data, key, tmp_path):
    await PhotoFolder(data / PHOTOS).drop(key)
    made = back_up(url, data, tmp_path / "backup", NOON)
    assert (made.photos, made.missing) == (0, 1)


async def test_only_photos_that_the_database_names_are_copied(store, url, data, key, tmp_path):
    stray = await PhotoFolder(data / PHOTOS).keep(b"of nobody")
    back_up(url, data, tmp_path / "backup", NOON)
    assert not PhotoFolder(tmp_path / "backup" / PHOTOS).has(stray)


async def test_a_backup_overwrites_nothing(backup, url, data) -> None:
    with pytest.raises(BackupFault, match="is there already"):
        back_up(url, data, backup, NOON)


def test_where_there_is_no_database_there_is_no_backup(data, tmp_path) -> None:
    url, _ = elsewhere(tmp_path)
    with pytest.raises(BackupFault, match="there is no database"):
        back_up(url, data, tmp_path / "backup", NOON)
    assert not (tmp_path / "backup").exists()


def test_a_backup_that_fails_leaves_nothing_behind(data, tmp_path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_text("a letter to my aunt, and no database at all" * 50)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(BackupFault):
        back_up(f"sqlite+aiosqlite:///{broken}", data, tmp_path / "backup", NOON)
    assert sorted(tmp_path.iterdir()) == before


async def test_a_database_that_is_in_use_is_never_replaced(backup, store, url, data) -> None:
    with pytest.raises(BackupFault, match="in use"):
        restore(backup, url, data, NOON, replace=True)
    async with store.begin() as work:
        assert await work.people.get(LISTER)


async def test_a_database_at_rest_is_only_replaced_when_that_is_said(
    backup, url, data, database, tmp_path
) -> None:
    new, folder = elsewhere(tmp_path)
    restore(backup, new, folder, NOON, replace=False)
    placed = tmp_path / "new" / "park.db"
    tamper(placed, "UPDATE people SET name = 'Somebody'")

    with pytest.raises(BackupFault, match="--replace"):
        restore(backup, new, folder, at(1), replace=False)
    restore(backup, new, folder, NOON, replace=True)

    aside = placed.with_name(f"park.db.{MARK}")
    for path, name in ((placed, "Person 1"), (aside, "Somebody")):
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT name FROM people WHERE id = 1").fetchone() == (name,)


async def test_a_broken_database_can_be_replaced_with_its_log(backup, tmp_path) -> None:
    new, folder = elsewhere(tmp_path)
    placed = tmp_path / "new" / "park.db"
    placed.parent.mkdir()
    for name in ("park.db", "park.db-wal"):
        placed.with_name(name).write_bytes(b"what a power cut left" * 300)
    restore(backup, new, folder, NOON, replace=True)
    assert not placed.with_name("park.db-wal").exists()
    assert placed.with_name(f"park.db.{MARK}").exists()


async def test_another_key_is_not_lost(backup, tmp_path) -> None:
    new, folder = elsewhere(tmp_path)
    folder.mkdir(parents=True)
    (folder / "bans.key").write_bytes(b"another")
    with pytest.raises(BackupFault, match="another key"):
        restore(backup, new, folder, NOON, replace=False)
    restore(backup, new, folder, NOON, replace=True)
    assert (folder / "bans.key").read_bytes() == b"a key"
    assert (folder / f"bans.key.{MARK}").read_bytes() == b"another"


@pytest.mark.parametrize(
    ("statement", "error", "reason"),
    [
        ("DELETE FROM people WHERE id = 3", BackupFault, "manifest"),
        ("DROP TRIGGER bookings_apart_on_update", BackupFault, "overlapping"),
        ("DELETE FROM people WHERE id = 1", BackupFault, "refer to nothing"),
        ("UPDATE alembic_version SET version_num = 'later'", SchemaMismatch, "newer release"),
    ],
    ids=["a row is gone", "a guard is gone", "references are broken", "a later release"],
)
async def test_a_backup_that_is_not_sound_is_not_restored(
    backup, tmp_path, statement, error, reason
) -> None:
    tamper(backup / DATABASE, statement)
    new, folder = elsewhere(tmp_path)
    with pytest.raises(error, match=reason):
        restore(backup, new, folder, NOON, replace=False)
    assert not (tmp_path / "new").exists()


async def test_a_backup_whose_pages_are_damaged_is_not_restored(backup, tmp_path) -> None:
    whole = (backup / DATABASE).read_bytes()
    (backup / DATABASE).write_bytes(whole[:8192] + b"\xff" * 8192 + whole[16384:])
    new, folder = elsewhere(tmp_path)
    with pytest.raises(BackupFault):
        restore(backup, new, folder, NOON, replace=False)


@pytest.mark.parametrize("manifest", [None, "{}", "no JSON"], ids=["none", "empty", "broken"])
async def test_a_folder_without_a_manifest_is_no_backup(backup, tmp_path, manifest) -> None:
    (backup / MANIFEST).unlink()
    if manifest is not None:
        (backup / MANIFEST).write_text(manifest)
    new, folder = elsewhere(tmp_path)
    with pytest.raises(BackupFault, match="is not a backup"):
        restore(backup, new, folder, NOON, replace=False)
