"""Eight processes on one SQLite file: nothing overlaps, nothing locks up, nothing is lost."""

import math
import multiprocessing
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from market.domain.booking import LIVE, State
from tests.proof.conftest import Figures
from tests.proof.racing import RENTERS, race, settled
from tests.sizes import RACE_SECONDS

PROCESSES = 8
KILL_EVERY = 0.1
MOST_RENTERS = RENTERS * (PROCESSES + round(RACE_SECONDS / KILL_EVERY))

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.proof.warm"])


@dataclass
class Race:
    """The file they race on, and a log for every process that ever ran."""

    folder: Path
    seconds: float

    def __post_init__(self) -> None:
        self.database = self.folder / "park.db"
        self.url, self.people = settled(self.database, MOST_RENTERS)

    def start(self, end: float) -> BaseProcess:
        people = [self.people.pop() for _ in range(RENTERS)]
        log = self.folder / f"{people[0]}.log"
        process = processes.Process(target=race, args=(self.url, log, people, end))
        process.start()
        return process

    def run(self, *, kill_every: float = math.inf) -> int:
        """Let them race; the number of processes that were killed meanwhile."""
        first = processes.Process(target=time.time)
        first.start()  # and with it the warm parent of all
        first.join()
        end = time.time() + self.seconds
        runners = [self.start(end) for _ in range(PROCESSES)]
        killed = 0
        chance = random.Random(1)
        due = time.time() + kill_every
        while max(due, time.time()) < end:
            time.sleep(max(0, due - time.time()))
            due += kill_every
            victim = chance.randrange(PROCESSES)
            runners[victim].kill()
            runners[victim].join()
            runners[victim] = self.start(end)
            killed += 1
        for runner in runners:
            runner.join(timeout=60)
            assert runner.exitcode == 0
        return killed

    def lines(self) -> Iterator[list[str]]:
        for log in self.folder.glob("*.log"):
            for line in log.read_text().splitlines():
                yield line.split(maxsplit=1)

    def said(self, word: str) -> list[str]:
        return [rest for first, rest in self.lines() if first == word]


@dataclass(frozen=True)
class Stay:
    space: int
    start: int
    until: int
    state: State


def stays(database: Path) -> dict[int, Stay]:
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        rows = connection.execute("SELECT id, space, starts_at, blocked_until, state FROM bookings")
        return {
            id_: Stay(space, start, until, State(state)) for id_, space, start, until, state in rows
        }


def commits(database: Path) -> list[int]:
    """The ids of bookings in the order in which they were booked and cancelled."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT key FROM changes WHERE noun = 'booking' ORDER BY id")
        return [key for (key,) in rows]


def overlaps_now(found: dict[int, Stay]) -> int:
    live = sorted((s.space, s.start, s.until) for s in found.values() if s.state in LIVE)
    return sum(one[0] == next_[0] and next_[1] < one[2] for one, next_ in pairwise(live))


def overlaps_ever(found: dict[int, Stay], order: list[int]) -> int:
    """Replays the log of changes: a booking's first line booked it, its second cancelled it."""
    held: set[int] = set()
    clashes = 0
    for id_ in order:
        if id_ in held:
            held.remove(id_)
            continue
        new = found[id_]
        others = (found[other] for other in held)
        clashes += any(
            new.space == other.space and new.start < other.until and other.start < new.until
            for other in others
        )
        held.add(id_)
    return clashes


@pytest.fixture
def town(tmp_path: Path) -> Race:
    return Race(tmp_path, RACE_SECONDS)


def broken_promises(race: Race, found: dict[int, Stay]) -> list[int]:
    """Bookings that a renter was told of and that are not what the renter was told last.

    Whether a cancellation took place that was cut off by a kill, nobody was told.
    """
    cancelling, cancelled = set(race.said("cancelling")), set(race.said("cancelled"))
    wanted = {
        id_: State.CANCELLED if id_ in cancelled else State.BOOKED
        for id_ in race.said("booked")
        if id_ in cancelled or id_ not in cancelling
    }
    return [
        id_
        for id_, state in wanted.items()
        if int(id_) not in found or found[int(id_)].state != state
    ]


def prove(race: Race, proof: Figures, killed: int) -> None:
    found, told = stays(race.database), Counter(word for word, *_ in race.lines())
    figures = {
        "overlaps now": overlaps_now(found),
        "overlaps ever": overlaps_ever(found, commits(race.database)),
        "errors": told["error"],
        "broken promises": len(broken_promises(race, found)),
    }
    proof(
        **figures,
        processes=PROCESSES,
        killed=killed,
        booked=told["booked"],
        refused=told["refused"],
        cancelled=told["cancelled"],
        slowest_unit_ms=max(map(int, race.said("slowest"))),
    )
    assert figures == dict.fromkeys(figures, 0), race.said("error")[:3]
    # They did race, even on a machine that has much else to do.
    assert min(told["booked"], told["refused"], told["cancelled"]) > 0


def test_eight_processes_race_for_ten_spaces(town: Race, proof: Figures) -> None:
    prove(town, proof, killed=town.run())


def test_eight_processes_race_while_one_is_killed_every_tenth_of_a_second(
    town: Race, proof: Figures
) -> None:
    killed = town.run(kill_every=KILL_EVERY)
    prove(town, proof, killed)
    assert killed > town.seconds
