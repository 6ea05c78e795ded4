"""The API behind a real socket, on a loop and a thread of its own."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from api.app import create_app
from storage.database import Store
from storage.nearby.feed import NearbyFeed
from tests.api.conftest import StillClock, a_backend


class _Telling(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config, ready: threading.Event) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready.set()


class Served:
    """Answers at ``url`` until ``stop``."""

    def __init__(self, database: str, photos: Path, clock: StillClock) -> None:
        self._database, self._photos, self._clock = database, photos, clock
        self._server: uvicorn.Server | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    def start(self) -> str:
        self._thread.start()
        assert self._ready.wait(30), "the server did not start"
        assert self._server is not None
        port = self._server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    def stop(self) -> None:
        assert self._server is not None
        self._server.should_exit = True
        self._thread.join(30)

    async def _serve(self) -> None:
        store = await Store.open(self._database)
        feed = await NearbyFeed.open(store, self._database)
        following = asyncio.create_task(feed.run())
        app = create_app(a_backend(store, feed, self._clock, self._photos, max_ahead=10_000))
        config = uvicorn.Config(app, port=0, log_config=None, access_log=False)
        self._server = _Telling(config, self._ready)
        await self._server.serve()
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        await store.close()


@contextmanager
def served(database: str, photos: Path, clock: StillClock) -> Iterator[str]:
    server = Served(database, photos, clock)
    yield server.start()
    server.stop()
