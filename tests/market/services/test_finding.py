from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from market.domain.errors import NotFound
from market.domain.ids import PhotoId, SpaceId
from market.domain.money import Money
from market.domain.place import Point
from market.domain.schedule import Opening, Schedule
from market.domain.search import Found, Nearby, Obstacle, Search, Sort
from market.domain.space import Rating, SpaceState
from market.ports.photos import StoredPhoto
from market.services.finding import FindingService, Result
from market.services.shelf import FRESH, ROOM, Shelf
from tests.examples import LISTER, NOON, a_booking, a_space, at, euros, window

SEARCH = Search(Point(52.52, 13.405), window(0, 2), NOON)
HERE, THERE, VANISHED = SpaceId(7), SpaceId(8), SpaceId(9)


@dataclass
class Index:
    """Answers as it was told to, and remembers what it was asked."""

    answer: Nearby
    asked: list[Search] = field(default_factory=list)

    def near(self, search: Search) -> Nearby:
        self.asked.append(search)
        return self.answer


def found(space: SpaceId, metres: float) -> Found:
    return Found(space, metres, euros(500))


NEARBY = Nearby(
    (found(HERE, 240), found(THERE, 310), found(VANISHED, 480)),
    more=True,
    obstacles={Obstacle.TAKEN: 1},
    nearest=80.0,
)


async def test_a_search_finds_spaces_that_are_still_there(town) -> None:
    index = Index(NEARBY)
    async with town.begin() as work:
        await work.spaces.add(a_space(id=THERE))
        result = await FindingService(work, NOON, index, Shelf()).near(SEARCH)
    assert index.asked == [SEARCH]
    assert result == Result(SEARCH, NEARBY, {HERE: a_space(), THERE: a_space(id=THERE)})


async def test_alternatives_leave_out_the_space_that_was_asked_for(town) -> None:
    async with town.begin() as work:
        result = await FindingService(work, NOON, Index(NEARBY), Shelf()).instead_of(SEARCH, THERE)
    assert result.nearby == Nearby(
        (found(HERE, 240), found(VANISHED, 480)),
        more=True,
        obstacles={Obstacle.TAKEN: 1},
        nearest=80.0,
    )
    assert result.spaces == {HERE: a_space()}


async def test_the_nearest_free_window_is_as_long_as_was_asked_for(town) -> None:
    async with town.begin() as work:
        await work.bookings.add(a_booking(window(1, 3)))
        service = FindingService(work, NOON, Index(NEARBY), Shelf())
        assert await service.nearest_window(a_space(), window(2, 4)) == window(3, 5)


async def test_a_space_and_its_photos_can_be_looked_at(town) -> None:
    photo = StoredPhoto(PhotoId(1), LISTER, NOON, file_id="f")
    async with town.begin() as work:
        await work.photos.add(photo)
        service = FindingService(work, NOON, Index(NEARBY), Shelf())
        assert await service.space(HERE) == a_space()
        assert await service.photos([photo.id]) == [photo]
        with pytest.raises(NotFound):
            await service.space(VANISHED)


MORNINGS = Schedule(tuple(Opening(day, 8 * 60, 12 * 60) for day in range(7)))


@pytest.mark.parametrize(
    ("space", "now", "free"),
    [
        (a_space(), NOON, True),
        (a_space(), at(1), False),
        (a_space(), at(3) - timedelta(microseconds=1), False),
        (a_space(), at(3), True),
        (a_space(schedule=MORNINGS), NOON, False),
        (a_space(state=SpaceState.PAUSED), NOON, False),
    ],
    ids=[
        "nobody there yet",
        "from the start of a stay",
        "to its last instant",
        "from its end",
        "closed by its hours",
        "paused",
    ],
)
async def test_free_now_means_open_and_unbooked_at_this_instant(town, space, now, free) -> None:
    async with town.begin() as work:
        await work.bookings.add(a_booking(window(1, 3)))
        assert await FindingService(work, now, Index(NEARBY), Shelf()).free_now(space) is free


