from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from market.domain.errors import NotFound
from market.domain.ids import PhotoId, SpaceId
from market.domain.place import Point
from market.domain.schedule import Opening, Schedule
from market.domain.search import Found, Nearby, Obstacle, Search
from market.domain.space import SpaceState
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
