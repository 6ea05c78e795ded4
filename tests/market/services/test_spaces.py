import pytest

from market.domain.errors import BookingsAhead, Invalid, NotFound
from market.domain.ids import PhotoId, SpaceId
from market.domain.space import MAX_PHOTOS, SpaceState
from market.domain.tariff import Tariff
from market.ports.photos import StoredPhoto
from market.services.spaces import SpaceService
from tests.examples import LISTER, NOON, STRANGER, a_booking, a_space, at, euros, window

SPACE = SpaceId(7)


def photo(number: int) -> StoredPhoto:
    return StoredPhoto(PhotoId(number), LISTER, NOON, file_id=f"file {number}")


async def test_a_lister_sees_their_own_spaces(town) -> None:
    async with town.begin() as work:
        assert await SpaceService(work, NOON).mine(LISTER) == [a_space()]
        assert await SpaceService(work, NOON).mine(STRANGER) == []


EDITS = [
    (lambda it, who: it.rename(who, SPACE, " New  title "), {"title": "New title"}),
    (lambda it, who: it.note(who, SPACE, "Code 4711"), {"notes": "Code 4711"}),
    (
        lambda it, who: it.reprice(who, SPACE, euros(300)),
        {"tariff": Tariff(euros(300), day=euros(900))},
    ),
    (lambda it, who: it.pause(who, SPACE), {"state": SpaceState.PAUSED}),
]
NAMES = ["title", "notes", "price", "pause"]


@pytest.mark.parametrize(("edit", "changes"), EDITS, ids=NAMES)
async def test_an_edit_is_kept_and_counted(town, edit, changes) -> None:
    before = {"tariff": Tariff(euros(250), day=euros(900))}
    async with town.begin() as work:
        await work.spaces.save(a_space(**before))
        edited = await edit(SpaceService(work, NOON), LISTER)
        assert edited == a_space(**{**before, **changes}, version=2)
        assert await work.spaces.get(SPACE) == edited


@pytest.mark.parametrize(("edit", "changes"), EDITS, ids=NAMES)
async def test_nobody_edits_somebody_elses_space(town, edit, changes) -> None:
    async with town.begin() as work:
        with pytest.raises(NotFound):
            await edit(SpaceService(work, NOON), STRANGER)
        assert await work.spaces.get(SPACE) == a_space()


@pytest.mark.parametrize(
    "edit",
    [
        lambda it: it.rename(LISTER, SPACE, "ab"),
        lambda it: it.note(LISTER, SPACE, "x" * 501),
        lambda it: it.reprice(LISTER, SPACE, euros(0)),
    ],
    ids=["short title", "long notes", "free of charge"],
)
async def test_an_edit_that_cannot_be_is_refused(town, edit) -> None:
    async with town.begin() as work:
        with pytest.raises(Invalid):
            await edit(SpaceService(work, NOON))


@pytest.mark.parametrize(
    ("state", "paused", "resumed"),
    [
        (SpaceState.LIVE, SpaceState.PAUSED, SpaceState.LIVE),
        (SpaceState.PAUSED, SpaceState.PAUSED, SpaceState.LIVE),
        (SpaceState.HIDDEN, SpaceState.HIDDEN, SpaceState.HIDDEN),
    ],
)
async def test_pausing_and_resuming_leave_alone_what_the_operator_hid(
    town, state, paused, resumed
) -> None:
    async with town.begin() as work:
        service = SpaceService(work, NOON)
        await work.spaces.save(a_space(state=state))
        assert (await service.pause(LISTER, SPACE)).state is paused
        await work.spaces.save(a_space(state=state))
        assert (await service.resume(LISTER, SPACE)).state is resumed


async def test_photos_are_added_at_the_end_and_taken_away(town) -> None:
    async with town.begin() as work:
        service = SpaceService(work, NOON)
        for number in (1, 2, 3):
            space = await service.add_photo(LISTER, SPACE, photo(number))
        assert space.photos == (1, 2, 3)
        assert await service.photos(space) == [photo(1), photo(2), photo(3)]

        space = await service.remove_photo(LISTER, SPACE, PhotoId(2))
        assert space.photos == (1, 3)
        assert await work.spaces.get(SPACE) == space


async def test_a_space_has_at_most_ten_photos_and_at_least_one(town) -> None:
    async with town.begin() as work:
        service = SpaceService(work, NOON)
        for number in range(1, MAX_PHOTOS + 1):
            await service.add_photo(LISTER, SPACE, photo(number))
        with pytest.raises(Invalid) as refusal:
            await service.add_photo(LISTER, SPACE, photo(11))
        assert refusal.value == Invalid("photos", "too many", 10)

        for number in range(2, MAX_PHOTOS + 1):
            await service.remove_photo(LISTER, SPACE, PhotoId(number))
        with pytest.raises(Invalid) as refusal:
            await service.remove_photo(LISTER, SPACE, PhotoId(1))
        assert refusal.value == Invalid("photos", "too few", 1)


async def test_a_space_is_deleted_unless_somebody_counts_on_it(town) -> None:
    async with town.begin() as work:
        await work.bookings.add(a_booking(window(1, 3)))
        await work.bookings.add(a_booking(window(5, 6)))
        with pytest.raises(BookingsAhead) as refusal:
            await SpaceService(work, at(2)).delete(LISTER, SPACE)
        assert refusal.value == BookingsAhead(2, at(6))
        with pytest.raises(NotFound):
            await SpaceService(work, at(6)).delete(STRANGER, SPACE)

        await SpaceService(work, at(6)).delete(LISTER, SPACE)
        with pytest.raises(NotFound):
            await SpaceService(work, at(6)).get(LISTER, SPACE)
