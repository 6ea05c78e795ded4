"""The HTTP server: health, and Telegram's webhook."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.trouble import Trouble

log = logging.getLogger(__name__)

WEBHOOK_PATH = "/telegram/webhook"

Endpoint = Callable[[Request], Awaitable[Response]]
Ready = Callable[[], Awaitable[None]]
"""Raises when the service could not answer anybody now."""


def application(ready: Ready, webhook: Endpoint | None) -> Starlette:
    async def health(_: Request) -> Response:
        """The process answers; it says nothing about what it needs."""
        return JSONResponse({"status": "ok"})

    async def readiness(_: Request) -> Response:
        try:
            await ready()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the answer
            return JSONResponse({"status": type(error).__name__}, status_code=503)
        return JSONResponse({"status": "ok"})

    routes = [Route("/health", health), Route("/ready", readiness)]
    if webhook is not None:
        routes.append(Route(WEBHOOK_PATH, webhook, methods=["POST"]))
    return Starlette(routes=routes)


class _Server(uvicorn.Server):
    """Leaves the signals to the runner, which asks it to stop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serving(app: Starlette, host: str, port: int) -> AsyncIterator[str]:
    """Yields the address it listens on. Raises Trouble if that is taken."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise Trouble(f"cannot listen on {host} port {port}: {error.strerror}") from None
    config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=5)
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening]))
    address = f"http://{host}:{listening.getsockname()[1]}"
    log.info("listening at %s", address)
    try:
        yield address
    finally:
        server.should_exit = True
        await task
        listening.close()
