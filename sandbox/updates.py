"""The queue of updates: one poller at a time, nothing forgotten before it is confirmed."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice, takewhile

from sandbox.errors import Conflict
from sandbox.wire import Json

OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
LONGEST_POLL = 50


@dataclass(frozen=True, slots=True)
class Queued:
    """An update, and the lane within which webhooks keep the order."""

    update: Json
    lane: int


class Updates:
    def __init__(self, first_id: int) -> None:
        self.pending: dict[int, Queued] = {}
        self.allowed: list[str] = []
        self.on_added: Callable[[int], None] = lambda lane: None
        self._next_id = first_id
        self._poller: asyncio.Future[None] | None = None

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Holds for updates made from now on; None keeps what was said before."""
        if kinds is not None:
            self.allowed = [str(kind) for kind in kinds]

    def add(self, kind: str, payload: Json, lane: int) -> None:
        """Queue ``payload`` as a ``kind`` update, unless the bot did not ask for such."""
        wanted = kind in self.allowed if self.allowed else kind not in ONLY_ON_REQUEST
        if wanted:
            self.add_raw({kind: payload}, lane)

    def add_raw(self, fields: Json, lane: int = 0) -> int:
        """Queue whatever is given, however strange, under the next update id."""
        update_id = self._next_id
        self._next_id += 1
        self.pending[update_id] = Queued({"update_id": update_id} | fields, lane)
        self._wake()
        self.on_added(lane)
        return update_id

    def first_of(self, lane: int) -> Json | None:
        return next((each.update for each in self.pending.values() if each.lane == lane), None)

    def lanes(self) -> set[int]:
        return {each.lane for each in self.pending.values()}

    def confirm(self, update_id: int) -> None:
        self.pending.pop(update_id, None)

    def forget_all(self) -> None:
        self.pending.clear()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Wait for updates from ``offset`` on; an earlier poll that still waits gets Conflict."""
        self.end_poll(OTHER_POLLER)
        self._forget_before(offset)
        if not self.pending and seconds > 0:
            await self._wait(min(seconds, LONGEST_POLL))
        return [each.update for each in islice(self.pending.values(), limit)]

    def end_poll(self, reason: str = "") -> None:
        """Send the waiting poller home: with a Conflict, or without a reason empty-handed."""
        if self._poller is None or self._poller.done():
            return
        if reason:
            self._poller.set_exception(Conflict(reason))
        else:
            self._poller.set_result(None)

    async def _wait(self, seconds: float) -> None:
        poller = self._poller = asyncio.get_running_loop().create_future()
        await asyncio.wait([poller], timeout=seconds)
        if poller.done():
            poller.result()
        poller.cancel()

    def _wake(self) -> None:
        self.end_poll()

    def _forget_before(self, offset: int) -> None:
        if offset < 0:
            offset = next(islice(reversed(self.pending), -offset - 1, None), 0)
        # Ids only grow, so the confirmed ones are at the front.
        for update_id in list(takewhile(lambda each: each < offset, self.pending)):
            del self.pending[update_id]
