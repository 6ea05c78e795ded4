"""Letters over SMTP."""

import ssl
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

import aiosmtplib
import structlog

from market.ports.mail import Mail, Posted

log = structlog.stdlib.get_logger(__name__)

PATIENCE = 20.0
"""Seconds for each answer of the server."""
SCHEMES = {"smtp": 587, "smtps": 465}
REFUSED = 500
"""Codes from here on are for good, those below for now (RFC 5321, 4.2.1)."""


@dataclass(frozen=True, slots=True)
class SmtpPost:
    """Implements market.ports.mail.Post.

    ``smtps://`` is encrypted from the start, ``smtp://`` from STARTTLS on: always where there is a
    password or the server is not near, and elsewhere if it offers that.
    """

    url: str = field(repr=False)
    sender: str
    """An address, perhaps with a name before it: ``Park Place <park@example.org>``."""
    patience: float = PATIENCE
    tls: ssl.SSLContext | None = None

    async def send(self, mail: Mail) -> Posted:
        try:
            content = letter(mail, self.sender).as_bytes()
        except (ValueError, MessageError):  # what stands there is no address, or no header
            log.exception("a letter cannot be written", key=mail.key)
            return Posted.NEVER
        client = self._client()
        try:
            await client.connect()
        except (aiosmtplib.SMTPException, OSError) as error:
            log.warning("the mail server cannot be used", reason=repr(error))
            client.close()
            return Posted.LATER
        try:
            return await self._posted(client, mail, content)
        finally:
            client.close()

    async def _posted(self, client: aiosmtplib.SMTP, mail: Mail, content: bytes) -> Posted:
        try:
            await client.mail(parseaddr(self.sender)[1])
            await client.rcpt(mail.to)
        except aiosmtplib.SMTPSenderRefused as error:
            # For good or not, it is our own address: the operator can put it right.
            log.warning("the mail server does not take our sender", reason=str(error))
            return Posted.LATER
        except aiosmtplib.SMTPResponseException as error:
            return _judged(error)
        except (aiosmtplib.SMTPException, OSError) as error:
            log.warning("a letter was not taken", key=mail.key, reason=repr(error))
            return Posted.LATER
        try:
            await client.data(content)
        except aiosmtplib.SMTPResponseException as error:
            return _judged(error)
        except (aiosmtplib.SMTPException, OSError) as error:
            log.warning("nobody knows whether a letter was taken", key=mail.key, reason=repr(error))
            return Posted.UNKNOWN
        return Posted.SENT

    def _client(self) -> aiosmtplib.SMTP:
        parts = urlsplit(self.url)
        host = parts.hostname or ""
        encrypted = parts.scheme == "smtps"
        must = parts.username is not None or not is_near(host)
        return aiosmtplib.SMTP(
            hostname=host,
            port=parts.port or SCHEMES[parts.scheme],
            username=None if parts.username is None else unquote(parts.username),
            password=None if parts.password is None else unquote(parts.password),
            use_tls=encrypted,
            start_tls=False if encrypted else (True if must else None),
            tls_context=self.tls,
            timeout=self.patience,
        )


def letter(mail: Mail, sender: str) -> EmailMessage:
    """Raises ValueError for an address, or a line in a header, that would be more than one."""
    name, address = parseaddr(sender)
    mail.to.encode("ascii")  # few servers take any other address
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(name, addr_spec=address)
    message["To"] = Address(addr_spec=mail.to)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(datetime.now(UTC))
    domain = address.rpartition("@")[2]
    message["Message-ID"] = f"<{sha256(mail.key.encode()).hexdigest()[:32]}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe is not None:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message


def is_near(host: str) -> bool:
    """On this machine: what is said to it passes nobody."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _judged(error: aiosmtplib.SMTPResponseException) -> Posted:
    log.warning("the mail server refuses a letter", code=error.code, reason=error.message)
    return Posted.NEVER if error.code >= REFUSED else Posted.LATER
