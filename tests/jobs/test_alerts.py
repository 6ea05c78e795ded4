from collections import deque
from dataclasses import dataclass, field

import pytest

from jobs.alerts import BATCH, Changed, Forgetting, Watching
from market.domain.alert import Alert
from market.domain.ids import AlertId, SpaceId
from market.domain.place import Point
from market.domain.search import Filters, Found, Nearby, Search
from market.services import alerts as alerts_service
from storage.database import Store
from tests.examples import NOON, RENTER, at, euros, settle, window

SPACE = SpaceId(7)
ALERT = Alert(
    AlertId(5), RENTER, Point(52.52, 13.405), "Europe/Berlin", window(1, 3), Filters(), NOON
)


@dataclass
class Index:
    """Finds the usual space, or fails as it was told to."""

    failures: deque[Exception] = field(default_factory=deque)
    asked: list[Search] = field(default_factory=list)

    def near(self, search: Search) -> Nearby:
        self.asked.append(search)
        if self.failures:
            raise self.failures.popleft()
        return Nearby((Found(SPACE, 10, euros(500)),))


@pytest.fixture
async def waiting(store: Store) -> Store:
    async with store.begin() as work:
        await settle(work)
        await work.alerts.add(ALERT)
    return store


def watching(store: Store, index: Index, clock=lambda: NOON, after=None) -> Watching:
    return Watching(store, clock, index, Changed(), after)


async def told(store: Store) -> bool:
    async with store.begin() as work:
        return not await work.alerts.of(RENTER)


async def test_without_a_change_nobody_is_looked_at(waiting: Store) -> None:
    index = Index()
    assert await watching(waiting, index)() is False
    assert index.asked == []


async def test_a_look_that_fails_is_taken_again(waiting: Store) -> None:
    sweep = watching(waiting, Index(deque([RuntimeError("index")])))
    sweep.changed.note([SPACE])
    with pytest.raises(RuntimeError):
        await sweep()
    assert not await told(waiting)
    assert await sweep() is False
    assert await told(waiting)


async def test_many_changes_are_looked_at_bit_by_bit(waiting: Store) -> None:
    sweep = watching(waiting, Index())
    sweep.changed.note(range(1000, 1000 + BATCH + 1))
    assert await sweep() is True
    assert await sweep() is False


async def test_everybody_is_looked_at_page_by_page_when_that_is_asked(
    waiting: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.alerts.PAGE", 1)
    monkeypatch.setattr(alerts_service, "PAGE", 1)
    index = Index()
    sweep = watching(waiting, index)
    await sweep.everybody()
    assert await sweep() is True
    assert await sweep() is False
    assert await told(waiting)


async def test_after_its_window_has_passed_an_alert_is_passed_over_and_forgotten(
    waiting: Store,
) -> None:
    index = Index()
    await watching(waiting, index, lambda: at(2), AlertId(0))()
    assert index.asked == []
    assert not await told(waiting)
    await Forgetting(waiting, lambda: at(2))()
    assert await told(waiting)
