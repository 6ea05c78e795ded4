"""Notices are delivered by processes that are killed, and by two at a time."""

import asyncio
import multiprocessing
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path

from aiohttp import web
from sqlalchemy import func, select

from market.domain.ids import PersonId, SpaceId
from market.domain.notice import Kind, bulletin
from storage.database import Store
from storage.migrate import upgrade
from storage.tables.outbox import UNSENT, outbox
from tests.examples import LISTER, a_person, a_space
from tests.proof import posting
from tests.proof.conftest import Figures
from tests.sizes import DELIVERY_KILLS

TOO_MANY, FAILED, SILENT = 0.05, 0.05, 0.03
"""How often Telegram says later, breaks down, and takes a message without ever saying so."""
A_KILL = 10
"""Notices for each kill, so that there is something to kill."""
LIFE = (0.05, 0.25)
LEASED = 61.0
"""Seconds after which what a killed process had claimed is anybody's."""
SHARED = 600

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload([posting.__name__])


class Telegram:
    """Counts what it accepts, and for each message the answers that left the sender in doubt."""

    def __init__(self, *, faults: bool) -> None:
        self.accepted: Counter[int] = Counter()
        self.doubts: Counter[int] = Counter()
        self.heard = asyncio.Event()
        self._faults = faults
        self._chance = random.Random(7)

    async def answer(self, request: web.Request) -> web.Response:
        params = await request.json()
        chat, fate = int(params["chat_id"]), self._chance.random() if self._faults else 1.0
        self.heard.set()
        if fate < TOO_MANY:
            later = {"ok": False, "error_code": 429, "description": "Too Many Requests: later"}
            return web.json_response(later | {"parameters": {"retry_after": 1}}, status=429)
        if fate < TOO_MANY + FAILED:
            self.doubts[chat] += 1
            broken = {"ok": False, "error_code": 500, "description": "Internal Server Error"}
            return web.json_response(broken, status=500)
        self.accepted[chat] += 1
        if fate < TOO_MANY + FAILED + SILENT:
            self.doubts[chat] += 1
            await asyncio.sleep(2 * posting.SLOW_ANSWER)
        return web.json_response({"ok": True, "result": {"message_id": 1, "date": 0}})

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self.answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()


async def planned(path: Path, count: int) -> str:
    """A database in which so many people are owed one notice each."""
    url = f"sqlite+aiosqlite:///{path / 'park.db'}"
    await asyncio.to_thread(upgrade, url)
    store = await Store.open(url)
    people = [PersonId(100 + number) for number in range(count)]
    now = datetime.now(UTC)
    async with store.begin() as work:
        await work.people.add(a_person(LISTER))
        await work.spaces.add(a_space())
        for person in people:
            await work.people.add(a_person(person))
        await work.notices.plan(
            [bulletin(Kind.SPACE_SHOWN, person, now, space=SpaceId(7)) for person in people]
        )
    await store.close()
    return url


async def unsent(url: str) -> int:
    store = await Store.open(url)
    async with store.read() as work:
        query = select(func.count()).select_from(outbox).where(UNSENT)
        left = (await work.connection.execute(query)).scalar_one()
    await store.close()
    return int(left)


async def finished(url: str) -> None:
    async with asyncio.timeout(120):
        while await unsent(url):  # noqa: ASYNC110 - other processes have no event to set
            await asyncio.sleep(0.2)


def sender(url: str, address: str, ahead: float = 0) -> BaseProcess:
    process = processes.Process(target=posting.main, args=(url, address, ahead))
    process.start()
    return process


async def end(process: BaseProcess) -> None:
    process.kill()
    await asyncio.to_thread(process.join)


async def test_no_notice_is_lost_by_senders_that_are_killed(tmp_path: Path, proof: Figures) -> None:
    """Between two lives a minute passes, as far as the senders can tell."""
    notices, moments = A_KILL * DELIVERY_KILLS, random.Random(7)
    url, telegram = await planned(tmp_path, notices), Telegram(faults=True)
    async with telegram.serving() as address:
        for life in range(DELIVERY_KILLS):
            telegram.heard.clear()
            process = sender(url, address, life * LEASED)
            if await unsent(url):
                async with asyncio.timeout(30):
                    await telegram.heard.wait()
            await asyncio.sleep(moments.uniform(*LIFE))
            await end(process)
        last = sender(url, address, DELIVERY_KILLS * LEASED)
        await finished(url)
        await end(last)

    copies = telegram.accepted
    more = sum(copies.values()) - notices
    assert len(copies) == notices, "lost"
    assert all(n <= 1 + telegram.doubts[chat] + DELIVERY_KILLS for chat, n in copies.items())
    proof(kills=DELIVERY_KILLS, notices=notices, lost=0, copies=max(copies.values()), more=more)


async def test_two_senders_on_one_database_send_nothing_twice(
    tmp_path: Path, proof: Figures
) -> None:
    url, telegram = await planned(tmp_path, SHARED), Telegram(faults=False)
    async with telegram.serving() as address:
        pair = [sender(url, address) for _ in range(2)]
        await finished(url)
        for process in pair:
            await end(process)
    assert len(telegram.accepted) == SHARED
    assert set(telegram.accepted.values()) == {1}
    proof(notices=SHARED, senders=2, lost=0, twice=0)
