"""What ``/healthz`` and ``/readyz`` say."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from chat.ports import Clock
from storage.pulse import Pulse

STUCK = timedelta(minutes=5)
"""An update that waits so long, or a notice so long due, means that nobody works here any more.

A network that is down is none of it: what cannot be sent now is due again later.
"""


@dataclass(frozen=True, slots=True)
class Health:
    pulse: Callable[[], Awaitable[Pulse]]
    """Raises whatever keeps the database from being read."""
    clock: Clock

    @property
    def routes(self) -> list[Route]:
        return [Route("/healthz", self.alive), Route("/readyz", self.ready)]

    async def alive(self, _: Request) -> Response:
        """The process answers; it says nothing about what it needs."""
        return JSONResponse({"status": "ok"})

    async def ready(self, _: Request) -> Response:
        """Ages are in seconds; null where nothing waits, or nobody polls."""
        try:
            pulse = await self.pulse()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the answer
            said = {"status": "unready", "database": type(error).__name__}
            return JSONResponse(said, status_code=503)
        now = self.clock()
        waiting = {
            "oldest_update": age(pulse.oldest_update, now),
            "oldest_due_notice": age(pulse.oldest_notice, now),
        }
        stuck = any(seconds and seconds > STUCK.total_seconds() for seconds in waiting.values())
        return JSONResponse(
            {
                "status": "unready" if stuck else "ok",
                "database": "ok",
                **waiting,
                "last_poll": age(pulse.polled, now),
            },
            status_code=503 if stuck else 200,
        )


def age(since: datetime | None, now: datetime) -> float | None:
    """Seconds."""
    return None if since is None else max(0.0, (now - since).total_seconds())
