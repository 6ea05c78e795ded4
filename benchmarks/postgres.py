"""A PostgreSQL server that exists for one measurement."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "512MB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "4GB",
    "jit": "off",
    "listen_addresses": "127.0.0.1",
}
"""Generous: loading must not take long, and what is measured fits into memory."""
PATIENCE = 30


def server_programs() -> Path | None:
    """The folder of the newest PostgreSQL that has PostGIS beside it, if there is any."""
    for found in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True):
        version = found.parent.parent.name
        if Path(f"/usr/share/postgresql/{version}/extension/postgis.control").exists():
            return found.parent
    return None


@contextmanager
def throwaway(programs: Path) -> Iterator[psycopg.Connection]:
    """A connection to a new server with PostGIS; both are gone when the block ends."""
    # PostgreSQL refuses to run as root.
    user = "nobody" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="parkplace-postgres-"))
    try:
        if user:
            shutil.chown(folder, user)
        subprocess.run(
            [programs / "initdb", "-D", folder / "data", "-U", "park", "-A", "trust", "-E", "UTF8"],
            user=user,
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
        )
        port = _free_port()
        options = [f"-c{name}={value}" for name, value in SETTINGS.items()]
        command = [programs / "postgres", "-D", folder / "data", "-p", str(port), "-k", folder]
        server = subprocess.Popen(
            [*command, *options], user=user, cwd=folder, stderr=subprocess.DEVNULL
        )
        try:
            with _connected(port) as connection:
                connection.execute("CREATE EXTENSION postgis")
                yield connection
        finally:
            server.terminate()
            server.wait(PATIENCE)
    finally:
        shutil.rmtree(folder)


def _connected(port: int) -> psycopg.Connection:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return psycopg.connect(
                f"host=127.0.0.1 port={port} user=park dbname=postgres", autocommit=True
            )
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
