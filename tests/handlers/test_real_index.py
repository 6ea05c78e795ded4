"""The same conversations over the real nearby index, which follows what is booked."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from gateways.geography import OfflineGeography
from jobs.alerts import Changed, Watching
from market.domain.space import SpaceState
from market.services import Market
from storage.database import Store
from storage.nearby.feed import NearbyFeed
from tests.handlers.post import Post
from tests.handlers.test_space import opened
from tests.handlers.town import DRIVEWAY, GARAGE, HERE, Town
from tests.telegram import Chat, Clock


@pytest.fixture
def changed() -> Changed:
    return Changed()


@pytest.fixture
async def feed(store: Store, town: Town, url: str, changed: Changed) -> AsyncIterator[NearbyFeed]:
    feed = await NearbyFeed.open(store, url, changed.note)
    following = asyncio.create_task(feed.run())
    yield feed
    following.cancel()
    with suppress(asyncio.CancelledError):
        await following


@pytest.fixture
def market(feed: NearbyFeed) -> Market:
    return Market(feed.index, OfflineGeography("EUR"))


async def test_what_is_booked_is_not_offered_to_the_next_until_it_is_cancelled(
    chat: Chat, feed: NearbyFeed
) -> None:
    await opened(chat)
    await chat.press("Book")
    await feed.caught_up()
    other = chat.of(8, first_name="Bo")
    assert "1  ⁨Garage B, bay 12⁩" in await other.send_location(*HERE)
    await chat.press("Cancel")
    await chat.press("Confirm")
    await feed.caught_up()
    assert "1  ⁨Courtyard behind the bakery⁩" in await other.press("2 h ·")


async def test_who_waits_is_told_when_somebody_cancels(
    chat: Chat, town: Town, feed: NearbyFeed, changed: Changed, post: Post, clock: Clock
) -> None:
    watching = Watching(town.store, clock, feed.index, changed, after=None)
    for space in (GARAGE, DRIVEWAY):
        await town.change(space, state=SpaceState.PAUSED)
    await opened(chat)
    await chat.press("Book")
    await feed.caught_up()
    other = chat.of(8, first_name="Bo")
    await other.send_location(*HERE)
    await other.press("Tell me")
    await watching()
    assert await post.deliver(other) == ""
    await chat.press("Cancel")
    await chat.press("Confirm")
    await feed.caught_up()
    await watching()
    assert "Courtyard behind the bakery" in await post.deliver(other)


async def test_the_order_and_the_filters_are_those_of_the_index(
    chat: Chat, feed: NearbyFeed
) -> None:
    await chat.send_location(*HERE)
    assert "1  ⁨Driveway" in await chat.press("Cheapest")
    await chat.press("Filters")
    await chat.press("≤ €5.00")
    await chat.press("covered")
    assert "1  ⁨Courtyard" in await chat.press("Show spaces")


async def test_the_reasons_for_nothing_are_those_of_the_index(chat: Chat, feed: NearbyFeed) -> None:
    await chat.send_location(*HERE)
    assert "3 are for shorter or longer stays" in await chat.say("31 days")
    assert "3 cannot be booked that far ahead" in await chat.say("1 dec 9-17")
