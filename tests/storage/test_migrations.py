import re
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from storage.guards import GUARDS
from storage.migrate import BrokenReferences, SchemaMismatch, check, downgrade, upgrade
from storage.tables import metadata

SCRIPTS = ScriptDirectory(str(Path(__file__).parents[2] / "storage" / "migrations"))
REVISIONS = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]
ORPHAN = "INSERT INTO vehicles (id, owner, plate, used_at) VALUES (1, 99, 'HEL204', 0)"
"""Of a person who is not there."""
STEPS = list(zip(["base", *REVISIONS], REVISIONS, strict=False))


def schema(path: Path) -> dict[str, str]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql NOT NULL"
            " AND name NOT IN ('alembic_version', 'sqlite_sequence')"
        )
        return dict(rows.fetchall())


def clauses(schema: dict[str, str]) -> dict[str, list[str]]:
    """The order of a table's columns and constraints means nothing, nor does the white space."""
    return {name: _clauses(sql) for name, sql in schema.items() if name not in GUARDS}


def _clauses(sql: str) -> list[str]:
    head, _, rest = " ".join(sql.split()).partition("(")
    body, _, tail = rest.rpartition(")")
    inner = (part.strip() for part in re.split(r",(?![^(]*\))", body))
    return [head.strip(), *sorted(inner), tail.strip()]


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    return tmp_path / "fresh.db"


@pytest.fixture
def url(fresh: Path) -> str:
    return f"sqlite+aiosqlite:///{fresh}"


@pytest.mark.parametrize(("before", "revision"), STEPS, ids=REVISIONS)
def test_each_migration_goes_up_and_down_and_up_again(fresh, url, before, revision) -> None:
    if before != "base":
        upgrade(url, before)
    start = schema(fresh) if fresh.exists() else {}

    upgrade(url, revision)
    reached = schema(fresh)
    assert GUARDS.items() <= reached.items()

    downgrade(url, before)
    assert schema(fresh) == start

    upgrade(url, revision)
    assert schema(fresh) == reached


def test_the_migrated_schema_is_the_one_the_code_expects(fresh, url) -> None:
    upgrade(url)

    with create_engine(f"sqlite:///{fresh}").connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_migrated_tables_are_clause_for_clause_those_of_the_metadata(
    fresh, url, tmp_path
) -> None:
    upgrade(url)
    metadata.create_all(create_engine(f"sqlite:///{tmp_path / 'made.db'}"))

    assert clauses(schema(fresh)) == clauses(schema(tmp_path / "made.db"))


def test_a_migrated_database_passes_the_check(url) -> None:
    upgrade(url)
    check(url)


def test_upgrading_twice_changes_nothing(fresh, url) -> None:
    upgrade(url)
    before = fresh.read_bytes()

    upgrade(url)

    assert fresh.read_bytes() == before


def test_an_empty_database_must_be_migrated_first(url) -> None:
    with pytest.raises(
        SchemaMismatch, match=f"has schema none and this release needs {REVISIONS[-1]}"
    ):
        check(url)


@pytest.mark.parametrize("refuses", [check, upgrade])
def test_a_newer_schema_is_refused_in_one_line(fresh, url, refuses) -> None:
    upgrade(url)
    with sqlite3.connect(fresh) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(SchemaMismatch) as refusal:
        refuses(url)

    assert str(refusal.value) == (
        "the database was written by a newer release (schema 9999):"
        " update Park Place, or restore a backup made before"
    )


def test_a_migration_that_leaves_rows_which_refer_to_nothing_is_undone(fresh, url) -> None:
    upgrade(url, REVISIONS[-2])
    before = schema(fresh)
    with sqlite3.connect(fresh) as connection:
        connection.execute(ORPHAN)

    with pytest.raises(BrokenReferences, match="1 rows, the first in vehicles"):
        upgrade(url)

    assert schema(fresh) == before


def test_a_start_that_migrates_nothing_does_not_look_at_every_row(fresh, url) -> None:
    upgrade(url)
    with sqlite3.connect(fresh) as connection:
        connection.execute(ORPHAN)

    upgrade(url)
    check(url)
