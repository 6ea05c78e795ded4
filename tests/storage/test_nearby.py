"""The index as the market sees it, over the real store."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import NoReturn

import pytest

from market.domain.booking import State
from market.domain.ids import SpaceId
from market.domain.place import Offset, Point, metres, shifted
from market.domain.search import Filters, Obstacle, Search
from market.domain.space import Approval, Limits, Rules, SpaceState, Tag
from market.domain.tariff import Tariff
from storage.changes import Noun
from storage.database import Store
from storage.nearby.feed import NearbyFeed
from tests.examples import LISTER, NOON, RENTER, a_booking, a_space, at, euros, settle, window

HERE = a_space().public_point


def search(**changes: object) -> Search:
    return replace(Search(HERE, window(1, 3), NOON, person=RENTER), **changes)


@pytest.fixture(params=[0, 128], ids=["blocks", "town"])
async def feed(
    store: Store, url: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[NearbyFeed]:
    """Once through the blocks, however little there is, and once as in a town."""
    monkeypatch.setattr("storage.nearby.globe.TOWN", request.param)
    feed = await NearbyFeed.open(store, url)
    following = asyncio.create_task(feed.run())
    yield feed
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)


async def caught_up(feed: NearbyFeed) -> None:
    async with asyncio.timeout(10):
        await feed.caught_up()


async def test_a_space_is_found_as_soon_as_it_is_listed_and_not_before(store, feed) -> None:
    assert feed.index.near(search()).nearest is None

    async with store.begin() as work:
        await settle(work)
    await caught_up(feed)

    [found] = feed.index.near(search()).found
    assert (found.space, found.metres, found.price) == (7, pytest.approx(0, abs=1e-6), euros(500))


@pytest.mark.parametrize(
    ("space", "asked", "obstacle"),
    [
        ({"state": SpaceState.PAUSED}, {}, Obstacle.CLOSED),
        ({"state": SpaceState.HIDDEN}, {}, Obstacle.CLOSED),
        ({}, {"person": LISTER}, Obstacle.OWN),
        ({"rules": Rules(min_stay=timedelta(hours=3))}, {}, Obstacle.STAY_LENGTH),
        ({"rules": Rules(max_stay=timedelta(hours=1))}, {}, Obstacle.STAY_LENGTH),
        ({"rules": Rules(notice=timedelta(hours=2))}, {}, Obstacle.TOO_SOON),
        ({"approval": Approval.REQUEST}, {}, Obstacle.TOO_SOON),
        ({"rules": Rules(horizon=timedelta(minutes=59))}, {}, Obstacle.TOO_FAR_AHEAD),
        ({}, {"filters": Filters(tags=frozenset({Tag.EV}))}, Obstacle.FILTERED),
        ({"limits": Limits(height=190)}, {"filters": Filters(height=191)}, Obstacle.FILTERED),
        ({}, {"filters": Filters(max_price=499)}, Obstacle.FILTERED),
        ({}, {"filters": Filters(max_price=999, currency="USD")}, Obstacle.FILTERED),
        (
            {"approval": Approval.REQUEST},
            {"filters": Filters(instant_only=True)},
            Obstacle.FILTERED,
        ),
    ],
    ids=lambda value: (
        "-".join(map(str, value.values())) if isinstance(value, dict) else value.value
    ),
)
async def test_what_does_not_fit_is_counted_under_its_reason(
    store, feed, space, asked, obstacle
) -> None:
    async with store.begin() as work:
        await settle(work, a_space(**space))
    await caught_up(feed)

    nearby = feed.index.near(search(**asked))

    assert nearby.found == ()
    assert nearby.obstacles == {obstacle: 1}
    assert nearby.nearest == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("state", "expires", "blocks"),
    [
        (State.BOOKED, None, True),
        (State.ARRIVED, None, True),
        (State.REQUESTED, at(1), True),
        (State.REQUESTED, NOON, False),
        (State.HELD, None, True),
        (State.HELD, NOON, False),
        (State.CANCELLED, None, False),
        (State.EXPIRED, None, False),
    ],
)
async def test_only_live_bookings_keep_a_space(store, feed, state, expires, blocks) -> None:
    async with store.begin() as work:
        await settle(work)
        await work.bookings.add(a_booking(window(2, 4), state=state, expires_at=expires))
    await caught_up(feed)

    assert feed.index.near(search()).obstacles == ({Obstacle.TAKEN: 1} if blocks else {})
    assert feed.index.near(search(window=window(0, 2))).obstacles == {}
    assert feed.index.near(search(window=window(4, 6))).obstacles == {}


async def test_the_space_s_own_buffer_must_fit_before_the_next_booking(store, feed) -> None:
    async with store.begin() as work:
        await settle(work, a_space(rules=Rules(buffer=timedelta(minutes=30))))
        await work.bookings.add(a_booking(window(4, 5)))
    await caught_up(feed)

    assert feed.index.near(search(window=window(1, 3.5))).found
    assert not feed.index.near(search(window=window(1, 3.75))).found


async def test_equal_distances_are_in_order_of_id_and_pages_follow_one_another(store, feed) -> None:
    """Four corners around the search, equally far to the last bit, with many spaces at each."""
    corners = [Point(lat, lng) for lat in (-0.01, 0.01) for lng in (-0.01, 0.01)]
    ids = [SpaceId(1 + n * 37 % 101) for n in range(100)]
    crowd = [a_space(id=n, place=corners[n % 4], shows_place=True) for n in ids]
    async with store.begin() as work:
        await settle(work, *crowd)
    await caught_up(feed)

    pages = [feed.index.near(search(point=Point(0, 0), skip=n, k=7)) for n in range(0, 100, 7)]

    assert [found.space for page in pages for found in page.found] == sorted(ids)
    assert [page.more for page in pages] == [True] * 14 + [False]


@pytest.mark.parametrize("shift", [0.0, 1e-7], ids=["at the limit", "just beyond it"])
async def test_reach_is_kept_to_the_last_bit(store, feed, shift) -> None:
    point = shifted(HERE, Offset(90, 1_000))
    async with store.begin() as work:
        await settle(work, a_space(place=point, shows_place=True))
    await caught_up(feed)

    reach = metres(HERE, point) - shift

    assert len(feed.index.near(search(reach=reach)).found) == (shift == 0)


async def test_the_nearest_of_all_is_told_however_far_it_is(store, feed) -> None:
    async with store.begin() as work:
        await settle(work)
    await caught_up(feed)

    antipode = Point(-HERE.lat, HERE.lng - 180)

    assert feed.index.near(search(point=antipode)).nearest == pytest.approx(20_015_000, rel=1e-3)


async def test_of_many_spaces_another_process_reads_half(store, url, monkeypatch) -> None:
    prices = [Tariff(euros(100 + n % 3)) for n in range(9)]
    states = [State.BOOKED, State.HELD, State.CANCELLED]
    async with store.begin() as work:
        await settle(
            work,
            *(a_space(id=SpaceId(n + 1), zone=f"Etc/GMT+{n}", tariff=prices[n]) for n in range(9)),
        )
        for n in range(0, 9, 2):
            await work.bookings.add(a_booking(space=SpaceId(n + 1), state=states[n // 2 % 3]))
    alone = await NearbyFeed.open(store, url)
    monkeypatch.setattr("storage.nearby.part.MANY", 2)

    halved = await NearbyFeed.open(store, url)

    assert halved.seen == alone.seen
    everything = [feed.index.near(search(k=9)) for feed in (alone, halved)]
    assert everything[0] == everything[1]
    assert {found.space for found in everything[0].found} == {2, 4, 5, 6, 8}
    assert [found.price for found in everything[0].found] == [
        prices[found.space - 1].price(timedelta(hours=2)) for found in everything[0].found
    ]


async def change_and_forget(store: Store) -> None:
    async with store.begin() as work:
        await work.spaces.save(a_space(state=SpaceState.PAUSED))
        for _ in range(20):
            await work.changes.append(Noun.SPACE, 999)
        await work.changes.forget(keep=5)


async def test_an_index_that_slept_through_forgotten_changes_reads_everything(
    store: Store, url: str
) -> None:
    async with store.begin() as work:
        await settle(work)
    told: list[int] = []
    sleeper = await NearbyFeed.open(store, url, told.extend)
    await change_and_forget(store)
    assert sleeper.index.near(search()).found

    following = asyncio.create_task(sleeper.run())
    await caught_up(sleeper)
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)

    assert sleeper.index.near(search()).obstacles == {Obstacle.CLOSED: 1}
    assert told == [7]


async def test_a_store_that_cannot_be_read_for_a_moment_does_not_end_the_feed(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("storage.nearby.feed.PAUSE", 0)
    feed = await NearbyFeed.open(store, url)
    async with store.begin() as work:
        await settle(work)
    readable = store.glance

    def broken() -> NoReturn:
        store.glance = readable
        raise OSError("the disk is gone")

    store.glance = broken
    following = asyncio.create_task(feed.run())
    await asyncio.sleep(0)
    await caught_up(feed)
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)

    assert feed.index.near(search()).found
    assert "fell behind" in caplog.text
