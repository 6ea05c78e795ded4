"""What Prometheus may know: counters and times kept while we work, and counts made when it asks.

A counter costs about a microsecond where it is counted; nothing is looked up in the store but by
the one who scrapes.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import perf_counter

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.health import age
from chat.ports import Clock
from market.domain.search import Nearby, Search
from market.domain.survey import MOST, Survey
from market.ports.nearby import NearbyIndex
from storage.pulse import Census, Pulse

LATENCY = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
SEARCHING = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05)
"""Upper bounds of what is told apart, in seconds."""


class Metrics:
    """Of one process; implements chat.ports.Meter."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        self._updates = Counter(
            "parkplace_updates", "Updates by how they ended.", ["outcome"], registry=registry
        )
        self._handling = Histogram(
            "parkplace_handling_seconds",
            "From an update's unit of work to its commit.",
            ["handler"],
            buckets=LATENCY,
            registry=registry,
        )
        self._sends = Counter(
            "parkplace_sends", "Messages to people.", ["way", "outcome"], registry=registry
        )
        self._pictures = Histogram(
            "parkplace_picture_seconds",
            "From a message to the picture in it, by what became of the picture.",
            ["outcome"],
            buckets=LATENCY,
            registry=registry,
        )
        self._search = Histogram(
            "parkplace_search_seconds",
            "Asking the index what is nearby.",
            buckets=SEARCHING,
            registry=registry,
        )
        self._requests = Histogram(
            "parkplace_http_request_seconds",
            "Requests over HTTP.",
            ["route", "status"],
            buckets=LATENCY,
            registry=registry,
        )
        self.sockets = Gauge("parkplace_live_sockets", "Open live updates.", registry=registry)

    def handled(self, handler: str, seconds: float, *, refused: bool) -> None:
        self._updates.labels("refused" if refused else "answered").inc()
        self._handling.labels(handler).observe(seconds)

    def buried(self) -> None:
        self._updates.labels("dead").inc()

    def delivered(self, fate: str) -> None:
        self._sends.labels("telegram", fate).inc()

    def pictured(self, outcome: str, seconds: float) -> None:
        self._pictures.labels(outcome).observe(seconds)

    def mailed(self, fate: str) -> None:
        self._sends.labels("mail", fate).inc()

    def searched(self, seconds: float) -> None:
        self._search.observe(seconds)

    def answered(self, route: str, status: int, seconds: float) -> None:
        self._requests.labels(route, str(status)).observe(seconds)


@dataclass(frozen=True, slots=True)
class TimedIndex:
    """Implements market.ports.nearby.NearbyIndex, and tells how long it took."""

    index: NearbyIndex
    searched: Callable[[float], None]

    def near(self, search: Search) -> Nearby:
        began = perf_counter()
        found = self.index.near(search)
        self.searched(perf_counter() - began)
        return found

    def survey(self, search: Search, most: int = MOST) -> Survey:
        return self.index.survey(search, most)


@dataclass(frozen=True, slots=True)
class TimedRequests:
    """ASGI middleware. Routes are told apart by name, so that no client makes up new ones."""

    app: ASGIApp
    answered: Callable[[str, int, float], None]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        began, status = perf_counter(), 500

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        finally:
            name = getattr(scope.get("route"), "name", None) or "none"
            self.answered(name, status, perf_counter() - began)
        return None


class Scraped:
    """``/metrics``: what was counted, and what waits in the store at this moment."""

    def __init__(
        self,
        metrics: Metrics,
        pulse: Callable[[], Awaitable[Pulse]],
        census: Callable[[], Awaitable[Census]],
        clock: Clock,
    ) -> None:
        self._registry = metrics.registry
        self._pulse, self._census, self._clock = pulse, census, clock
        self._inbox = self._gauge("inbox_updates", "Updates that wait to be handled.")
        self._inbox_age = self._gauge("inbox_age_seconds", "Since the oldest of them came.")
        self._poll_age = self._gauge("poll_age_seconds", "Since Telegram answered a poll.")
        self._outbox = self._gauge("outbox_notices", "Notices not sent yet, due or not.")
        self._outbox_age = self._gauge(
            "outbox_age_seconds", "Since the oldest of them was due, or due again."
        )
        self._bookings = self._gauge("bookings", "Bookings that keep a space.", "state")
        self._spaces = self._gauge("spaces", "Spaces.", "state")

    @property
    def route(self) -> Route:
        return Route("/metrics", self.answer)

    async def answer(self, _: Request) -> Response:
        self._tell(await self._pulse(), await self._census())
        content = generate_latest(self._registry)
        return Response(content, headers={"Content-Type": CONTENT_TYPE_LATEST})

    def _tell(self, pulse: Pulse, census: Census) -> None:
        now = self._clock()
        self._inbox.set(pulse.updates)
        self._inbox_age.set(age(pulse.oldest_update, now) or 0)
        self._poll_age.set(age(pulse.polled, now) or 0)
        self._outbox.set(census.notices)
        self._outbox_age.set(age(pulse.oldest_notice, now) or 0)
        for gauge, counts in ((self._bookings, census.bookings), (self._spaces, census.spaces)):
            gauge.clear()  # a state that nobody is in any more must not stay at its last number
            for state, n in counts.items():
                gauge.labels(state).set(n)

    def _gauge(self, name: str, tells: str, *labels: str) -> Gauge:
        return Gauge(f"parkplace_{name}", tells, labels, registry=self._registry)
