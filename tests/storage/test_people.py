from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from market.domain.errors import NotFound
from market.domain.ids import PersonId
from storage.database import Store
from tests.examples import LISTER, NOON, a_person


@pytest.mark.parametrize(
    "person",
    [
        a_person(LISTER),
        a_person(LISTER, telegram=None, reachable=False),
        a_person(LISTER, name="", language="zh-hant-x-private", zone="UTC"),
        a_person(LISTER, name="أحمد 🚗 <b>", telegram=7_999_999_999_999),
    ],
    ids=["usual", "without Telegram", "no name", "emoji and right to left"],
)
async def test_a_person_comes_back_as_they_were(store: Store, person) -> None:
    async with store.begin() as work:
        await work.people.add(person)

    async with store.read() as work:
        assert await work.people.get(person.id) == person


async def test_a_saved_person_has_every_new_fact(store: Store) -> None:
    changed = a_person(
        LISTER,
        telegram=5,
        name="Ada",
        language="de",
        zone="Asia/Kathmandu",
        met_at=NOON + timedelta(days=1),
        reachable=False,
    )
    async with store.begin() as work:
        await work.people.add(a_person(LISTER))
        await work.people.save(changed)
        assert await work.people.get(LISTER) == changed


async def test_saving_one_person_leaves_the_others_alone(store: Store) -> None:
    other = a_person(PersonId(2))
    async with store.begin() as work:
        await work.people.add(a_person(LISTER))
        await work.people.add(other)
        await work.people.save(a_person(LISTER, name="Ada"))
        assert await work.people.get(other.id) == other


async def test_a_person_is_found_by_telegram_id(store: Store) -> None:
    async with store.begin() as work:
        await work.people.add(a_person(LISTER, telegram=77))
        assert await work.people.of_telegram(77) == a_person(LISTER, telegram=77)
        assert await work.people.of_telegram(78) is None


async def test_nobody_is_found_by_an_unknown_id(store: Store) -> None:
    async with store.read() as work:
        with pytest.raises(NotFound) as refusal:
            await work.people.get(PersonId(404))
    assert refusal.value.what == "person"


async def test_a_time_of_any_zone_comes_back_as_the_same_instant_in_utc(store: Store) -> None:
    # The second of the two times that clocks in Berlin show as half past two on this night.
    instant = datetime(2030, 10, 27, 1, 30, 0, 123456, tzinfo=UTC)
    met = a_person(LISTER, met_at=instant.astimezone(timezone(timedelta(hours=1))))
    async with store.begin() as work:
        await work.people.add(met)
        kept = await work.people.get(LISTER)

    assert kept.met_at == instant
    assert kept.met_at.tzinfo is UTC
    assert kept == replace(met, met_at=instant)
