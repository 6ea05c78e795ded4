"""/start link_<code>: an account made elsewhere and the person in the chat become one."""

from datetime import timedelta

import pytest

from market.domain.account import Account, Code, Purpose, digest_of
from market.domain.ids import PersonId
from storage.database import Store
from tests.examples import NOON, a_person, a_space
from tests.telegram import Chat, Clock

ELSEWHERE = PersonId(77)
CODE = "a-code-of-forty-three-letters-as-they-are-x"


@pytest.fixture
async def account(store: Store) -> Account:
    account = Account(ELSEWHERE, NOON, email="ada@example.org", password="a hash")
    async with store.begin() as work:
        await work.people.add(a_person(ELSEWHERE, telegram=None))
        await work.accounts.save(account)
        await work.spaces.add(a_space(id=9001, lister=ELSEWHERE))
        until = NOON + timedelta(minutes=10)
        await work.codes.add(Code(digest_of(CODE), ELSEWHERE, Purpose.LINK, until))
    return account


async def test_an_account_is_joined_after_it_was_named(
    chat: Chat, store: Store, account: Account
) -> None:
    asked = await chat.say(f"/start link_{CODE}")
    assert "a…@example.org" in asked

    assert "Joined." in await chat.press("Join")

    async with store.read() as work:
        mine = await work.people.of_telegram(chat.user)
        assert (await work.accounts.of_email("ada@example.org")).person == mine.id
        assert 9001 in {space.id for space in await work.spaces.of_lister(mine.id)}


async def test_an_account_that_is_not_mine_stays_apart(
    chat: Chat, store: Store, account: Account
) -> None:
    await chat.say(f"/start link_{CODE}")

    assert "Nothing was joined." in await chat.press("It is not mine")

    async with store.read() as work:
        assert (await work.accounts.of_email("ada@example.org")).person == ELSEWHERE


async def test_a_code_joins_once(chat: Chat, account: Account) -> None:
    await chat.say(f"/start link_{CODE}")
    asked = chat.card("Join")
    await chat.press("Join")

    assert "not good any more" in await chat.press("Join", on=asked)


async def test_a_code_is_good_for_ten_minutes(chat: Chat, account: Account, clock: Clock) -> None:
    clock.pass_(minutes=11)

    assert "not good any more" in await chat.say(f"/start link_{CODE}")