async def test_a_space_at_hand_is_not_read_again_until_it_changes(town) -> None:
    shelf = Shelf()
    async with town.begin() as work:
        service = FindingService(work, NOON, Index(NEARBY), shelf)
        first = (await service.near(SEARCH)).spaces[HERE]
        await work.spaces.save(replace(first, title="Another title"))
        assert (await service.near(SEARCH)).spaces[HERE] is first
        shelf.forget([HERE])
        assert (await service.near(SEARCH)).spaces[HERE].title == "Another title"


def test_nothing_stays_at_hand_for_long() -> None:
    shelf = Shelf()
    shelf.keep({HERE: a_space(id=HERE)}, NOON)
    assert HERE in shelf.of([HERE], NOON)
    assert shelf.of([HERE], NOON + FRESH) == {}


def test_a_full_shelf_is_cleared() -> None:
    shelf = Shelf()
    shelf.keep({SpaceId(n): a_space(id=SpaceId(n)) for n in range(1, ROOM + 1)}, NOON)
    shelf.keep({SpaceId(ROOM + 1): a_space(id=SpaceId(ROOM + 1))}, NOON)
    assert list(shelf.of([SpaceId(1), SpaceId(ROOM + 1)], NOON)) == [SpaceId(ROOM + 1)]


@pytest.mark.parametrize(
    ("distances", "more", "radius", "shown"),
    [
        ([100, 200, 450], False, 500, 3),
        ([100, 200, 450, 900], True, 500, 3),
        ([100, 200, 900, 950], False, 1_000, 4),
        ([100, 4_000], False, 20_000, 2),
        ([], False, 20_000, 0),
        ([100, 200, 300], True, None, 3),
    ],
    ids=[
        "the first circle fills a page",
        "what lies beyond is left out",
        "a wider one",
        "nothing fills it",
        "nothing at all",
        "too many to compare",
    ],
)
async def test_it_is_compared_within_the_smallest_circle_that_fills_a_page(
    town, distances, more, radius, shown
) -> None:
    spaces = [a_space(id=SpaceId(100 + n)) for n in range(len(distances))]
    listed = tuple(found(space.id, metres) for space, metres in zip(spaces, distances, strict=True))
    index = Index(Nearby(listed, more))
    async with town.begin() as work:
        for space in spaces:
            await work.spaces.add(space)
        finding = FindingService(work, NOON, index, Shelf())
        result = await finding.widened(Sort.CHEAPEST, replace(SEARCH, k=3))
    assert result.radius == radius
    assert len(result.nearby.found) + result.nearby.more == min(shown, 3) + (shown > 3)


async def test_cheapest_comes_first_and_another_currency_last(town) -> None:
    dear, cheap, foreign = (a_space(id=SpaceId(100 + n)) for n in range(3))
    listed = (
        Found(dear.id, 100, euros(500)),
        Found(foreign.id, 110, Money(1, "CHF")),
        Found(cheap.id, 120, euros(300)),
    )
    async with town.begin() as work:
        for space in (dear, cheap, foreign):
            await work.spaces.add(space)
        finding = FindingService(work, NOON, Index(Nearby(listed)), Shelf())
        result = await finding.sorted_by(Sort.CHEAPEST, SEARCH)
    assert [one.space for one in result.nearby.found] == [cheap.id, dear.id, foreign.id]


async def test_best_rated_means_stars_then_how_many_gave_them_then_near(town) -> None:
    ratings = (Rating(), Rating(5, 1), Rating(50, 10), Rating(49, 10), Rating(5, 1))
    spaces = [a_space(id=SpaceId(100 + n), rating=rating) for n, rating in enumerate(ratings)]
    listed = tuple(found(space.id, 10 * n) for n, space in enumerate(spaces))
    async with town.begin() as work:
        for space in spaces:
            await work.spaces.add(space)
        finding = FindingService(work, NOON, Index(Nearby(listed)), Shelf())
        result = await finding.sorted_by(Sort.BEST_RATED, SEARCH)
    assert [one.space - 100 for one in result.nearby.found] == [2, 1, 4, 3, 0]
