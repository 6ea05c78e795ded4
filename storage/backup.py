"""A copy of everything, made while the marketplace runs, looked over, and put back.

A backup is a folder: the database, the photos that it names, the keys that the process made for
itself, and a manifest that says how much there must be. It is whole, or it is not there.
"""

import json
import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url

from storage.guards import GUARDS
from storage.migrate import SchemaMismatch, known_revisions
from storage.photo_folder import PhotoFolder

DATABASE, PHOTOS, MANIFEST, KEYS = "parkplace.db", "photos", "backup.json", "*.key"


class BackupFault(RuntimeError):
    """There is no backup now, or nothing was restored; says in one line why."""


@dataclass(frozen=True, slots=True)
class Manifest:
    made_at: str
    schema: str
    rows: Mapping[str, int]
    """Of each table."""
    photos: int
    missing: int
    """Photos that the database names and the folder does not have."""


def back_up(url: str, data_dir: Path, into: Path, now: datetime) -> Manifest:
    """Copy everything into a new folder, while others write. Raises BackupFault, SchemaMismatch."""
    database = database_of(url)
    if not database.exists():
        raise BackupFault(f"there is no database {database}")
    if into.exists():
        raise BackupFault(f"{into} is there already; a backup needs a folder of its own")
    with _drafted(into) as draft:
        photos = Photos(PhotoFolder(data_dir / "photos"), PhotoFolder(draft / PHOTOS))
        # Before the database, so that what is deleted meanwhile is in the copy all the same, and
        # again after it, for what is new.
        photos.copy(_photo_keys(database))
        _snapshot(database, draft / DATABASE)
        wanted = _photo_keys(draft / DATABASE)
        photos.copy(wanted)
        for key in data_dir.glob(KEYS):
            _copy(key, draft / key.name)
        schema, rows = examined(draft / DATABASE)
        missing = sum(not photos.copies.has(key) for key in wanted)
        manifest = Manifest(now.isoformat(), schema, rows, len(wanted) - missing, missing)
        _write(draft / MANIFEST, json.dumps(asdict(manifest), indent=2).encode())
    return manifest


def restore(backup: Path, url: str, data_dir: Path, now: datetime, *, replace: bool) -> Manifest:
    """Put a backup where the settings say; what it replaces is kept beside it, renamed.

    Nothing is touched until the backup has been looked over. Raises BackupFault, also when there
    is something to replace and ``replace`` is not said, and when a process uses it; and
    SchemaMismatch for a backup that a later release made.
    """
    manifest = _manifest(backup)
    _expect(backup / DATABASE, manifest)
    database = database_of(url)
    keys = [(key, data_dir / key.name) for key in backup.glob(KEYS)]
    _refuse_unless(database, keys, replace=replace)
    photos = Photos(PhotoFolder(backup / PHOTOS), PhotoFolder(data_dir / "photos"))
    photos.copy(_photo_keys(backup / DATABASE))
    data_dir.mkdir(parents=True, exist_ok=True)
    database.parent.mkdir(parents=True, exist_ok=True)
    mark = f"replaced-{now:%Y%m%dT%H%M%SZ}"
    for key, place in keys:
        _put_aside(place, mark)
        _copy(key, place)
    draft = database.with_name(f"{database.name}.restoring-{secrets.token_hex(4)}")
    try:
        _copy(backup / DATABASE, draft)
        _expect(draft, manifest)
        # What the write-ahead log holds belongs to the database it was written for alone.
        for name in (database.name, f"{database.name}-wal", f"{database.name}-shm"):
            _put_aside(database.with_name(name), mark)
        draft.rename(database)
        _flush(database.parent)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def database_of(url: str) -> Path:
    return Path(str(make_url(url).database))


def examined(database: Path) -> tuple[str, dict[str, int]]:
    """The schema and the number of rows in each table of a copy that is sound.

    Raises BackupFault for one that is not, SchemaMismatch for one that a later release made.
    """
    with _reading(database) as connection:
        _assert_sound(connection)
        return _schema(connection), _rows(connection)


@dataclass(frozen=True, slots=True)
class Photos:
    originals: PhotoFolder
    copies: PhotoFolder

    def copy(self, keys: Iterable[str]) -> None:
        """Those that are there, and are not copied yet."""
        for key in keys:
            if not self.copies.has(key):
                with suppress(FileNotFoundError):
                    self.copies.put(key, self.originals.get(key))


