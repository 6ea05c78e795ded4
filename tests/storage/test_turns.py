import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.changes import Noun
from storage.database import Store
from storage.turns import Turns
from storage.writer import GROUP

MANY = 60 * GROUP


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Turns, Turns]]:
    turns = Turns(str(tmp_path / "turns")), Turns(str(tmp_path / "turns"))
    yield turns
    for one in turns:
        one.close()


def test_who_waits_is_seen_by_the_other_and_only_while_waiting(two: tuple[Turns, Turns]) -> None:
    one, other = two
    assert not one.others_wait()
    with other.waiting():
        assert one.others_wait()
    assert not one.others_wait()


def test_several_can_wait_at_once(two: tuple[Turns, Turns], tmp_path: Path) -> None:
    one, other = two
    third = Turns(str(tmp_path / "turns"))
    with other.waiting(), third.waiting():
        assert one.others_wait()
    third.close()


async def test_one_unit_gets_its_turn_amid_many_of_another_process(store, url, database) -> None:
    other = await Store.open(url)

    async def unit(of: Store, key: int) -> None:
        async with of.begin() as work:
            await work.changes.append(Noun.SPACE, key)

    crowd = [asyncio.create_task(unit(store, 0)) for _ in range(MANY)]
    await asyncio.wait(crowd, return_when=asyncio.FIRST_COMPLETED)
    await unit(other, 1)
    await asyncio.gather(*crowd)
    await other.close()

    with closing(sqlite3.connect(database)) as connection:
        ((turn,),) = connection.execute("SELECT id FROM changes WHERE key = 1")
    assert turn < MANY / 4
