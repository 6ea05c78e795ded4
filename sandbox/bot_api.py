"""The HTTP face of the Bot API: tokens, bodies, answers, and faults on request."""

import asyncio
import logging
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from sandbox.errors import (
    ApiError,
    BadRequest,
    NotFound,
    ServerError,
    TooManyRequests,
    Unauthorized,
)
from sandbox.faults import RETRY_AFTER, Fault, Faults, Flood
from sandbox.methods import METHODS
from sandbox.methods.registry import Call, Done
from sandbox.parameters import Parameters, Upload, decoded
from sandbox.webhook import Webhook
from sandbox.wire import Json
from sandbox.world import World

log = logging.getLogger(__name__)

REMEMBERED_CALLS = 100_000
COUNTED = ("send", "copy", "forward", "edit")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A call as it came in, whatever became of it."""

    method: str
    values: Json


@dataclass
class BotApi:
    token: str
    world: World
    webhook: Webhook
    flood: Flood
    faults: Faults
    calls: deque[Recorded] = field(default_factory=lambda: deque(maxlen=REMEMBERED_CALLS))
    _called: asyncio.Event = field(default_factory=asyncio.Event)

    def add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_route("*", "/bot{token}/{method}", self.serve_method)
        router.add_get("/file/bot{token}/{path:.+}", self.serve_file)

    async def serve_method(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            self._check_token(request)
            parameters = await read_parameters(request)
            fault = self.faults.draw(method)
            await self._strike_before(request, fault)
            answer = await self.call(method, parameters)
        except ApiError as error:
            return web.json_response(error.answer(), status=error.code)
        await self._strike_after(request, fault)
        await asyncio.sleep(self.faults.pause(method))
        return web.json_response(answer)

    async def serve_file(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request)
            stored = self.world.files.at(request.match_info["path"])
            if stored is None:
                raise NotFound()
        except ApiError as error:
            return web.json_response(error.answer(), status=error.code)
        return web.Response(body=stored.data, content_type="application/octet-stream")

    async def call(self, method: str, parameters: Parameters) -> Json:
        """The answer to a call of ``method``, ``ok: true`` included."""
        function = METHODS.get(method.lower())
        if function is None:
            raise NotFound("method not found")
        self._record(Recorded(method, dict(parameters.values)))
        if method.lower().startswith(COUNTED) and method.lower() != "sendchataction":
            self.flood.check(parameters.integer("chat_id") or 0)
        result = await function(Call(self.world, self.webhook, parameters))
        if isinstance(result, Done):
            return {"ok": True, "result": True, "description": result.description}
        return {"ok": True, "result": result}

    async def recorded(self, method: str) -> Recorded:
        """The first call of ``method``; waits until there is one."""
        while True:
            for call in self.calls:
                if call.method == method:
                    return call
            await self._called.wait()

    def _record(self, call: Recorded) -> None:
        self.calls.append(call)
        # Whoever waits now is woken; who comes later waits for the next call.
        self._called.set()
        self._called = asyncio.Event()

    async def call_from_webhook(self, body: Any) -> None:
        """A webhook may answer an update with a call; nobody learns how that went."""
        if not isinstance(body, dict) or "method" not in body:
            return
        try:
            await self.call(str(body["method"]), Parameters(body))
        except ApiError as error:
            log.info("a call in a webhook's answer failed: %s", error)

    def _check_token(self, request: web.Request) -> None:
        if request.match_info["token"] != self.token:
            raise Unauthorized()

    async def _strike_before(self, request: web.Request, fault: Fault | None) -> None:
        match fault:
            case Fault.TOO_MANY:
                raise TooManyRequests(RETRY_AFTER)
            case Fault.SERVER_ERROR:
                raise ServerError()
            case Fault.DROPPED:
                hang_up(request)

    async def _strike_after(self, request: web.Request, fault: Fault | None) -> None:
        if fault is Fault.SILENCE:
            await asyncio.sleep(self.faults.silent_seconds)
        if fault in (Fault.SILENCE, Fault.DROPPED_AFTER):
            hang_up(request)


def hang_up(request: web.Request) -> None:
    """Cut the connection without an answer."""
    if request.transport:
        request.transport.abort()
    raise asyncio.CancelledError


async def read_parameters(request: web.Request) -> Parameters:
    """The parameters of the query string and of a JSON, form or multipart body."""
    values: Json = dict(request.query)
    uploads: dict[str, Upload] = {}
    try:
        if request.content_type == "application/json":
            body = await request.json(loads=decoded)
            if not isinstance(body, dict):
                raise BadRequest("object expected as request body")
            values |= body
        else:
            for name, value in (await request.post()).items():
                if isinstance(value, web.FileField):
                    data = value.file.read()
                    uploads[name] = Upload(value.filename, value.content_type, data)
                else:
                    values[name] = value.decode() if isinstance(value, bytes) else value
    except ValueError:
        raise BadRequest("can't parse request body: strings must be encoded in UTF-8") from None
    except web.HTTPRequestEntityTooLarge:
        raise TooLarge() from None
    return Parameters(values, uploads)


class TooLarge(ApiError):
    code = 413
    title = "Request Entity Too Large"
