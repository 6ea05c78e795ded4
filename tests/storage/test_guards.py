"""The schema's own refusal of overlaps, with no service in front of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.domain.booking import LIVE, State
from storage.guards import GUARDS

ROW = "space, starts_at, blocked_until, state"
INSERT = f"""
    INSERT INTO bookings (id, quote, {ROW}, ends_at, lister, renter, total, hour_price, currency,
    policy, booked_at) VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?4, 1, 2, 0, 0, 'EUR', 'strict', 0)
"""
UPDATE = f"UPDATE bookings SET ({ROW}) = (?2, ?3, ?4, ?5) WHERE id = ?1"
OVER = [state for state in State if state not in LIVE]


@dataclass(frozen=True)
class Row:
    space: int
    start: int
    until: int
    state: State = State.BOOKED

    def clashes(self, other: "Row") -> bool:
        return (
            self.space == other.space
            and self.state in LIVE
            and other.state in LIVE
            and self.start < other.until
            and other.start < self.until
        )


class Table:
    """The bookings of a database without any application."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.ids = count(1)

    def add(self, row: Row) -> int:
        id_ = next(self.ids)
        self.connection.execute(INSERT, (id_, row.space, row.start, row.until, row.state))
        return id_

    def put(self, id_: int, row: Row) -> None:
        self.connection.execute(UPDATE, (id_, row.space, row.start, row.until, row.state))

    def accepts(self, id_: int | None, row: Row) -> int | None:
        """The booking's id, or None if the guard refused it."""
        try:
            if id_ is None:
                return self.add(row)
            self.put(id_, row)
        except sqlite3.IntegrityError as error:
            if str(error) != "window taken":
                raise
            return None
        return id_


@pytest.fixture(scope="module")
def bookings(migrated: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        with closing(sqlite3.connect(migrated)) as source:
            source.backup(connection)
        yield connection


@contextmanager
def undone(connection: sqlite3.Connection) -> Iterator[Table]:
    connection.execute("BEGIN")
    try:
        yield Table(connection)
    finally:
        connection.execute("ROLLBACK")


@pytest.fixture
def table(bookings: sqlite3.Connection) -> Iterator[Table]:
    with undone(bookings) as table:
        yield table


CASES = pytest.mark.parametrize(
    ("row", "free"),
    [
        (Row(1, 0, 10), True),
        (Row(1, 20, 30), True),
        (Row(2, 10, 20), True),
        (Row(1, 5, 11), False),
        (Row(1, 19, 25), False),
        (Row(1, 12, 15), False),
        (Row(1, 5, 25), False),
        (Row(1, 10, 20), False),
        *((Row(1, 12, 15, state), state in OVER) for state in State),
    ],
    ids=[
        "just before",
        "just after",
        "another space",
        "runs into it",
        "begins in its buffer",
        "lies within it",
        "swallows it",
        "is the same",
        *State,
    ],
)


@CASES
def test_a_new_booking_needs_a_free_window(table: Table, row: Row, free: bool) -> None:
    table.add(Row(1, 10, 20))
    assert (table.accepts(None, row) is not None) == free


@CASES
def test_a_booking_moves_only_into_a_free_window(table: Table, row: Row, free: bool) -> None:
    table.add(Row(1, 10, 20))
    moving = table.add(Row(3, 0, 5))
    assert (table.accepts(moving, row) is not None) == free


def test_a_booking_is_not_in_its_own_way(table: Table) -> None:
    booking = table.add(Row(1, 10, 20))
    assert table.accepts(booking, Row(1, 12, 25, State.ARRIVED)) == booking


@pytest.mark.parametrize("over", OVER)
def test_a_booking_that_is_over_comes_back_only_if_nobody_took_its_place(table: Table, over):
    booking = table.add(Row(1, 10, 20))
    table.put(booking, Row(1, 10, 20, over))
    table.add(Row(1, 15, 25))
    assert table.accepts(booking, Row(1, 10, 20)) is None


def test_a_window_that_does_not_end_after_it_starts_is_refused(table: Table) -> None:
    """On such windows the comparison with one predecessor would not be enough."""
    with pytest.raises(sqlite3.IntegrityError, match="ck_bookings_in_order"):
        table.add(Row(1, 10, 10))


rows = st.builds(
    lambda space, start, length, state: Row(space, start, start + length, state),
    st.integers(1, 2),
    st.integers(0, 30),
    st.integers(1, 12),
    st.sampled_from([*LIVE, State.CANCELLED]),
)
writes = st.lists(st.tuples(st.none() | st.integers(0, 20), rows), max_size=40)


@given(writes)
def test_the_guard_refuses_exactly_what_overlaps(bookings: sqlite3.Connection, writes) -> None:
    kept: dict[int, Row] = {}
    with undone(bookings) as table:
        for which, row in writes:
            target = None if which is None or not kept else sorted(kept)[which % len(kept)]
            others = [other for id_, other in kept.items() if id_ != target]
            written = table.accepts(target, row)
            assert (written is None) == any(row.clashes(other) for other in others)
            if written is not None:
                kept[written] = row


@pytest.mark.parametrize("guard", GUARDS)
def test_without_either_trigger_overlaps_get_in(table: Table, guard: str) -> None:
    """Each of the two is needed: what one lets through, the other does not see."""
    table.connection.execute(f"DROP TRIGGER {guard}")
    table.add(Row(1, 10, 20))
    free = table.add(Row(2, 10, 20))
    taken = Row(1, 15, 25)
    let_in = [table.accepts(None, taken), table.accepts(free, replace(taken, start=12))]
    assert [id_ is not None for id_ in let_in].count(True) == 1


def test_the_guard_looks_up_one_row_in_the_index_of_live_bookings(table: Table) -> None:
    for sql in GUARDS.values():
        start, end = sql.index("SELECT blocked_until"), sql.index("LIMIT 1")
        look_up = sql[start:end].replace("NEW.", ":").replace("OLD.", ":")
        values = {"space": 1, "blocked_until": 1, "id": 1}
        plan = table.connection.execute(f"EXPLAIN QUERY PLAN {look_up}", values).fetchall()
        assert [step[-1] for step in plan] == [
            "SEARCH bookings USING COVERING INDEX ix_bookings_live (space=? AND starts_at<?)"
        ]
