import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from market.domain.errors import NotFound
from market.domain.ids import PhotoId, SpaceId, new_id
from market.domain.money import Money
from market.domain.place import Point
from market.domain.space import Space, SpaceState
from market.domain.tariff import Tariff
from market.ports.photos import StoredPhoto
from storage.changes import Noun
from storage.database import Store
from tests.examples import LISTER, NOON, STRANGER, a_person, a_space, at, settle
from tests.strategies import spaces

LIMITS = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


async def known(store: Store, person=LISTER) -> None:
    async with store.begin() as work:
        if await work.people.of_telegram(1000 + person) is None:
            await work.people.add(a_person(person))


@LIMITS
@given(space=spaces, number=st.builds(new_id))
async def test_every_fact_of_a_space_comes_back(store: Store, space: Space, number: int) -> None:
    await known(store)
    space = a_space(**{**_facts(space), "id": SpaceId(number)})

    async with store.begin() as work:
        await work.spaces.add(space)

    async with store.read() as work:
        assert await work.spaces.get(space.id) == space


@LIMITS
@given(space=spaces, number=st.builds(new_id))
async def test_a_saved_space_has_every_new_fact(store: Store, space: Space, number: int) -> None:
    await known(store)
    changed = a_space(**{**_facts(space), "id": SpaceId(number)})

    async with store.begin() as work:
        await work.spaces.add(a_space(id=SpaceId(number)))
        await work.spaces.save(changed)
        assert await work.spaces.get(changed.id) == changed


def _facts(space: Space) -> dict[str, object]:
    return {name: getattr(space, name) for name in Space.__dataclass_fields__}


async def test_prices_of_a_month_at_the_highest_hour_price_fit(store: Store) -> None:
    dear = a_space(tariff=Tariff(Money(10_000_000, "JPY"), month=Money(7_200_000_000, "JPY")))
    async with store.begin() as work:
        await settle(work, dear)
        assert await work.spaces.get(dear.id) == dear


async def test_a_deleted_space_is_found_by_those_alone_who_had_booked_it(store: Store) -> None:
    async with store.begin() as work:
        await settle(work)
        await work.spaces.save(a_space(state=SpaceState.DELETED))
        with pytest.raises(NotFound) as refusal:
            await work.spaces.get(SpaceId(7))
        assert await work.spaces.many([SpaceId(7)]) == {}
        assert await work.spaces.of_lister(LISTER) == []
        assert await work.spaces.near(LISTER, a_space().place, 20) == []
        assert await work.spaces.ever(SpaceId(7)) == a_space(state=SpaceState.DELETED)
        with pytest.raises(NotFound):
            await work.spaces.ever(SpaceId(404))
    assert refusal.value.what == "space"


@pytest.mark.parametrize("space", [SpaceId(7), SpaceId(404)], ids=["another's", "nobody's"])
async def test_only_ones_own_space_is_ones_own(store: Store, space) -> None:
    async with store.begin() as work:
        await settle(work)
        assert await work.spaces.get_own(SpaceId(7), LISTER) == a_space()
        with pytest.raises(NotFound):
            await work.spaces.get_own(space, STRANGER)


async def test_many_gives_those_that_are_there(store: Store) -> None:
    first, second = a_space(id=SpaceId(1)), a_space(id=SpaceId(2))
    async with store.begin() as work:
        await settle(work, first, second)
        asked = [SpaceId(2), SpaceId(404), SpaceId(1)]
        assert await work.spaces.many(asked) == {first.id: first, second.id: second}
        assert await work.spaces.many([]) == {}


async def test_a_listers_newest_space_comes_first(store: Store) -> None:
    old = a_space(id=SpaceId(1), listed_at=NOON)
    new = a_space(id=SpaceId(2), listed_at=at(1))
    another = a_space(id=SpaceId(3), lister=STRANGER)
    async with store.begin() as work:
        await settle(work, old, new, another)
        assert await work.spaces.of_lister(LISTER) == [new, old]


async def test_ones_own_spaces_nearby_are_found_by_their_true_place(store: Store) -> None:
    here = a_space(id=SpaceId(1), place=Point(52.52, 13.405))
    far = a_space(id=SpaceId(2), place=Point(52.5203, 13.405))
    another = a_space(id=SpaceId(3), lister=STRANGER)
    async with store.begin() as work:
        await settle(work, here, far, another)
        near = await work.spaces.near(LISTER, Point(52.52005, 13.405), within=20)
    assert near == [here]


async def test_photos_come_in_their_order_and_entrance_photos_only_one_by_one(
    store: Store,
) -> None:
    shown = PhotoId(3), PhotoId(1), PhotoId(2)
    entrance = PhotoId(5), PhotoId(4)
    async with store.begin() as work:
        await settle(work)
        for photo in (*shown, *entrance):
            await work.photos.add(StoredPhoto(photo, LISTER, NOON, file_id="f"))
        await work.photos.attach(SpaceId(7), shown)
        await work.photos.attach(SpaceId(7), entrance, entrance=True)

        whole = a_space(photos=shown, entrance=entrance)
        assert await work.spaces.get(SpaceId(7)) == whole
        assert await work.spaces.of_lister(LISTER) == [whole]
        assert await work.spaces.many([SpaceId(7)]) == {SpaceId(7): a_space(photos=shown)}


async def test_saving_a_space_leaves_its_photos_alone(store: Store) -> None:
    async with store.begin() as work:
        await settle(work)
        await work.photos.add(StoredPhoto(PhotoId(1), LISTER, NOON))
        await work.photos.attach(SpaceId(7), [PhotoId(1)])
        await work.spaces.save(a_space(photos=(), title="Another title"))
        assert (await work.spaces.get(SpaceId(7))).photos == (PhotoId(1),)


async def test_each_new_and_saved_space_is_told_to_those_who_follow(store: Store) -> None:
    async with store.begin() as work:
        await settle(work)
        await work.spaces.save(a_space(title="Another title"))
        logged = [(change.noun, change.key) for change in await work.changes.after(0)]
    assert logged == [(Noun.SPACE, 7)] * 2
