"""Notices by mail: from the outbox to the post."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from chat.courier import Fate, Outcome
from gateways.unsubscribing import SignedLinks
from jobs.mail import LONGEST_PAUSE, TRIES, Mailing, pause
from jobs.notices import COPIES, Delivery
from market.domain.account import Account
from market.domain.booking import State
from market.domain.ids import PersonId
from market.domain.notice import Kind, Notice, notices_of
from market.ports.mail import Mail, Posted
from market.services.accounts import AccountService
from storage.database import Store
from tests.examples import LISTER, NOON, a_booking, a_person, a_space, at, settle
from tests.jobs.test_notices import LISTER_CHAT, Clock, FakeCourier
from views.letter import Sender

ADDRESS = "leo@example.org"
SENDER = Sender("https://park.example.org/map", "Ola & Co, ola@example.org")


@dataclass
class FakePost:
    """Takes letters, and answers what the test says."""

    sent: list[Mail] = field(default_factory=list)
    answer: Callable[[], Posted] = lambda: Posted.SENT

    async def send(self, mail: Mail) -> Posted:
        self.sent.append(mail)
        return self.answer()


@pytest.fixture
def post() -> FakePost:
    return FakePost()


@pytest.fixture
def courier() -> FakeCourier:
    return FakeCourier()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def delivery(store: Store, courier, clock, post) -> Delivery:
    links = SignedLinks(b"a secret of the tests", "https://park.example.org")
    return Delivery(store, courier, clock, "a", Mailing(post, links, clock, SENDER))


async def booked(store: Store, *, telegram: int | None, mails: bool | None = None, **space) -> None:
    """Somebody booked at the lister's, who has an address, at noon."""
    booking = a_booking()
    account = Account(LISTER, NOON, email=ADDRESS, email_verified=True, mails=mails)
    async with store.begin() as work:
        await settle(work, a_space(**space))
        await work.people.save(a_person(LISTER, telegram=telegram))
        await work.accounts.save(account)
        await work.bookings.add(booking)
        await work.notices.plan(notices_of(booking, NOON)[:1])


async def test_whoever_has_no_telegram_hears_of_a_booking_by_mail(store, delivery, post) -> None:
    await booked(store, telegram=None)
    await delivery()
    (mail,) = post.sent
    assert mail.to == ADDRESS
    assert mail.subject.startswith("New booking: Courtyard behind the bakery")
    assert "Courtyard behind the bakery" in mail.text
    assert mail.unsubscribe.startswith("https://park.example.org/api/v1/mail/unsubscribe?token=")
    assert mail.unsubscribe in mail.text


async def test_a_letter_leads_to_its_booking_and_names_who_runs_the_place(
    store, delivery, post
) -> None:
    await booked(store, telegram=None)
    await delivery()
    (mail,) = post.sent
    number = mail.key.removeprefix("booked:")
    address = f"https://park.example.org/map?start=booking_{number}"
    assert f"Show booking: {address}\n" in mail.text
    assert f'<a href="{address}">Show booking</a>' in mail.html
    assert "It is run by \u2068Ola & Co, ola@example.org\u2069." in mail.text
    assert "Ola &amp; Co" in mail.html


@pytest.mark.parametrize("kind", [Kind.REQUESTED, Kind.SPACE_HIDDEN, Kind.BANNED])
async def test_a_letter_asks_for_no_tap_and_no_command(store, delivery, post, kind) -> None:
    request = a_booking(state=State.REQUESTED, expires_at=at(1))
    about = request.id if kind is Kind.REQUESTED else None
    facts = {"space": a_space().id} if kind is Kind.SPACE_HIDDEN else None
    async with store.begin() as work:
        await settle(work)
        await work.people.save(a_person(LISTER, telegram=None))
        await work.accounts.save(Account(LISTER, NOON, email=ADDRESS, email_verified=True))
        await work.bookings.add(request)
        await work.notices.plan([Notice("a", kind, LISTER, NOON, about, facts)])
    await delivery()
    (mail,) = post.sent
    assert not re.search(r"\btap\b|\byes\b|(?<![a-z:/.])/[a-z]+", mail.text.partition("\n-- \n")[0])


async def test_whoever_wishes_both_hears_of_it_once_on_each_way(
    store, delivery, post, courier, clock
) -> None:
    await booked(store, telegram=LISTER_CHAT, mails=True)
    for _ in range(3):
        await delivery()
        clock.now += timedelta(minutes=1)
    assert courier.chats == [LISTER_CHAT]
    assert len(post.sent) == 1


