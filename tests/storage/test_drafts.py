import pytest
from sqlalchemy import insert

from market.domain.ids import PhotoId, SpaceId
from market.domain.place import Point
from market.domain.space import Draft
from storage.database import Store
from storage.tables.market import drafts
from tests.examples import LISTER, NOON, STRANGER, at, settle

FULL = Draft(
    photos=(PhotoId(2), PhotoId(1)),
    place=Point(-33.4569, -70.6483),
    address="Bakery Street 4",
    zone="America/Santiago",
    country="CL",
    hour_price=2500,
    currency="CLP",
    title="Courtyard « 🚗 »",
    description="Behind the bakery",
    copied_from=SpaceId(7),
)


@pytest.mark.parametrize("draft", [Draft(), FULL], ids=["just begun", "complete"])
async def test_a_draft_comes_back_as_it_was(store: Store, draft) -> None:
    async with store.begin() as work:
        await settle(work)
        await work.drafts.save(LISTER, draft, NOON)

    async with store.read() as work:
        assert await work.drafts.of(LISTER) == draft


async def test_a_person_has_one_draft_the_last_saved(store: Store) -> None:
    async with store.begin() as work:
        await settle(work)
        await work.drafts.save(LISTER, Draft(title="First"), NOON)
        await work.drafts.save(STRANGER, Draft(title="Another's"), NOON)
        await work.drafts.save(LISTER, FULL, at(1))
        assert await work.drafts.of(LISTER) == FULL
        assert await work.drafts.of(STRANGER) == Draft(title="Another's")


async def test_a_dropped_draft_is_gone(store: Store) -> None:
    async with store.begin() as work:
        await settle(work)
        assert await work.drafts.of(LISTER) is None
        await work.drafts.save(LISTER, FULL, NOON)
        await work.drafts.drop(LISTER)
        assert await work.drafts.of(LISTER) is None


async def test_a_draft_of_an_earlier_release_gets_the_defaults_of_new_fields(store: Store) -> None:
    old = {"person": LISTER, "content": {"title": "Old", "gone": 1}, "saved_at": NOON}
    async with store.begin() as work:
        await settle(work)
        await work.connection.execute(insert(drafts), old)
        assert await work.drafts.of(LISTER) == Draft(title="Old")
