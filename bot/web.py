"""The HTTP server: what watches over us, Telegram's webhook, and the API."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from bot.trouble import Trouble

log = logging.getLogger(__name__)

WEBHOOK_PATH = "/telegram/webhook"
PORTS_TRIED = 20
LONGEST_MESSAGE = 16 * 1024
"""Bytes that a client may send over a WebSocket at once."""

Endpoint = Callable[[Request], Awaitable[Response]]


def application(
    watching: Sequence[BaseRoute], webhook: Endpoint | None = None, api: ASGIApp | None = None
) -> Starlette:
    """The API gets whatever is for nobody else."""
    routes = list(watching)
    if webhook is not None:
        routes.append(Route(WEBHOOK_PATH, webhook, methods=["POST"]))
    if api is not None:
        routes.append(Mount("/", api))
    return Starlette(routes=routes)


class _Server(uvicorn.Server):
    """Leaves the signals to the runner, which asks it to stop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@dataclass(frozen=True, slots=True)
class Door:
    """A port that is ours already, so that its address can be told before anybody answers there."""

    host: str
    socket: socket.socket

    @classmethod
    def at(cls, host: str, port: int, *, or_next: bool = False) -> Self:
        """``or_next`` tries some ports more where one is taken. Raises Trouble if none is free."""
        ports = range(port, port + PORTS_TRIED if or_next else port + 1)
        return cls(host, _listening(host, ports))

    @property
    def address(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.socket.getsockname()[1]}"


@asynccontextmanager
async def serving(app: Starlette, host: str, port: int) -> AsyncIterator[str]:
    """Yields the address it listens on. Raises Trouble if the port is taken."""
    async with answering(app, Door.at(host, port)) as address:
        yield address


@asynccontextmanager
async def answering(app: Starlette, door: Door) -> AsyncIterator[str]:
    """Yields the address of the door, and closes it in the end."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=5,
        ws_max_size=LONGEST_MESSAGE,
        # Would cost some 300 kB a socket, for messages of a few hundred bytes.
        ws_per_message_deflate=False,
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[door.socket]))
    log.info("listening at %s", door.address)
    try:
        yield door.address
    finally:
        server.should_exit = True
        await task
        door.socket.close()


def _listening(host: str, ports: range) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in ports:
        try:
            return _prompt(socket.create_server((host, port), family=family))
        except OSError as error:
            reason = error.strerror
    raise Trouble(f"cannot listen on {host} port {ports[0]}: {reason}")


def _prompt(listening: socket.socket) -> socket.socket:
    """Sends at once: else the second piece of a reply waits 40 ms for the first to be confirmed.

    asyncio sees to that itself, but only for sockets that it has made.
    """
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
