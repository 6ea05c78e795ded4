"""Alembic's way in: from storage.migrate, or from its own command line with -x url=..."""

from alembic import context
from sqlalchemy import Connection

from storage.migrate import migrating
from storage.tables import metadata


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    context.run_migrations()


if connection := context.config.attributes.get("connection"):
    run(connection)
else:
    with migrating(context.get_x_argument(as_dictionary=True)["url"]) as connection:
        run(connection)
