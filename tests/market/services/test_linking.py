from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from market.domain.account import Account
from market.domain.errors import CannotLink, NotFound
from market.domain.ids import PersonId, SpaceId, VehicleId
from market.domain.vehicle import Vehicle
from market.services.linking import LinkingService
from storage.database import Store
from tests.examples import LISTER, NOON, RENTER, STRANGER, a_booking, a_person, a_quote, at

ELSEWHERE = PersonId(77)
ACCOUNT = Account(ELSEWHERE, NOON, email="ada@example.org", password="a hash")


def linking(work: Any, now: datetime = NOON) -> LinkingService:
    return LinkingService(work, now)


@pytest.fixture
async def code(town: Store) -> str:
    async with town.begin() as work:
        person = a_person(ELSEWHERE, telegram=None)
        await work.people.add(person)
        await work.accounts.save(ACCOUNT)
        code, until = await linking(work).begin(person)
    assert until == at(1 / 6)
    return code


async def test_whom_telegram_knows_already_gets_no_code(town: Store) -> None:
    async with town.begin() as work:
        with pytest.raises(CannotLink, match="linked already"):
            await linking(work).begin(a_person(RENTER))


@pytest.mark.parametrize(
    ("mails", "verified", "refused"),
    [(True, False, True), (True, True, False), (False, False, False)],
    ids=["not proved", "proved", "nobody can prove one"],
)
async def test_an_address_is_proved_before_its_account_is_joined(
    town: Store, code: str, mails: bool, verified: bool, refused: bool
) -> None:
    async with town.begin() as work:
        await work.accounts.save(replace(ACCOUNT, email_verified=verified))
        begun = LinkingService(work, NOON, mails).begin(a_person(ELSEWHERE, telegram=None))
        with pytest.raises(CannotLink, match="not verified") if refused else nullcontext():
            await begun


async def test_everything_of_both_is_one_persons_afterwards(town: Store, code: str) -> None:
    async with town.begin() as work:
        theirs = a_quote(renter=ELSEWHERE)
        await work.quotes.add(theirs)
        for owner, number in ((ELSEWHERE, 1), (ELSEWHERE, 2), (RENTER, 3)):
            plate = "ONLY1" if number == 1 else "BOTH2"
            await work.vehicles.add(Vehicle(VehicleId(number), owner, plate, NOON))

        joined = await linking(work).join(code, a_person(RENTER))

        assert (joined.person, joined.email) == (RENTER, ACCOUNT.email)
        assert (await work.quotes.get(theirs.id, RENTER)).renter == RENTER
        assert {car.plate for car in await work.vehicles.of(RENTER)} == {"ONLY1", "BOTH2"}
        with pytest.raises(NotFound):
            await work.people.get(ELSEWHERE)


async def test_a_space_that_moves_is_told_to_the_index(town: Store, code: str) -> None:
    async with town.begin() as work:
        space = await work.spaces.get(SpaceId(7))
        await work.people.merge(LISTER, into=ELSEWHERE)
        last = (await work.changes.after(0))[-1]

        assert (last.noun, last.key) == ("space", space.id)
        assert (await work.spaces.get(space.id)).lister == ELSEWHERE


async def test_a_code_that_is_made_up_or_out_of_time_joins_nobody(town: Store, code: str) -> None:
    async with town.begin() as work:
        with pytest.raises(NotFound):
            await linking(work).offered("made up", a_person(RENTER))
        with pytest.raises(NotFound):
            await linking(work, at(1 / 6)).offered(code, a_person(RENTER))


async def test_an_account_that_is_joined_is_not_joined_again(town: Store, code: str) -> None:
    async with town.begin() as work:
        with pytest.raises(CannotLink, match="linked already"):
            await linking(work).offered(code, a_person(ELSEWHERE))


async def test_a_chat_with_an_account_of_its_own_stays_apart(town: Store, code: str) -> None:
    async with town.begin() as work:
        await work.accounts.save(Account(RENTER, NOON))
        assert await linking(work).offered(code, a_person(RENTER)) == ACCOUNT

        await work.accounts.save(Account(RENTER, NOON, email="rita@example.org"))
        with pytest.raises(CannotLink, match="another account"):
            await linking(work).offered(code, a_person(RENTER))


@pytest.mark.parametrize(
    ("renter", "lister"), [(ELSEWHERE, LISTER), (LISTER, ELSEWHERE)], ids=["there", "here"]
)
async def test_two_with_a_stay_between_them_are_not_joined(
    town: Store, code: str, renter: PersonId, lister: PersonId
) -> None:
    async with town.begin() as work:
        await work.bookings.add(a_booking(renter=renter, lister=lister))

        with pytest.raises(CannotLink, match="dealings"):
            await linking(work).offered(code, a_person(LISTER))
        assert await linking(work).offered(code, a_person(STRANGER)) == ACCOUNT
        assert not await work.bookings.between(ELSEWHERE, LISTER, at(4))
