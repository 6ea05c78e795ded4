from dataclasses import replace
from datetime import timedelta

import pytest

from market.domain.account import Account, wants_mail
from market.domain.errors import Invalid
from market.domain.ids import PersonId
from market.domain.notice import Kind, Notice
from market.ports.mail import NoLinks
from market.services.accounts import AccountService
from market.services.mail import MailService, by_mail
from tests.examples import LISTER, NOON, RENTER, a_person, at

ADDRESS = "rita@example.org"


@pytest.mark.parametrize(
    ("telegram", "email", "verified", "mails", "wanted"),
    [
        (None, ADDRESS, True, None, True),
        (7, ADDRESS, True, None, False),
        (7, ADDRESS, True, True, True),
        (None, ADDRESS, True, False, False),
        (None, ADDRESS, False, True, False),
        (7, None, False, True, False),
    ],
    ids=[
        "no Telegram",
        "Telegram",
        "both, as wished",
        "no more, as wished",
        "an address of nobody knows whom",
        "no address",
    ],
)
def test_notices_go_by_mail_without_telegram_or_when_wished(
    telegram, email, verified, mails, wanted
) -> None:
    person = a_person(RENTER, telegram=telegram)
    account = Account(RENTER, NOON, email=email, email_verified=verified, mails=mails)
    assert wants_mail(person, account) is wanted


@pytest.fixture
async def account(town) -> Account:
    account = Account(RENTER, NOON, email=ADDRESS, password="hashed", email_verified=True)
    async with town.begin() as work:
        await work.accounts.save(account)
    return account


async def test_unsubscribing_ends_the_letters_and_choosing_begins_them_again(town, account) -> None:
    async with town.begin() as work:
        mail, person = MailService(work, NOON), await work.people.get(RENTER)
        assert await mail.address_of(person) is None, "Telegram is enough"
        assert await mail.chosen(person) is False
        await mail.choose(person, mails=True)
        assert await mail.address_of(person) == ADDRESS
        await mail.unsubscribe(RENTER)
        assert await mail.address_of(person) is None


async def test_whoever_has_no_account_gets_no_letters_and_may_choose_all_the_same(town) -> None:
    async with town.begin() as work:
        mail, person = MailService(work, NOON), await work.people.get(LISTER)
        await mail.unsubscribe(PersonId(404))
        assert await mail.address_of(person) is None
        assert await mail.chosen(person) is None
        assert (await mail.choose(person, mails=True)).mails
        assert await mail.address_of(person) is None


async def test_the_copy_by_mail_is_owed_once(town) -> None:
    notice = Notice("banned:1", Kind.BANNED, RENTER, NOON)
    async with town.begin() as work:
        await MailService(work, NOON).also_by_mail(notice)
        await MailService(work, at(1)).also_by_mail(notice)
        (copy,) = await work.notices.claim_due(at(2), "me", limit=9, lease=timedelta(minutes=1))
    assert by_mail(copy)
    assert not by_mail(notice)
    assert copy.key != notice.key


@pytest.fixture
async def reset(town, account) -> Notice:
    """The notice that carries a code for a new password."""
    async with town.begin() as work:
        await AccountService(work, NOON, "en").forgot(ADDRESS)
        (notice,) = await work.notices.claim_due(NOON, "me", limit=9, lease=timedelta(minutes=1))
    return notice


async def test_a_code_goes_to_the_address_of_the_account(town, reset) -> None:
    async with town.begin() as work:
        letter = await MailService(work, NOON).code_letter(reset)
    assert (letter.to, letter.code) == (ADDRESS, reset.facts["code"])


async def test_a_code_that_ran_out_is_not_sent(town, reset) -> None:
    async with town.begin() as work:
        assert await MailService(work, at(1)).code_letter(reset) is None


async def test_a_code_that_a_newer_one_replaced_is_not_sent(town, reset) -> None:
    async with town.begin() as work:
        await AccountService(work, NOON, "en").forgot(ADDRESS)
        assert await MailService(work, NOON).code_letter(reset) is None


async def test_a_code_is_not_sent_where_there_is_no_address_any_more(town, account, reset) -> None:
    async with town.begin() as work:
        await work.accounts.save(replace(account, email=None))
        assert await MailService(work, NOON).code_letter(reset) is None


def test_without_letters_there_are_no_links_to_end_them() -> None:
    assert NoLinks().link(RENTER) is None
    with pytest.raises(Invalid):
        NoLinks().person_of("token")
