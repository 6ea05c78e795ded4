"""An account: how a person signs in over HTTP, and what proves that it is them."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from market.domain.errors import Invalid
from market.domain.ids import PersonId, SessionId
from market.domain.person import Person

PASSWORD = range(10, 129)
"""Characters; long enough to guess badly, short enough to hash quickly."""
ACCESS_LIFETIME = timedelta(minutes=15)
"""Of what a client shows with every request."""
REFRESH_LIFETIME = timedelta(days=30)
"""Of what a client gets its next access with; whoever stays away longer signs in again."""


class UserType(StrEnum):
    """What a person came for. It is shown, and forbids nothing: everybody may do both."""

    RENTER = "renter"
    LISTER = "lister"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Account:
    """Of one person. Without ``email`` and ``password`` they sign in through Telegram alone."""

    person: PersonId
    made_at: datetime
    user_type: UserType = UserType.BOTH
    email: str | None = None
    password: str | None = None
    """Hashed."""
    email_verified: bool = False
    mails: bool | None = None
    """Whether notices go by mail; None: only to whoever cannot be reached on Telegram."""


def wishes_mail(person: Person, account: Account) -> bool:
    """As they said; before they say anything, if there is no Telegram to reach them."""
    silent = person.telegram is None or not person.reachable
    return silent if account.mails is None else account.mails


def wants_mail(person: Person, account: Account) -> bool:
    """Never to an address that nobody has proved to be theirs."""
    proved = account.email is not None and account.email_verified
    return proved and wishes_mail(person, account)


def is_verified(person: Person, account: Account | None) -> bool:
    """Whether somebody else vouches for them: Telegram, or whoever runs their mail."""
    return person.telegram is not None or (account is not None and account.email_verified)


def email_key(email: str) -> str:
    """What two spellings of one address have in common."""
    return email.casefold()


def checked_password(password: str, email: str) -> str:
    """The password itself. Raises Invalid for one that is known, short or endless."""
    if len(password) not in PASSWORD:
        short = len(password) < PASSWORD.start
        limit = PASSWORD.start if short else PASSWORD.stop - 1
        raise Invalid("password", "too short" if short else "too long", limit)
    if email_key(password) == email_key(email):
        raise Invalid("password", "known")
    return password


@dataclass(frozen=True, slots=True)
class Session:
    """Signed in once, on one device, until ``ended_at``."""

    id: SessionId
    person: PersonId
    opened_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """Gets a session its next access, once. ``digest`` is all that is kept of it."""

    digest: str
    session: SessionId
    expires_at: datetime
    used_at: datetime | None = None


class Purpose(StrEnum):
    """What a code that was sent to somebody is good for."""

    VERIFY = "verify"
    """The address it was sent to is theirs."""
    RESET = "reset"
    """They may choose a new password."""
    LINK = "link"
    """They may join the account with a Telegram account."""


CODE_LIFETIME = {
    Purpose.VERIFY: timedelta(days=1),
    Purpose.RESET: timedelta(minutes=30),
    Purpose.LINK: timedelta(minutes=10),
}


@dataclass(frozen=True, slots=True)
class Code:
    """Good once, for one purpose. ``digest`` is all that is kept of it."""

    digest: str
    person: PersonId
    purpose: Purpose
    expires_at: datetime


def new_secret() -> str:
    """256 random bits, in letters that a link can carry."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of a random secret: whoever reads the store cannot use it."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()
