"""Alembic's way in: from storage.migrate, or from its own command line with -x url=..."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from storage.migrate import migrating
from storage.tables import metadata
from storage.tables.base import UtcTime


def plain_types(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Migrations name what is in the database: our own types may change after them."""
    return "sa.BigInteger()" if kind == "type" and isinstance(item, UtcTime) else False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        render_item=plain_types,
    )
    context.run_migrations()


if connection := context.config.attributes.get("connection"):
    run(connection)
else:
    with migrating(context.get_x_argument(as_dictionary=True)["url"]) as connection:
        run(connection)
