import asyncio
from collections.abc import Callable
from datetime import timedelta

from jobs.table import Sweep, Ticking

LONG = timedelta(days=1)


class Bells:
    """Rung by commits: what Store.listen takes."""

    def __init__(self) -> None:
        self.callbacks: dict[str, Callable[[], None]] = {}

    def __call__(self, topic: str, callback: Callable[[], None]) -> None:
        self.callbacks[topic] = callback


class Counting:
    """A sweep that can be waited for."""

    def __init__(self, more: int = 0, error: Exception | None = None) -> None:
        self.runs = 0
        self.more = more
        self.error = error
        self.ran = asyncio.Semaphore(0)

    async def __call__(self) -> bool:
        self.runs += 1
        self.ran.release()
        if self.error is not None:
            raise self.error
        return self.runs <= self.more

    async def next(self) -> None:
        async with asyncio.timeout(5):
            await self.ran.acquire()


async def test_every_sweep_runs_at_the_start() -> None:
    run = Counting()
    async with Ticking([Sweep("one", LONG, run)], Bells()):
        await run.next()
    assert run.runs == 1


async def test_a_sweep_runs_again_when_its_time_has_come() -> None:
    run = Counting()
    async with Ticking([Sweep("one", timedelta(milliseconds=20), run)], Bells()):
        for _ in range(3):
            await run.next()


async def test_a_commit_that_touched_its_topic_starts_it_at_once() -> None:
    run, bells = Counting(), Bells()
    async with Ticking([Sweep("one", LONG, run, topic="outbox")], bells):
        await run.next()
        bells.callbacks["outbox"]()
        await run.next()


async def test_while_there_is_more_it_goes_on() -> None:
    run = Counting(more=2)
    async with Ticking([Sweep("one", LONG, run)], Bells()):
        for _ in range(3):
            await run.next()
    assert run.runs == 3


async def test_a_sweep_that_fails_is_run_again_and_hinders_no_other(caplog) -> None:
    failing, healthy = Counting(error=RuntimeError("the disk is full")), Counting()
    bells = Bells()
    sweeps = [Sweep("bad", LONG, failing, topic="x"), Sweep("good", LONG, healthy)]
    async with Ticking(sweeps, bells):
        await failing.next()
        await healthy.next()
        bells.callbacks["x"]()
        await failing.next()
    assert "the disk is full" in caplog.text


async def test_a_sweep_under_way_is_finished_at_the_end() -> None:
    begun, finished = asyncio.Event(), asyncio.Event()

    async def slow() -> bool:
        begun.set()
        await asyncio.sleep(0.05)
        finished.set()
        return False

    async with Ticking([Sweep("slow", LONG, slow)], Bells()):
        await begun.wait()
    assert finished.is_set()


async def test_a_sweep_that_never_ends_is_cut() -> None:
    begun = asyncio.Event()

    async def endless() -> bool:
        begun.set()
        await asyncio.Event().wait()
        return False

    async with asyncio.timeout(5):
        async with Ticking([Sweep("endless", LONG, endless)], Bells(), drain=0.05):
            await begun.wait()
