"""Wake-ups: what conversations asked for with ``wake_in``, kept in the database until due."""

import asyncio
import json
import logging
import secrets
from typing import Generic

from chat.context import C
from chat.envelope import Envelope, wake_up
from chat.ports import Clock, Store, W, utc_now
from chat.worker import Worker

log = logging.getLogger(__name__)

TOPIC = "wakes"
"""Touched by a unit that asks to be woken."""
LONGEST_NAP = 60.0
"""Seconds; the clock may be changed while we sleep."""


class Wakes(Generic[W, C]):
    """Turns what is due into inbox rows, so that it takes the way of every update."""

    def __init__(self, store: Store[W], worker: Worker[W, C], clock: Clock = utc_now) -> None:
        self._store = store
        self._worker = worker
        self._clock = clock
        self._news = asyncio.Event()
        store.listen(TOPIC, self._news.set)

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            self._news.clear()
            try:
                await self.sweep()
                nap = await self._nap()
            except Exception:
                log.exception("nobody could be woken")
                nap = 1.0
            try:
                async with asyncio.timeout(nap):
                    await self._news.wait()
            except TimeoutError:
                continue

    async def sweep(self) -> int:
        """Wake everybody whose time has come; one row each, with the claim in one unit."""
        now = self._clock()
        async with self._store.begin() as work:
            due = await work.conversations.wake(now)
            # Below zero, where Telegram has no ids.
            raws = [wake_up(-1 - secrets.randbits(62), *one) for one in due]
            envelopes = [envelope for raw in raws if (envelope := Envelope.of(raw, now))]
            if envelopes:
                await work.inbox.add(
                    [
                        {
                            "id": envelope.id,
                            "person": envelope.person,
                            "raw": json.dumps(envelope.raw),
                            "sent_at": now,
                            "received_at": now,
                        }
                        for envelope in envelopes
                    ]
                )
        self._worker.receive(envelopes)
        return len(envelopes)

    async def _nap(self) -> float:
        async with self._store.glance() as work:
            next_wake = await work.conversations.next_wake()
        if next_wake is None:
            return LONGEST_NAP
        return min(max(0.0, (next_wake - self._clock()).total_seconds()), LONGEST_NAP)
