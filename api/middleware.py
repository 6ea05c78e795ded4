"""What happens to every request, whatever its route; plain ASGI, for it must cost next to nothing.

Outermost first: an id that stands in every line logged about the request and in its reply, headers
that keep browsers from guessing, a reply for what fails, and a limit to what a body may hold.
"""

import secrets
from time import perf_counter

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import failed

log = structlog.stdlib.get_logger(__name__)

REQUEST_ID = "X-Request-ID"
FRAMES = "X-Frame-Options"
"""For old browsers; a page that says in its policy who may frame it is not contradicted."""
SECURITY = {
    "X-Content-Type-Options": "nosniff",
    FRAMES: "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
UNSTORED = "no-store"
"""For replies that say nothing else about how long they may be kept."""
SMALL = 64 * 1024
LARGE = 20 * 1024 * 1024 + SMALL
"""Bytes of a body: a photo of 20 MB with what a form puts around it, or anything else."""
FORM = "multipart/form-data"


class Identified:
    """Gives a request its id, and logs how it ended."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        request_id = scope["request_id"] = secrets.token_hex(8)
        began, status = perf_counter(), 500

        async def send_identified(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self.app(scope, receive, send_identified)
            finally:
                log.info(
                    "answered",
                    method=scope["method"],
                    path=scope["path"],
                    status=status,
                    milliseconds=round((perf_counter() - began) * 1000, 1),
                )
        return None


class Guarded:
    """Adds the headers that keep a browser from guessing, framing and storing."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                framing = "frame-ancestors" in headers.get("Content-Security-Policy", "")
                for name, value in SECURITY.items():
                    if not (framing and name == FRAMES):
                        headers.setdefault(name, value)
                headers.setdefault("Cache-Control", UNSTORED)
            await send(message)

        return await self.app(scope, receive, send_guarded)


class Caught:
    """Answers for whatever failed, without details; Starlette's own way would skip the headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        begun = False

        async def send_noticed(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, send_noticed)
        except Exception:
            if begun:
                raise
            log.exception("failed")
            await failed(Request(scope))(scope, receive, send)
        return None


class Glimpsed:
    """Answers HEAD as it does GET (RFC 9110, 9.3.2); the server itself leaves the body out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}  # a copy: the server still has to know
        await self.app(scope, receive, send)


class Limited:
    """Refuses bodies that are too large, by what they announce or once they are, when read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        limit = LARGE if headers.get("content-type", "").startswith(FORM) else SMALL
        announced, received = int(headers.get("content-length", 0)), 0

        def check(size: int) -> None:
            if size > limit:
                raise HTTPException(413, "The body is too large.", {"Connection": "close"})

        async def receive_limited() -> Message:
            nonlocal received
            check(announced)  # before it is waited for
            message = await receive()
            received += len(message.get("body", b""))
            check(received)
            return message

        return await self.app(scope, receive_limited, send)
