from market.domain.ids import SpaceId
from market.domain.place import Box, Point, metres
from market.domain.search import Search
from market.services.surveys import SurveyService, busiest
from storage.database import Store
from storage.nearby.feed import NearbyFeed
from tests.examples import NOON, a_space, settle, window

BERLIN = Box(13.3, 52.4, 13.5, 52.6)


async def test_a_map_says_something_of_every_spot(town: Store, url: str) -> None:
    index = (await NearbyFeed.open(town, url)).index
    async with town.read() as work:
        search = Search(point=BERLIN.centre, window=window(1, 3), now=NOON, box=BERLIN)
        survey, captions = await SurveyService(work, index).of(search)

    assert [spot.space for spot in survey.spots] == [SpaceId(7)]
    assert captions[SpaceId(7)].title == a_space().title


async def test_the_busiest_place_is_where_the_most_spaces_are(store: Store, url: str) -> None:
    assert busiest((await NearbyFeed.open(store, url)).index, NOON) is None

    auckland, places = Point(-36.85, 174.76), [Point(52.52, 13.405 + n / 1000) for n in range(3)]
    async with store.begin() as work:
        spaces = (a_space(id=SpaceId(n), place=at) for n, at in enumerate([auckland, *places], 1))
        await settle(work, *spaces)

    found = busiest((await NearbyFeed.open(store, url)).index, NOON)
    assert found is not None
    assert metres(found, places[1]) < 300