def _snapshot(database: Path, copy: Path) -> None:
    """One state of it, all of it. Copying page by page never ends while others write."""
    with _reading(database) as connection:
        connection.execute("VACUUM INTO ?", [str(copy)])
    copy.chmod(0o600)
    _flush(copy)


@contextmanager
def _reading(database: Path) -> Iterator[sqlite3.Connection]:
    uri = f"{database.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=5)) as connection:
            yield connection
    except sqlite3.DatabaseError as error:
        raise BackupFault(f"{database} cannot be read: {error}") from None


def _assert_sound(connection: sqlite3.Connection) -> None:
    said = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(3)")]
    if said != ["ok"]:
        raise BackupFault(f"the copy is damaged: {'; '.join(said)}")
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise BackupFault("the copy has rows that refer to nothing")


def _schema(connection: sqlite3.Connection) -> str:
    """Raises SchemaMismatch, and BackupFault where the newest schema lacks its guards."""
    known, newest = known_revisions()
    found = str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    if found not in known:
        raise SchemaMismatch(f"the backup was made by a newer release (schema {found})")
    triggers = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type='trigger'"))
    if found == newest and any(triggers.get(name) != sql for name, sql in GUARDS.items()):
        raise BackupFault("the copy does not refuse overlapping bookings any more")
    return found


def _rows(connection: sqlite3.Connection) -> dict[str, int]:
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        " ORDER BY name"
    )
    count = 'SELECT count(*) FROM "{}"'
    return {
        name: connection.execute(count.format(name)).fetchone()[0] for (name,) in tables.fetchall()
    }


def _photo_keys(database: Path) -> list[str]:
    with _reading(database) as connection:
        rows = connection.execute("SELECT key FROM photos WHERE key IS NOT NULL ORDER BY key")
        return [str(key) for (key,) in rows]


def _manifest(backup: Path) -> Manifest:
    try:
        return Manifest(**json.loads((backup / MANIFEST).read_bytes()))
    except (OSError, ValueError, TypeError):
        raise BackupFault(f"{backup} is not a backup") from None


def _expect(database: Path, manifest: Manifest) -> None:
    schema, rows = examined(database)
    if (schema, rows) != (manifest.schema, manifest.rows):
        raise BackupFault(f"{database} does not hold what the backup's manifest says")


def _refuse_unless(database: Path, keys: list[tuple[Path, Path]], *, replace: bool) -> None:
    if database.exists():
        _assert_at_rest(database)
        if not replace:
            raise BackupFault(f"{database} is there already; --replace puts it aside")
    for key, place in keys:
        if place.exists() and place.read_bytes() != key.read_bytes() and not replace:
            raise BackupFault(f"{place} is another key; --replace puts it aside")


def _assert_at_rest(database: Path) -> None:
    """Only who is alone with a database may leave the write-ahead log. Raises BackupFault."""
    try:
        with closing(sqlite3.connect(database, timeout=0)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise BackupFault(f"{database} is in use: stop Park Place first") from None
        raise BackupFault(f"{database} cannot be replaced: {error}") from None
    except sqlite3.DatabaseError:
        return  # it is broken, which may be why somebody restores


@contextmanager
def _drafted(folder: Path) -> Iterator[Path]:
    """A folder that gets its name when the block has ended, and goes when it raises."""
    draft = folder.with_name(f"{folder.name}.unfinished-{secrets.token_hex(4)}")
    draft.mkdir(mode=0o700, parents=True)
    try:
        yield draft
        _flush(draft)
        draft.rename(folder)
        _flush(folder.absolute().parent)
    except BaseException:
        shutil.rmtree(draft)
        raise


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as reading:
        file = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "wb") as writing:
            shutil.copyfileobj(reading, writing)
            writing.flush()
            os.fsync(writing.fileno())


def _write(target: Path, content: bytes) -> None:
    target.write_bytes(content)
    _flush(target)


def _put_aside(path: Path, mark: str) -> None:
    if path.exists():
        path.rename(path.with_name(f"{path.name}.{mark}"))


def _flush(path: Path) -> None:
    """Of a folder: the names in it. A power cut would otherwise take them back."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
