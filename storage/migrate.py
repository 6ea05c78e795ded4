"""Brings a database to the schema of this release, in one transaction or not at all."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, event, make_url, text

_INI = Path(__file__).parent / "migrations" / "alembic.ini"
PATIENCE = 60
"""Seconds to wait for another process that migrates the same database."""


class SchemaMismatch(RuntimeError):
    """The database's schema is not this release's; says in one line what to do."""


class BrokenReferences(RuntimeError):
    """A migration left rows that refer to nothing; it has been undone."""


def upgrade(url: str, to: str = "head") -> None:
    """Migrate, from nothing or from any earlier release. Raises SchemaMismatch for a later one."""
    with migrating(url) as connection:
        config = _config(connection)
        _known_revision(connection, config)
        command.upgrade(config, to)


def downgrade(url: str, to: str) -> None:
    """Go back to an earlier schema, giving up what only the later one could hold."""
    with migrating(url) as connection:
        command.downgrade(_config(connection), to)


def check(url: str) -> None:
    """Raises SchemaMismatch unless the database has exactly the schema of this release."""
    with migrating(url) as connection:
        config = _config(connection)
        found = _known_revision(connection, config)
        needed = ScriptDirectory.from_config(config).get_current_head()
    if found != needed:
        raise SchemaMismatch(
            f"the database has schema {found or 'none'} and this release needs {needed}:"
            " it must be migrated first"
        )


def known_revisions() -> tuple[Collection[str], str]:
    """The schemas of this release and of all before it, and the newest of them."""
    scripts = ScriptDirectory(str(_INI.parent))
    newest = scripts.get_current_head()
    assert newest is not None
    return {script.revision for script in scripts.walk_revisions()}, newest


@contextmanager
def migrating(url: str) -> Iterator[Connection]:
    """A connection with the write lock held, so that two processes migrate one after the other."""
    address = make_url(url)
    # Alembic is not asynchronous: it gets the plain driver of the same database.
    engine = create_engine(address.set(drivername=address.get_backend_name()))
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin_immediate)
    try:
        with engine.begin() as connection:
            before = _revision(connection)
            yield connection
            if _revision(connection) != before:  # else a large town would look at every row
                _check_references(connection)
    finally:
        engine.dispose()


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _check_references(connection: Connection) -> None:
    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    if broken:
        raise BrokenReferences(f"{len(broken)} rows, the first in {broken[0][0]}")


def _prepare(connection: Any, _record: Any) -> None:
    # Foreign keys stay unenforced (SQLite's default): rebuilding a table would empty its children.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _config(connection: Connection) -> Config:
    config = Config(_INI)
    config.attributes["connection"] = connection
    return config


def _known_revision(connection: Connection, config: Config) -> str | None:
    found = _revision(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise SchemaMismatch(
            f"the database was written by a newer release (schema {found}):"
            " update Park Place, or restore a backup made before"
        )
    return found
