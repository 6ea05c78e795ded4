"""Nearby search among a million spaces, beside plain SQL and PostGIS over the same world.

Ours applies every rule there is. The peers are let off the weekly hours, blocked dates and who
asks, which SQL can hardly say: they do less for their answer.
"""

import asyncio
import gc
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from benchmarks.near_peers import postgis, sqlite_box
from benchmarks.near_world import BOOKINGS, SPACES, Question, make_world
from benchmarks.postgres import server_programs
from market.domain.search import Search
from storage.database import Store
from storage.nearby.feed import NearbyFeed

T = TypeVar("T")
Row = Mapping[str, object]
Times = Mapping[str, Sequence[float]]
"""Seconds of each answer, by kind of question."""

KINDS = {
    "usual": ("near, five of a million", ("p50", "p99")),
    "filtered": ("near, five that match filters", ("p50", "p99")),
    "stadium": ("near, where 95 % is taken", ("p50", "p99")),
}
PERCENTILES = {"p50": 50, "p99": 99}


@dataclass(frozen=True)
class Ours:
    load: float
    """Seconds from nothing to the first answer."""
    resident: float
    """Megabytes of the whole process once it is loaded."""
    times: Times


def measured(spaces: int = SPACES, bookings: int = BOOKINGS) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/world.db"
        questions = _apart(make_world, url, spaces, bookings)
        ours = _apart(_ours, url, questions)
        yield _row("near, loading", "time", "s", ours.load)
        yield _row("near, resident memory", "size", "MB", ours.resident)
        yield from _compared(ours.times, "SQLite, box", _apart(sqlite_box, url, questions))
        if programs := server_programs():
            theirs = _apart(postgis, url, questions, programs)
            yield from _compared(ours.times, "PostGIS", theirs)


def _apart(work: Callable[..., T], *arguments: object) -> T:
    """Done in a fresh process, so that neither memory nor caches of one show in another."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def _ours(url: str, questions: Mapping[str, Sequence[Question]]) -> Ours:
    return asyncio.run(_answered(url, questions))


async def _answered(url: str, questions: Mapping[str, Sequence[Question]]) -> Ours:
    searches = {kind: [q.search() for q in some] for kind, some in questions.items()}
    begun = time.perf_counter()
    store = await Store.open(url)
    feed = await NearbyFeed.open(store, url)
    feed.index.near(searches["usual"][0])
    load = time.perf_counter() - begun
    times = {kind: _timed(feed.index.near, some) for kind, some in searches.items()}
    resident = _resident()
    await store.close()
    return Ours(load, resident, times)


def _timed(answer: Callable[[Search], object], searches: Sequence[Search]) -> list[float]:
    times = []
    for search in searches:
        begun = time.perf_counter()
        answer(search)
        times.append(time.perf_counter() - begun)
    return times


def _resident() -> float:
    """Now, not at the peak; in megabytes."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def _compared(ours: Times, peer: str, theirs: Times) -> Iterator[Row]:
    for kind, (name, metrics) in KINDS.items():
        for metric in metrics:
            mine, other = (
                float(np.percentile(times[kind], PERCENTILES[metric])) * 1000
                for times in (ours, theirs)
            )
            yield _row(name, metric, "ms", mine, peer, other)


def _row(
    name: str, metric: str, unit: str, ours: float, peer: str | None = None, theirs: float = 0
) -> dict[str, Any]:
    return {
        "name": name,
        "metric": metric,
        "unit": unit,
        "ours": round(ours, 3),
        "peer": peer,
        "peer_value": round(theirs, 3) if peer else None,
        "ratio": round(theirs / ours, 2) if peer else None,
    }
