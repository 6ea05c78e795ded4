import pytest

from market.domain.ids import PhotoId, SpaceId
from market.ports.photos import StoredPhoto
from storage.database import Store
from tests.examples import LISTER, NOON, a_space, at, settle


def photo(number: int, hours: float = 0, **facts) -> StoredPhoto:
    return StoredPhoto(PhotoId(number), LISTER, at(hours), **facts)


@pytest.mark.parametrize(
    "one",
    [photo(1), photo(1, file_id="AgAC", file_unique_id="AQAD"), photo(1, key="2030/06/a.jpg")],
    ids=["bare", "at Telegram's", "fetched"],
)
async def test_a_photo_comes_back_as_it_was(store: Store, one) -> None:
    async with store.begin() as work:
        await settle(work)
        await work.photos.add(one)
        assert await work.photos.many([one.id]) == [one]


async def test_photos_come_in_the_order_asked_for(store: Store) -> None:
    async with store.begin() as work:
        await settle(work)
        for number in (1, 2, 3):
            await work.photos.add(photo(number))
        asked = [PhotoId(3), PhotoId(404), PhotoId(1)]
        assert await work.photos.many(asked) == [photo(3), photo(1)]
        assert await work.photos.many([]) == []


async def test_a_space_has_exactly_the_photos_attached_last(store: Store) -> None:
    async with store.begin() as work:
        await settle(work)
        for number in (1, 2, 3):
            await work.photos.add(photo(number))
        await work.photos.attach(SpaceId(7), [PhotoId(1), PhotoId(2)])
        await work.photos.attach(SpaceId(7), [PhotoId(3), PhotoId(1)])
        assert (await work.spaces.get(SpaceId(7))).photos == (3, 1)

        await work.photos.attach(SpaceId(7), [])
        assert (await work.spaces.get(SpaceId(7))).photos == ()
        assert len(await work.photos.many([PhotoId(1), PhotoId(2), PhotoId(3)])) == 3


async def test_listing_and_entrance_photos_do_not_touch_each_other(store: Store) -> None:
    async with store.begin() as work:
        await settle(work, a_space(), a_space(id=SpaceId(8)))
        for number in (1, 2, 3):
            await work.photos.add(photo(number))
        await work.photos.attach(SpaceId(7), [PhotoId(1)])
        await work.photos.attach(SpaceId(7), [PhotoId(2)], entrance=True)
        await work.photos.attach(SpaceId(8), [PhotoId(3)])
        await work.photos.attach(SpaceId(7), [])

        space, other = await work.spaces.get(SpaceId(7)), await work.spaces.get(SpaceId(8))
    assert (space.photos, space.entrance) == ((), (2,))
    assert other.photos == (3,)


async def test_the_photos_to_fetch_come_oldest_first(store: Store) -> None:
    async with store.begin() as work:
        await settle(work)
        await work.photos.add(photo(1, hours=2, file_id="late"))
        await work.photos.add(photo(2, hours=1, file_id="early"))
        await work.photos.add(photo(3, hours=0, key="there.jpg"))
        assert [p.id for p in await work.photos.unfetched(10)] == [2, 1]
        assert [p.id for p in await work.photos.unfetched(1)] == [2]


async def test_a_fetched_photo_is_not_fetched_again(store: Store) -> None:
    async with store.begin() as work:
        await settle(work)
        await work.photos.add(photo(1, file_id="f"))
        await work.photos.fetched(PhotoId(1), "2030/06/b.jpg")
        assert await work.photos.unfetched(10) == []
        assert await work.photos.many([PhotoId(1)]) == [photo(1, file_id="f", key="2030/06/b.jpg")]


async def test_when_a_photo_was_added_is_kept(store: Store) -> None:
    async with store.begin() as work:
        await settle(work)
        await work.photos.add(photo(1))
        assert (await work.photos.many([PhotoId(1)]))[0].added_at == NOON
