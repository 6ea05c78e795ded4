from datetime import datetime
from typing import Any

import pytest

from market.domain.account import Account, UserType
from market.domain.errors import EmailTaken, Invalid, NotSignedIn
from market.domain.ids import SessionId
from market.services.accounts import AccountService, SignedIn
from storage.database import Store
from tests.examples import NOON, RENTER, a_person, at

EMAIL, HASH = "ada@example.org", "a slow hash"


def accounts(work: Any, now: datetime = NOON) -> AccountService:
    return AccountService(work, now, "en")


async def registered(store: Store) -> SignedIn:
    async with store.begin() as work:
        return await accounts(work).register(
            EMAIL, HASH, name="Ada", user_type=UserType.RENTER, language=None
        )


async def test_an_address_belongs_to_one_account(store: Store) -> None:
    await registered(store)

    with pytest.raises(EmailTaken):
        await registered(store)


async def test_whoever_came_through_telegram_has_an_account_without_an_address(
    town: Store,
) -> None:
    async with town.begin() as work:
        account = await accounts(work).of(a_person(RENTER))
        await accounts(work).ask_to_verify(account)

    assert account == Account(RENTER, NOON)


async def test_a_password_that_changed_while_it_was_checked_signs_nobody_in(
    store: Store,
) -> None:
    person = (await registered(store)).session.person
    checked = Account(person, NOON, email=EMAIL, password="an older hash")

    async with store.begin() as work:
        with pytest.raises(NotSignedIn):
            await accounts(work).sign_in(checked)


async def test_an_account_that_was_erased_while_its_password_was_checked_signs_nobody_in(
    town: Store,
) -> None:
    async with town.begin() as work:
        with pytest.raises(NotSignedIn):
            await accounts(work).sign_in(Account(RENTER, NOON, email=EMAIL, password=HASH))


async def test_a_hash_that_is_out_of_date_is_replaced(store: Store) -> None:
    await registered(store)
    async with store.begin() as work:
        account = await accounts(work).of_email(EMAIL)
        await accounts(work).sign_in(account)
        assert (await accounts(work).of_email(EMAIL)).password == HASH
        await accounts(work).sign_in(account, "a slower hash")

    async with store.read() as work:
        assert (await work.accounts.of_email(EMAIL)).password == "a slower hash"


async def test_an_unknown_refresh_token_and_session_are_good_for_nothing(store: Store) -> None:
    async with store.begin() as work:
        assert await accounts(work).renew("made up") is None
        with pytest.raises(NotSignedIn):
            await accounts(work).person_of(SessionId(1))


async def test_an_ended_session_cannot_be_renewed(store: Store) -> None:
    signed_in = await registered(store)
    async with store.begin() as work:
        await accounts(work).sign_out(signed_in.session.id)

    async with store.begin() as work:
        assert await accounts(work).renew(signed_in.refresh) is None


async def test_what_ran_out_is_forgotten_and_what_has_not_is_kept(store: Store) -> None:
    signed_in = await registered(store)
    async with store.begin() as work:
        await work.sessions.forget(at(24 * 29))
        assert await accounts(work).renew(signed_in.refresh) is not None

        await work.sessions.forget(at(24 * 31))
        await work.codes.forget(at(24 * 31))
        assert await work.sessions.get(signed_in.session.id) is None


async def test_a_code_is_good_for_its_own_purpose_alone(store: Store) -> None:
    await registered(store)
    async with store.begin() as work:
        await accounts(work).forgot("nobody@example.org")
        await accounts(work).forgot(EMAIL.upper())
        due = await work.notices.claim_due(NOON, "me", limit=9, lease=at(1) - NOON)

    assert [notice.kind for notice in due] == ["confirm_email", "reset_password"]
    reset = str(due[1].facts["code"])
    async with store.begin() as work:
        with pytest.raises(Invalid):
            await accounts(work).verify_email(reset)
        assert (await accounts(work).resetting(reset)).email == EMAIL


async def test_whoever_signed_in_is_known_by_the_session_until_it_ends(store: Store) -> None:
    session = (await registered(store)).session
    async with store.begin() as work:
        person = await accounts(work).person_of(session.id)
        assert (person.id, person.name) == (session.person, "Ada")
        assert (await accounts(work).become(person, UserType.LISTER)).user_type is UserType.LISTER
        await accounts(work).sign_out(session.id)
        with pytest.raises(NotSignedIn):
            await accounts(work).person_of(session.id)


async def test_a_refresh_token_that_comes_twice_was_copied_and_ends_the_session(
    store: Store,
) -> None:
    first = await registered(store)
    async with store.begin() as work:
        second = await accounts(work).renew(first.refresh)
        assert second is not None
        assert await accounts(work).renew(first.refresh) is None
        assert await accounts(work).renew(second.refresh) is None


async def test_a_code_proves_the_address_and_another_changes_the_password_everywhere(
    store: Store,
) -> None:
    signed_in = await registered(store)
    async with store.begin() as work:
        await accounts(work).forgot(EMAIL)
        due = await work.notices.claim_due(NOON, "me", limit=9, lease=at(1) - NOON)
        verify, reset = (str(notice.facts["code"]) for notice in due)

        await accounts(work).verify_email(verify)
        proved = await accounts(work).of_email(EMAIL)
        assert proved is not None
        assert proved.email_verified
        await accounts(work).ask_to_verify(proved)
        assert not await work.notices.claim_due(NOON, "us", limit=9, lease=at(1) - NOON)

        await accounts(work).reset(reset, "a slow hash of another")
        assert (await accounts(work).of_email(EMAIL)).password == "a slow hash of another"
        assert await accounts(work).renew(signed_in.refresh) is None
