"""Letters, taken and refused by a real server on this machine."""

import asyncio
import email
import email.policy
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope

from gateways.mail import SmtpPost, letter
from market.ports.mail import Mail, Posted

SENDER = "Park Place <park@example.org>"
LINK = "https://park.example.org/api/v1/mail/unsubscribe?token=x.y"
MAIL = Mail(
    key="booked:1",
    to="rita@example.org",
    subject="New booking: Hof 5 · 2,50 €",
    text="New booking\n.\nover",
    html="<p>New booking</p>",
    unsubscribe=LINK,
)


@dataclass
class Mailbox:
    """Says what a test has it say, and keeps what it took."""

    answers: dict[str, str] = field(default_factory=dict)
    taken: list[Envelope] = field(default_factory=list)

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if "MAIL" in self.answers:
            return self.answers["MAIL"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if "RCPT" in self.answers:
            return self.answers["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.taken.append(envelope)
        if self.answers.get("DATA") == "hang up":
            server.transport.abort()
        if self.answers.get("DATA") == "say nothing":
            await asyncio.sleep(3600)
        return self.answers.get("DATA", "250 taken")

    @property
    def letters(self) -> list[EmailMessage]:
        return [
            email.message_from_bytes(it.content, policy=email.policy.default) for it in self.taken
        ]


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


Serve = Callable[..., str]


@pytest.fixture
def serve(mailbox: Mailbox) -> Iterator[Serve]:
    """Starts a server for the mailbox, and says where it is."""
    running = []

    def start(**options: object) -> str:
        server = Controller(mailbox, hostname="127.0.0.1", port=_free_port(), **options)
        server.start()
        running.append(server)
        return f"127.0.0.1:{server.port}"

    yield start
    for server in running:
        server.stop()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


async def test_a_letter_arrives_as_text_and_as_html(serve, mailbox) -> None:
    assert await SmtpPost(f"smtp://{serve()}", SENDER).send(MAIL) is Posted.SENT
    ((envelope,), (got,)) = mailbox.taken, mailbox.letters
    assert (envelope.mail_from, envelope.rcpt_tos) == ("park@example.org", ["rita@example.org"])
    assert (got["From"], got["To"]) == (SENDER, "rita@example.org")
    assert got["Subject"] == MAIL.subject
    text, page = got.iter_parts()
    assert text.get_content().replace("\r\n", "\n").strip() == MAIL.text
    assert page.get_content().strip() == MAIL.html


async def test_mail_programs_may_unsubscribe_with_one_click(serve, mailbox) -> None:
    await SmtpPost(f"smtp://{serve()}", SENDER).send(MAIL)
    (got,) = mailbox.letters
    assert got["List-Unsubscribe"] == f"<{LINK}>"
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert got["Auto-Submitted"] == "auto-generated", "no automatic answer, please"


async def test_the_same_letter_sent_again_is_the_same_letter(serve, mailbox) -> None:
    post = SmtpPost(f"smtp://{serve()}", SENDER)
    for _ in range(2):
        await post.send(MAIL)
    assert len({got["Message-ID"] for got in mailbox.letters}) == 1


@pytest.mark.parametrize(
    ("answers", "posted"),
    [
        ({"RCPT": "550 nobody here"}, Posted.NEVER),
        ({"RCPT": "450 try later"}, Posted.LATER),
        ({"MAIL": "550 not you"}, Posted.LATER),
        ({"MAIL": "451 busy"}, Posted.LATER),
        ({"DATA": "554 spam"}, Posted.NEVER),
        ({"DATA": "452 full"}, Posted.LATER),
        ({"DATA": "hang up"}, Posted.UNKNOWN),
        ({"DATA": "say nothing"}, Posted.UNKNOWN),
    ],
    ids=lambda value: " ".join(*value.items()) if isinstance(value, dict) else None,
)
async def test_what_the_server_says_decides_what_becomes_of_a_letter(
    serve, mailbox, answers, posted
) -> None:
    mailbox.answers = dict(answers)
    assert await SmtpPost(f"smtp://{serve()}", SENDER, patience=0.5).send(MAIL) is posted


async def test_where_nobody_listens_a_letter_waits() -> None:
    post = SmtpPost(f"smtp://127.0.0.1:{_free_port()}", SENDER)
    assert await post.send(MAIL) is Posted.LATER


async def test_a_password_is_never_said_in_clear(serve, mailbox) -> None:
    """The server offers no STARTTLS, and would take any password."""
    heard = []

    def authenticate(*said: object) -> AuthResult:
        heard.append(said)
        return AuthResult(success=True)

    address = serve(authenticator=authenticate, auth_require_tls=False)
    post = SmtpPost(f"smtp://me:secret@{address}", SENDER)
    assert await post.send(MAIL) is Posted.LATER
    assert (heard, mailbox.taken) == ([], [])
    assert "secret" not in repr(post)


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "Hello\r\nBcc: everybody@example.org"},
        {"to": "rita@example.org\r\nBcc: everybody@example.org"},
        {"to": "rita@example.org, everybody@example.org"},
        {"to": "rita@example.org>"},
        {"to": "nobody"},
        {"to": "rità@example.org"},
        {"unsubscribe": "https://x.example/>\r\nBcc: everybody@example.org"},
    ],
    ids=["subject", "to", "two", "bracket", "no address", "accent", "link"],
)
async def test_nobody_can_smuggle_in_a_header_or_an_addressee(serve, mailbox, change) -> None:
    post = SmtpPost(f"smtp://{serve()}", SENDER)
    assert await post.send(Mail(**{**_facts(MAIL), **change})) is Posted.NEVER
    assert mailbox.taken == []


def _facts(mail: Mail) -> dict[str, object]:
    return {name: getattr(mail, name) for name in Mail.__slots__}


def test_a_letter_without_a_link_has_no_header_for_it() -> None:
    made = letter(Mail("k", "rita@example.org", "Hello", "text", "<p>text</p>"), SENDER)
    assert "List-Unsubscribe" not in made
