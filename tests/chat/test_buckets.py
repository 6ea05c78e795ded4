"""The pace of sending, on a clock that only moves when it is told to."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.buckets import Bucket, Gate, Limits


class Time:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@given(st.floats(0.1, 100), st.integers(1, 50), st.lists(st.floats(0, 10), min_size=1, max_size=50))
def test_a_bucket_never_gives_more_than_its_size_and_rate_allow(
    rate: float, size: int, pauses: list[float]
) -> None:
    bucket = Bucket(rate, size)
    now, taken = 0.0, 0
    for pause in pauses:
        now += pause
        while bucket.wait(now) == 0:
            bucket.take(now)
            taken += 1
    assert taken <= size + rate * now + 1e-6


@given(st.floats(0.1, 100), st.integers(1, 50))
def test_a_bucket_says_how_long_to_wait(rate: float, size: int) -> None:
    bucket = Bucket(rate, size)
    for _ in range(size):
        bucket.take(0.0)
    assert bucket.wait(bucket.wait(0.0)) == pytest.approx(0, abs=1e-9)


@pytest.fixture
def time() -> Time:
    return Time()


class Line:
    """People before a gate, whose order of entry is written down."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.order: list[str] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def join(self, name: str, chat: int, *, notice: bool = False) -> None:
        async def enter() -> None:
            await self.gate.enter(chat, notice=notice)
            self.order.append(name)

        self._tasks.append(asyncio.create_task(enter()))
        await settle()

    async def leave(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_chat_gets_a_burst_and_then_one_a_second(time: Time) -> None:
    line = Line(Gate(Limits(burst=3), time))
    for n in range(5):
        await line.join(str(n), chat=7)
    assert line.order == ["0", "1", "2"]
    time.now += 1.01
    line.gate._let_through()
    await settle()
    assert line.order == ["0", "1", "2", "3"]
    await line.leave()


async def test_a_chat_that_must_wait_holds_no_other_up(time: Time) -> None:
    line = Line(Gate(Limits(burst=1), time))
    await line.join("first", chat=7)
    await line.join("second", chat=7)
    await line.join("somebody else", chat=8)
    assert line.order == ["first", "somebody else"]
    await line.leave()


async def test_replies_go_before_notices(time: Time) -> None:
    line = Line(Gate(Limits(per_second=1), time))
    await line.join("first", chat=1)
    await line.join("notice", chat=2, notice=True)
    await line.join("reply", chat=3)
    for _ in range(2):
        time.now += 1.01
        line.gate._let_through()
        await settle()
    assert line.order == ["first", "reply", "notice"]


async def test_a_group_gets_twenty_a_minute(time: Time) -> None:
    line = Line(Gate(Limits(), time))
    for n in range(25):
        await line.join(str(n), chat=-7)
    assert len(line.order) == 20
    await line.leave()


async def test_silence_is_kept_in_the_chat_that_asked_for_it(time: Time) -> None:
    line = Line(Gate(Limits(), time))
    line.gate.halt(7, 30)
    await line.join("halted", chat=7)
    await line.join("other", chat=8)
    assert line.order == ["other"]
    time.now += 30.01
    line.gate._let_through()
    await settle()
    assert line.order == ["other", "halted"]


async def test_when_a_second_chat_asks_for_silence_it_is_kept_in_all(time: Time) -> None:
    line = Line(Gate(Limits(), time))
    line.gate.halt(7, 30)
    line.gate.halt(8, 10)
    await line.join("other", chat=9)
    assert line.order == []
    time.now += 10.01
    line.gate._let_through()
    await settle()
    assert line.order == ["other"]


async def test_who_gives_up_waiting_takes_no_token(time: Time) -> None:
    line = Line(Gate(Limits(burst=1), time))
    await line.join("first", chat=7)
    await line.join("gives up", chat=7)
    await line.leave()
    await line.join("third", chat=7)
    time.now += 1.01
    line.gate._let_through()
    await settle()
    assert line.order == ["first", "third"]


async def test_the_line_moves_by_itself() -> None:
    gate = Gate(Limits(per_second=1000, per_chat=1000, burst=1))
    async with asyncio.timeout(5):
        for _ in range(5):
            await gate.enter(7, notice=False)
