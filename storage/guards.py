"""The store's own refusal of two live bookings that overlap, beside the check in the services.

A new booking is compared with one other only: the last live booking of the space that starts
before the new one ends. That is enough. Live bookings of a space do not overlap, so the later one
starts, the later it ends; of all that start before the new one ends, the last starter is the last
to end. If it ends by the new start, so do all. Each write is refused or keeps this so, and one
look-up in the index of live bookings does it, however full the space is.

SQLite only: on PostgreSQL an EXCLUDE constraint says the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.errors import WindowTaken
from market.domain.ids import SpaceId
from market.domain.window import Window
from storage.tables.market import LIVE_STATES

_REFUSAL = "window taken"
# The condition is repeated to the letter: only so does SQLite use the index of live bookings.
_BODY = f"""
WHEN NEW.{LIVE_STATES}
BEGIN
    SELECT RAISE(ABORT, '{_REFUSAL}') WHERE NEW.starts_at < (
        SELECT blocked_until FROM bookings
        WHERE space = NEW.space AND {LIVE_STATES}
        AND starts_at < NEW.blocked_until{{but_itself}}
        ORDER BY starts_at DESC LIMIT 1
    );
END"""  # noqa: S608 - of our own constants alone

GUARDS = {
    "bookings_apart_on_insert": (
        "CREATE TRIGGER bookings_apart_on_insert\nBEFORE INSERT ON bookings"
        + _BODY.format(but_itself="")
    ),
    "bookings_apart_on_update": (
        "CREATE TRIGGER bookings_apart_on_update"
        "\nBEFORE UPDATE OF space, starts_at, blocked_until, state ON bookings"
        + _BODY.format(but_itself=" AND id <> OLD.id")
    ),
}
"""Triggers by name, word for word as the migrations create them."""

_TRIGGERS = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")


class GuardMissing(RuntimeError):
    """The database could hold two bookings of one space at a time; it must not be used."""


async def assert_guards(connection: AsyncConnection) -> None:
    """Alembic's batch mode drops triggers silently, so each start looks. Raises GuardMissing."""
    rows = await connection.execute(_TRIGGERS)
    present = {row.name: row.sql for row in rows}
    for name, sql in GUARDS.items():
        if present.get(name) != sql:
            raise GuardMissing(f"the trigger {name} is missing from the database or was changed")


@contextmanager
def guarded(space: SpaceId, window: Window) -> Iterator[None]:
    """Around a write of a booking: tell the guard's refusal in the market's words."""
    try:
        yield
    except IntegrityError as error:
        if str(error.orig) == _REFUSAL:
            raise WindowTaken(space, window) from None
        raise
