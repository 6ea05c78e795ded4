"""The bot is killed again and again while people talk to it, and nobody notices."""

import asyncio
import json
import multiprocessing
import random
from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import select

from storage.database import Store
from storage.migrate import upgrade
from storage.tables.chat import conversations, inbox
from tests.proof import counting
from tests.proof.conftest import Figures
from tests.sizes import size
from tests.stub import Stub

KILLS = size(small=20, full=200)
PEOPLE = 20
LIFE = (0.0, 0.3)
"""Seconds to live; for most from the first poll on, for some from the start of the process."""


class People:
    """Each says a number, waits for the answer to it, and says the next one."""

    def __init__(self) -> None:
        self.stub = Stub(self._hear)
        self.said = dict.fromkeys(range(1, PEOPLE + 1), 0)
        self.answers: Counter[tuple[int, str]] = Counter()
        self.wrong: list[tuple[int, str]] = []
        self.talking = True
        self.silent = asyncio.Event()
        self._waiting = set(self.said)

    def begin(self) -> None:
        for person in self.said:
            self.stub.say(person, "/begin")

    def _hear(self, person: int, params: dict[str, Any]) -> None:
        text = params["text"]
        self.answers[person, text] += 1
        number = self.said[person]
        expected = f"{number} {number % counting.STEPS + 1}"
        if text == expected and person in self._waiting:
            self._go_on(person)
        elif self.answers[person, text] == 1 and person in self._waiting:
            self.wrong.append((person, text))

    def _go_on(self, person: int) -> None:
        if self.talking:
            self.said[person] += 1
            self.stub.say(person, str(self.said[person]))
            return
        self._waiting.discard(person)
        if not self._waiting:
            self.silent.set()

    async def finish(self) -> None:
        """Return when everybody has the answer to the last thing they said."""
        self.talking = False
        async with asyncio.timeout(60):
            await self.silent.wait()


async def test_a_bot_killed_at_random_moments_loses_nothing_and_does_nothing_twice(
    tmp_path: Path, proof: Figures
) -> None:
    database = f"sqlite+aiosqlite:///{tmp_path / 'park.db'}"
    await asyncio.to_thread(upgrade, database)
    # Forked from a parent that has everything imported, so that it dies at work, not at start.
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload([counting.__name__])
    moments = random.Random(7)
    people = People()
    warm = processes.Process(target=len, args=([],))
    warm.start()
    await asyncio.to_thread(warm.join)

    async with people.stub.serving() as address:
        people.begin()
        for _ in range(KILLS):
            process = processes.Process(target=counting.main, args=(database, address))
            people.stub.polled.clear()
            process.start()
            if moments.random() < 0.8:
                await people.stub.polled.wait()
            await asyncio.sleep(moments.uniform(*LIFE))
            process.kill()
            await asyncio.to_thread(process.join)
        last = processes.Process(target=counting.main, args=(database, address))
        last.start()
        await people.finish()
        last.terminate()
        await asyncio.to_thread(last.join)

    heard, states = await _kept(database)
    assert last.exitcode == 0
    assert people.wrong == []
    assert heard == {person: list(range(1, n + 1)) for person, n in people.said.items()}
    assert set(states) == {"done"}
    assert max(people.answers.values()) <= 3
    proof(
        kills=KILLS,
        updates=sum(states.values()),
        lost=0,
        twice=0,
        stuck=0,
        copies=max(people.answers.values()),
    )


async def _kept(database: str) -> tuple[dict[int, list[int]], Counter[str]]:
    """The numbers that had an effect, by person; and how many updates are in which state."""
    store = await Store.open(database)
    async with store.read() as work:
        drafts = await work.connection.execute(
            select(conversations.c.person, conversations.c.draft)
        )
        heard = {person: json.loads(draft)["numbers"] for person, draft in drafts}
        states = Counter((await work.connection.execute(select(inbox.c.state))).scalars())
    await store.close()
    return heard, states
