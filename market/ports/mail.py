from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from market.domain.errors import Invalid
from market.domain.ids import PersonId


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter to one address, in plain text and again as HTML."""

    key: str
    """The same for a letter that is sent again: mail programs show it once."""
    to: str
    subject: str
    text: str
    html: str
    unsubscribe: str | None = None
    """Where one click, or a POST by the mail program, ends such letters."""


class Posted(StrEnum):
    """What became of a letter."""

    SENT = "sent"
    LATER = "later"
    """Surely not taken, and worth trying again."""
    NEVER = "never"
    """Refused for good: this address, or this letter."""
    UNKNOWN = "unknown"
    """The line broke before the answer: taken or not."""


class Post(Protocol):
    async def send(self, mail: Mail) -> Posted: ...


class Unsubscribing(Protocol):
    """Links that end letters, for whoever has one of them, signed in or not."""

    def link(self, person: PersonId) -> str | None:
        """None while no public address is known."""

    def person_of(self, token: str) -> PersonId:
        """Raises Invalid for a token that is not ours."""


class NoLinks:
    """Of a marketplace that sends no letters."""

    def link(self, person: PersonId) -> str | None:
        return None

    def person_of(self, token: str) -> PersonId:
        """Raises Invalid."""
        raise Invalid("token", "not good any more")
