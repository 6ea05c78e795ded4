"""Letters over lines that nobody can read, to real servers with a certificate made here."""

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from gateways.mail import SmtpPost
from market.ports.mail import Posted
from tests.gateways.test_mail import MAIL, SENDER, mailbox, serve
from tests.needs import openssl

__all__ = ["mailbox", "serve"]


@dataclass(frozen=True)
class Trust:
    server: ssl.SSLContext
    client: ssl.SSLContext
    """Knows the server's certificate, which nobody else does."""


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    _certify(key, certificate)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    return Trust(server, ssl.create_default_context(cafile=str(certificate)))


def _certify(key: Path, certificate: Path) -> None:
    """For this machine and one day."""
    command = f"{openssl()} req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "1"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command.split(), *names, *files], check=True, capture_output=True)


async def test_a_letter_goes_over_a_line_that_is_encrypted_from_the_start(
    serve, mailbox, trust
) -> None:
    post = SmtpPost(f"smtps://{serve(ssl_context=trust.server)}", SENDER, tls=trust.client)
    assert await post.send(MAIL) is Posted.SENT
    assert [got["Subject"] for got in mailbox.letters] == [MAIL.subject]


async def test_where_starttls_is_offered_it_is_taken_and_the_password_said_after_it(
    serve, mailbox, trust
) -> None:
    heard = []

    def authenticate(_server, session, *said: object) -> AuthResult:
        heard.append((session.ssl is not None, said[-1]))
        return AuthResult(success=True)

    address = serve(tls_context=trust.server, require_starttls=True, authenticator=authenticate)
    post = SmtpPost(f"smtp://me:se%40cret@{address}", SENDER, tls=trust.client)
    assert await post.send(MAIL) is Posted.SENT
    assert heard == [(True, LoginPassword(b"me", b"se@cret"))]
    assert len(mailbox.taken) == 1


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
async def test_nothing_is_said_to_a_server_that_nobody_vouches_for(
    serve, mailbox, trust, scheme
) -> None:
    options = {"smtp": {"tls_context": trust.server, "require_starttls": True}}
    address = serve(**options.get(scheme, {"ssl_context": trust.server}))
    post = SmtpPost(f"{scheme}://me:secret@{address}", SENDER)
    assert await post.send(MAIL) is Posted.LATER
    assert mailbox.taken == []