@pytest.mark.parametrize(("mails", "letters"), [(None, 1), (True, 1), (False, 0)])
async def test_whoever_has_blocked_the_bot_hears_of_it_by_mail_unless_they_want_none(
    store, delivery, post, courier, clock, mails, letters
) -> None:
    await booked(store, telegram=LISTER_CHAT, mails=mails)
    async with store.begin() as work:
        await work.people.save(a_person(LISTER, telegram=LISTER_CHAT, reachable=False))
    for _ in range(3):
        await delivery()
        clock.now += timedelta(minutes=1)
    assert courier.chats == []
    assert len(post.sent) == letters


async def test_the_notice_that_finds_the_bot_blocked_goes_by_mail(
    store, delivery, post, courier
) -> None:
    await booked(store, telegram=LISTER_CHAT)
    courier.answer = lambda chat: Outcome(Fate.UNREACHABLE)
    await delivery()
    await delivery()
    assert (courier.chats, len(post.sent)) == ([LISTER_CHAT], 1)


async def test_what_fails_on_one_way_is_repeated_on_that_way_alone(
    store, delivery, post, courier, clock
) -> None:
    await booked(store, telegram=LISTER_CHAT, mails=True)
    courier.answer = lambda chat: Outcome(Fate.RETRY, retry_at=clock.now + timedelta(minutes=1))
    for _ in range(3):
        await delivery()
        clock.now += timedelta(minutes=1)
    assert len(courier.chats) == 3
    assert len(post.sent) == 1


async def test_telegram_alone_is_enough_for_others(store, delivery, post, courier) -> None:
    await booked(store, telegram=LISTER_CHAT)
    await delivery()
    await delivery()
    assert (courier.chats, post.sent) == ([LISTER_CHAT], [])


async def test_a_letter_waits_longer_each_time_and_is_then_given_up(
    store, delivery, post, clock
) -> None:
    await booked(store, telegram=None)
    post.answer = lambda: Posted.LATER
    await delivery()
    clock.now = at(1 / 60) - timedelta(seconds=1)
    await delivery()
    assert len(post.sent) == 1
    clock.now = NOON + timedelta(minutes=1)
    await delivery()
    assert len(post.sent) == 2
    assert [pause(n) // timedelta(minutes=1) for n in (1, 2, 3, 7, 99)] == [1, 2, 4, 60, 60]
    assert sum(map(pause, range(1, TRIES)), timedelta()) > timedelta(days=1)
    assert pause(TRIES) == LONGEST_PAUSE


@pytest.mark.parametrize(
    ("answer", "copies"),
    [(Posted.NEVER, 1), (Posted.UNKNOWN, COPIES), (Posted.SENT, 1)],
    ids=["refused", "nobody knows", "taken"],
)
async def test_a_letter_is_not_sent_for_ever(store, delivery, post, clock, answer, copies) -> None:
    await booked(store, telegram=None)
    post.answer = lambda: answer
    for _ in range(COPIES + 2):
        await delivery()
        clock.now += timedelta(minutes=5)
    assert len(post.sent) == copies


async def test_nobody_writes_a_letter_of_ours_by_naming_a_space(store, delivery, post) -> None:
    title = "<b>Hof</b>\r\nBcc: everybody@example.org"
    await booked(store, telegram=None, title=title)
    await delivery()
    (mail,) = post.sent
    assert "\n" not in mail.subject
    assert "\r" not in mail.subject
    assert "<b>Hof" not in mail.html
    assert "&lt;b&gt;Hof" in mail.html


async def test_the_code_of_a_new_account_goes_by_mail_and_once(store, delivery, post) -> None:
    async with store.begin() as work:
        service = AccountService(work, NOON, "en")
        await service.register(
            "rita@example.org", "hashed", name="Rita", user_type="both", language=None
        )
    await delivery()
    await delivery()
    (mail,) = post.sent
    code = mail.text.split("\n\n")[2]
    assert (mail.to, mail.unsubscribe) == ("rita@example.org", None)
    async with store.begin() as work:
        await AccountService(work, NOON, "en").verify_email(code)


async def test_without_a_mail_server_codes_are_given_up(store, courier, clock, caplog) -> None:
    async with store.begin() as work:
        service = AccountService(work, NOON, "en")
        await service.register(
            "rita@example.org", "hashed", name="Rita", user_type="both", language=None
        )
    await Delivery(store, courier, clock, "a")()
    assert "there is no mail server" in caplog.text
    assert courier.sent == []


def test_links_are_signed() -> None:
    links = SignedLinks(b"a secret of the tests", "https://park.example.org")
    token = links.link(PersonId(7)).partition("token=")[2]
    assert links.person_of(token) == PersonId(7)
    assert SignedLinks(b"another", None).link(PersonId(7)) is None
