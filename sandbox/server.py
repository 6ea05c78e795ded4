"""The running sandbox: one address for the Bot API and the chat page."""

import errno
import time
from collections import deque
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

import xstatic.pkg.leaflet
from aiohttp import web

from sandbox.bot_api import BotApi, Recorded
from sandbox.driver import Driver
from sandbox.faults import Faults, Flood
from sandbox.page import Page
from sandbox.parameters import Parameters
from sandbox.people import Chat, Person, two_neighbours
from sandbox.profile import Profile
from sandbox.updates import Updates
from sandbox.webhook import Webhook
from sandbox.wire import Clock, Json
from sandbox.world import World

TOKEN = "4815162342:sandbox-token-for-invented-people"  # noqa: S105 -- opens nothing
LARGEST_BODY = 64 * 1024 * 1024
PORTS_TRIED = 100
LARGEST_PORT = 65535


class Sandbox:
    """A local Telegram with one bot: ``async with Sandbox() as sandbox: sandbox.url``.

    Port 0 takes any free port; ``or_next`` takes the next free one if ``port`` is busy
    (OSError otherwise). ``people`` are in it besides the two of the chat page.
    ``query_timeout`` is how many seconds a callback or inline query can be answered,
    ``webhook_pause`` the first pause before an update is delivered again.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        or_next: bool = False,
        city: Path | None = None,
        token: str = TOKEN,
        bot_name: str = "Park Place",
        bot_username: str = "parkplace_bot",
        people: Iterable[Person] = (),
        faults: Faults | None = None,
        flood: bool = False,
        query_timeout: float = 30,
        webhook_pause: float = 1,
        clock: Clock = time.time,
    ) -> None:
        self.token = token
        self.flood = Flood(clock, enabled=flood)
        self._host = host
        self._wanted = range(port, min(port + PORTS_TRIED, LARGEST_PORT) + 1) if or_next else [port]
        profile = Profile(int(token.partition(":")[0]), bot_name, bot_username)
        self.world = World(profile, clock, query_timeout)
        self.webhook = Webhook(self.world.updates, clock, webhook_pause)
        self._api = BotApi(token, self.world, self.webhook, self.flood, faults or Faults())
        self.webhook.on_reply = self._api.call_from_webhook
        self._people: dict[int, Driver] = {}
        leaflet = Path(xstatic.pkg.leaflet.BASE_DIR)
        self._page = Page(self._people, self.world.files, city, leaflet)
        for person in (*two_neighbours(), *people):
            self.add_person(person)

    @property
    def faults(self) -> Faults:
        return self._api.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self._api.faults = faults

    @property
    def calls(self) -> deque[Recorded]:
        """The calls of the bot so far, oldest first."""
        return self._api.calls

    async def called(self, method: str) -> Recorded:
        """The bot's first call of ``method``, awaited if need be."""
        return await self._api.recorded(method)

    async def call(self, method: str, parameters: Parameters) -> Json:
        """What the Bot API answers, without HTTP in between; ApiError where it refuses."""
        return await self._api.call(method, parameters)

    @property
    def updates(self) -> Updates:
        return self.world.updates

    @property
    def url(self) -> str:
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    def person(self, person_id: int) -> Driver:
        return self._people[person_id]

    def add_person(self, person: Person) -> Driver:
        self.world.add_person(person)
        driver = self._people[person.id] = Driver(self.world, person, self.token)
        return driver

    def add_group(self, title: str, *members: int) -> Chat:
        """A group of people to which the first of them has added the bot."""
        chat = self.world.add_group(title, members)
        adder = self.world.people[members[0]]
        self.world.change_membership(chat, adder, "left", "member")
        newcomer = {"new_chat_members": [self.world.profile.user()]}
        self.world.hear(self.world.post(chat, adder.user(), newcomer))
        return chat

    def inject(self, fields: Json) -> int:
        """Queue an update made by hand, however broken; its id."""
        return self.world.updates.add_raw(fields)

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=LARGEST_BODY)
        self._api.add_routes(app.router)
        self._page.add_routes(app.router)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        try:
            await self._bind()
        except OSError:
            await self._runner.cleanup()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for site in list(self._runner.sites):
            await site.stop()
        self.world.updates.end_poll()
        await self.webhook.remove()
        await self._page.close()
        await self._runner.cleanup()

    async def _bind(self) -> None:
        for port in self._wanted:
            try:
                await web.TCPSite(self._runner, self._host, port).start()
            except OSError as error:
                if error.errno != errno.EADDRINUSE or port == self._wanted[-1]:
                    raise
            else:
                return
