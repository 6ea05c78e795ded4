import asyncio
from collections.abc import Sequence

import pytest

from storage.changes import BATCH, Change, Noun, follow
from storage.database import Store
from storage.work import Work


async def append(store: Store, *keys: int) -> None:
    async with store.begin() as work:
        for key in keys:
            await work.changes.append(Noun.BOOKING, key)


class Memory:
    """Keeps the keys that it was told of, and lets a test wait for one."""

    def __init__(self) -> None:
        self.keys: list[int] = []
        self._told = asyncio.Condition()

    async def apply(self, _work: Work, changes: Sequence[Change]) -> None:
        async with self._told:
            self.keys += [change.key for change in changes]
            self._told.notify_all()

    async def until(self, key: int) -> None:
        async with asyncio.timeout(5), self._told:
            await self._told.wait_for(lambda: key in self.keys)


@pytest.fixture
def memory() -> Memory:
    return Memory()


async def test_changes_come_in_the_order_of_their_commits(store) -> None:
    await append(store, 7, 8)
    await append(store, 7)
    async with store.read() as work:
        assert [(change.id, change.key) for change in await work.changes.after(0)] == [
            (1, 7),
            (2, 8),
            (3, 7),
        ]
        assert await work.changes.after(3) == []
        assert await work.changes.newest() == 3


async def test_the_log_is_handed_out_in_batches(store) -> None:
    await append(store, *range(BATCH + 1))
    async with store.read() as work:
        first = await work.changes.after(0)
        rest = await work.changes.after(first[-1].id)
    assert (len(first), len(rest)) == (BATCH, 1)


async def test_forgotten_changes_never_lend_their_numbers_to_new_ones(store) -> None:
    await append(store, 1, 2, 3)
    async with store.begin() as work:
        await work.changes.forget(keep=0)
        assert await work.changes.newest() == 0
    await append(store, 4)
    async with store.read() as work:
        assert await work.changes.after(0) == [Change(4, Noun.BOOKING, 4)]


async def test_the_newest_changes_are_kept(store) -> None:
    await append(store, 1, 2, 3)
    async with store.begin() as work:
        await work.changes.forget(keep=2)
    async with store.read() as work:
        assert [change.key for change in await work.changes.after(0)] == [2, 3]


async def test_a_follower_starts_where_it_was_and_misses_nothing(store, memory) -> None:
    await append(store, 1, 2)
    following = asyncio.create_task(follow(store, 1, memory.apply, every=60))
    await memory.until(2)
    await append(store, 3)
    await memory.until(3)
    following.cancel()
    assert memory.keys == [2, 3]


async def test_a_follower_hears_of_another_process_too(store, url, memory) -> None:
    other = await Store.open(url)
    following = asyncio.create_task(follow(store, 0, memory.apply, every=0.01))
    await append(other, 1)
    await memory.until(1)
    following.cancel()
    await other.close()
