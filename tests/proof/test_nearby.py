"""The index finds exactly what looking at every space finds, before and after changes."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from market.domain.booking import Side, State, moved
from market.domain.errors import WindowTaken
from market.domain.ids import BookingId, QuoteId, SpaceId, new_id
from market.domain.place import Offset, Point, shifted
from market.domain.search import Filters, Search
from market.domain.space import Space, SpaceState, Tag
from market.domain.window import Window
from storage.database import Store
from storage.migrate import upgrade
from storage.nearby.feed import NearbyFeed
from storage.seeding import fill_world
from storage.work import Work
from tests.by_hand import ByHand, differences
from tests.examples import a_booking
from tests.sizes import NEARBY_CHANGES, NEARBY_QUERIES, NEARBY_SPACES

NOW = datetime(2030, 3, 29, 9, 7, tzinfo=UTC)
"""Two days before the clocks change in Europe."""
CHANCE = random.Random(20300329)


@pytest.fixture
async def feed(tmp_path) -> AsyncIterator[NearbyFeed]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'world.db'}"
    upgrade(url)
    fill_world(url, spaces=NEARBY_SPACES, bookings=3 * NEARBY_SPACES, seed=29, now=NOW)
    store = await Store.open(url)
    feed = await NearbyFeed.open(store, url)
    following = asyncio.create_task(feed.run())
    yield feed
    following.cancel()
    with suppress(asyncio.CancelledError):
        await following
    await store.close()


async def test_the_index_finds_what_looking_at_every_space_finds(feed, proof) -> None:
    by_hand = await ByHand.of(feed.store)

    unlike = compare(feed, by_hand, NEARBY_QUERIES)

    proof(spaces=NEARBY_SPACES, queries=NEARBY_QUERIES, differences=len(unlike))
    assert unlike == []


async def test_the_index_finds_the_same_after_changes(feed, proof) -> None:
    before = await ByHand.of(feed.store)
    touched = [await change(feed.store, before) for _ in range(NEARBY_CHANGES)]
    async with asyncio.timeout(60):
        await feed.caught_up()
    after = await ByHand.of(feed.store)

    unlike = compare(feed, after, NEARBY_QUERIES // 2, around=touched)

    proof(changes=NEARBY_CHANGES, queries=NEARBY_QUERIES // 2, differences=len(unlike))
    assert unlike == []
    fresh = await NearbyFeed.open(feed.store, feed.url)
    assert compare(fresh, after, NEARBY_QUERIES // 10, around=touched) == []


def compare(feed: NearbyFeed, by_hand: ByHand, count: int, around: list[Point] = ()) -> list[str]:
    unlike = []
    for _ in range(count):
        search = a_search(by_hand, around)
        found = differences(feed.index.near(search), by_hand.near(search))
        unlike += [f"{search}: {difference}" for difference in found]
    return unlike


def a_search(by_hand: ByHand, around: list[Point]) -> Search:
    near = CHANCE.choice(by_hand.spaces)
    minutes = CHANCE.choice([-15, 0, 8, 23, 180, 1_440, 4_000, CHANCE.randint(0, 60_000)])
    length = CHANCE.choice([30, 60, 120, 120, 240, 480, 600, CHANCE.choice([15, 1_441, 20_160])])
    window = Window.lasting(NOW + timedelta(minutes=minutes), timedelta(minutes=length))
    return Search(
        point=a_point(by_hand, around),
        window=window,
        now=NOW,
        k=CHANCE.choice([1, 5, 5, 20]),
        skip=CHANCE.choice([0, 0, 0, 5, 60]),
        reach=CHANCE.choice([300.0, 2_000.0, 20_000.0, 20_000.0, 20_000.0, 150_000.0]),
        filters=some_filters(),
        person=near.lister if CHANCE.random() < 0.1 else None,
    )


def a_point(by_hand: ByHand, around: list[Point]) -> Point:
    edges = [Point(90, 0), Point(-90, 0), Point(-16.8, 180), Point(71.2, -180), Point(0, -180)]
    kind = CHANCE.random()
    if kind < 0.1:
        return Point(CHANCE.uniform(-90, 90), CHANCE.uniform(-180, 180))
    if kind < 0.2:
        return CHANCE.choice(edges)
    if kind < 0.4:
        middle = CHANCE.choice(edges)
    elif around:
        middle = CHANCE.choice(around)
    else:
        middle = CHANCE.choice(by_hand.points)
    return shifted(middle, Offset(CHANCE.uniform(0, 360), CHANCE.expovariate(1 / 1_000)))


def some_filters() -> Filters:
    if CHANCE.random() < 0.5:
        return Filters()
    return Filters(
        tags=frozenset(CHANCE.sample(list(Tag), CHANCE.choice([0, 0, 1, 2]))),
        height=CHANCE.choice([None, None, 185, 205]),
        length=CHANCE.choice([None, None, 440, 600]),
        max_price=CHANCE.choice([None, None, 500, 2_000]),
        currency=CHANCE.choice([None, "EUR", "USD"]),
        instant_only=CHANCE.random() < 0.3,
    )


async def change(store: Store, before: ByHand) -> Point:
    """Let one thing happen to a random space, as it was before any change. Returns where."""
    space = CHANCE.choice(before.spaces)
    async with store.begin() as work:
        await CHANCE.choice(CHANGES)(work, space)
    return space.public_point


async def move(work: Work, space: Space) -> None:
    there = shifted(space.place, Offset(CHANCE.uniform(0, 360), CHANCE.expovariate(1 / 300)))
    await work.spaces.save(replace(space, place=there))


async def close(work: Work, space: Space) -> None:
    states = [SpaceState.PAUSED, SpaceState.HIDDEN, SpaceState.DELETED, SpaceState.LIVE]
    await work.spaces.save(replace(space, state=CHANCE.choice(states)))


async def edit(work: Work, space: Space) -> None:
    other = replace(space.rules, buffer=timedelta(minutes=CHANCE.choice([0, 20, 90])))
    await work.spaces.save(replace(space, rules=other, tags=frozenset({Tag.EV, Tag.LIT})))


async def copy(work: Work, space: Space) -> None:
    """Another bay at the very same point: equal distances from everywhere."""
    await work.spaces.add(replace(space, id=SpaceId(new_id()), state=SpaceState.LIVE, photos=()))


async def book(work: Work, space: Space) -> None:
    state = CHANCE.choice([State.BOOKED, State.BOOKED, State.ARRIVED, State.REQUESTED, State.HELD])
    start = NOW + timedelta(minutes=CHANCE.randint(-60, 4_000))
    stay = Window.lasting(start, timedelta(minutes=CHANCE.randint(30, 600)))
    expires = CHANCE.choice([None, NOW - timedelta(seconds=1), NOW, NOW + timedelta(hours=1)])
    booking = a_booking(
        stay,
        id=BookingId(new_id()),
        quote=QuoteId(new_id()),
        space=space.id,
        lister=space.lister,
        renter=space.lister,
        blocked_until=stay.end + space.rules.buffer,
        state=state,
        expires_at=expires if state in (State.REQUESTED, State.HELD) else None,
    )
    with suppress(WindowTaken):
        await work.bookings.add(booking)


async def cancel(work: Work, space: Space) -> None:
    ahead = await work.bookings.ahead_of_space(space.id, NOW)
    for booking in ahead[:1]:
        await work.bookings.save(moved(booking, State.CANCELLED, Side.RENTER, NOW))


CHANGES: list[Callable] = [move, close, edit, copy, book, book, cancel, cancel]
