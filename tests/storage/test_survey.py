"""What a map is told of a box: everything that looking at every space tells."""

import random
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from market.domain.ids import SpaceId
from market.domain.place import Box
from market.domain.search import Filters, Obstacle, Search
from market.domain.space import Tag
from market.domain.survey import LATER, Standing
from market.domain.window import Window
from storage.database import Store
from storage.migrate import upgrade
from storage.nearby.feed import NearbyFeed
from storage.seeding import fill_world
from tests.by_hand import ByHand

NOW = datetime(2030, 3, 29, 9, 7, tzinfo=UTC)
EVERYWHERE = Box(-180, -90, 180, 90)


@pytest.fixture
async def feed(tmp_path) -> AsyncIterator[NearbyFeed]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'world.db'}"
    upgrade(url)
    fill_world(url, spaces=600, bookings=3000, seed=5, now=NOW)
    store = await Store.open(url)
    yield await NearbyFeed.open(store, url)
    await store.close()


def searching(box: Box, hours: float, length: float, **more) -> Search:
    window = Window.lasting(NOW + timedelta(hours=hours), timedelta(hours=length))
    return Search(point=box.centre, window=window, now=NOW, box=box, **more)


Seen = dict[SpaceId, tuple[Standing, datetime | None]]


def by_hand(known: ByHand, search: Search) -> Seen:
    seen: Seen = {}
    for space in known.spaces:
        point = space.public_point
        if not (space.open_for_booking and search.box.holds(point.lat, point.lng)):
            continue
        reason = known.obstacle(space, search)
        if reason in (Obstacle.OWN, Obstacle.FILTERED):
            continue
        later = (
            search.window.start + delay
            for delay in LATER
            if not known.obstacle(
                space,
                replace(
                    search,
                    window=Window(search.window.start + delay, search.window.end + delay),
                ),
            )
        )
        since = next(later, None) if reason else None
        soon = Standing.SOON if since else Standing.TAKEN
        seen[space.id] = (soon, since) if reason else (Standing.FREE, None)
    return seen


async def test_every_space_of_a_box_stands_as_the_rules_say(feed) -> None:
    known, chance = await ByHand.of(feed.store), random.Random(7)
    met: set[Standing] = set()
    for n in range(12):
        corner = chance.choice(known.spaces).public_point
        box = Box(
            max(-180, corner.lng - 20), max(-90, corner.lat - 9), corner.lng, min(90, corner.lat)
        )
        filters = Filters(tags=frozenset({Tag.LIT}), instant_only=True) if n % 3 == 2 else Filters()
        lister = known.spaces[n].lister if n % 2 else None
        search = searching(
            box, chance.uniform(0.1, 48), chance.choice([1, 2, 26]), filters=filters, person=lister
        )

        survey = feed.index.survey(search)

        seen = {spot.space: (spot.standing, spot.since) for spot in survey.spots}
        assert seen == by_hand(known, search)
        met |= {standing for standing, _ in seen.values()}
    assert met == set(Standing)


async def test_a_spot_has_the_public_point_and_the_price_of_the_whole_stay(feed) -> None:
    known = {space.id: space for space in (await ByHand.of(feed.store)).spaces}

    survey = feed.index.survey(searching(EVERYWHERE, 1, 5))

    assert len(survey.spots) > 400
    for spot in survey.spots:
        space = known[spot.space]
        assert spot.price == space.tariff.price(timedelta(hours=5))
        assert spot.point.lat == pytest.approx(space.public_point.lat, abs=1e-9)
        assert spot.point.lng == pytest.approx(space.public_point.lng, abs=1e-9)


async def test_a_box_across_the_antimeridian_holds_both_its_sides(feed) -> None:
    known = await ByHand.of(feed.store)
    middle = known.spaces[0].public_point.lng
    wide = Box((middle + 10 + 180) % 360 - 180, -90, (middle - 10 + 180) % 360 - 180, 90)
    if wide.west < wide.east:
        wide = Box(170, -90, -170, 90)

    survey = feed.index.survey(searching(wide, 1, 2))

    assert {spot.space for spot in survey.spots} == set(by_hand(known, searching(wide, 1, 2)))


async def test_where_there_are_too_many_they_are_counted_in_crowds(feed) -> None:
    shown = len(feed.index.survey(searching(EVERYWHERE, 1, 2)).spots)

    survey = feed.index.survey(searching(EVERYWHERE, 1, 2), most=shown - 1)

    assert survey.spots == ()
    assert sum(crowd.count for crowd in survey.crowds) == shown
    assert 1 < len(survey.crowds) <= 24 * 24
