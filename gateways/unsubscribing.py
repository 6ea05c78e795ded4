"""Links that end letters: signed, good for ever, and good for nothing else."""

import hmac
from dataclasses import dataclass
from hashlib import sha256

from market.domain.errors import Invalid
from market.domain.ids import PersonId, read_id, written

PATH = "/api/v1/mail/unsubscribe"
MARK = 32
"""Hexadecimal digits of the signature: 128 bits."""


@dataclass(frozen=True, slots=True)
class SignedLinks:
    """Implements market.ports.mail.Unsubscribing."""

    secret: bytes
    public_url: str | None

    def link(self, person: PersonId) -> str | None:
        if self.public_url is None:
            return None
        return f"{self.public_url}{PATH}?token={written(person)}.{self._mark(person)}"

    def person_of(self, token: str) -> PersonId:
        """Raises Invalid for a token that is not ours."""
        name, _, mark = token.partition(".")
        person = PersonId(read_id(name) or 0)
        if not hmac.compare_digest(mark.encode(), self._mark(person).encode()):
            raise Invalid("token", "not good any more")
        return person

    def _mark(self, person: PersonId) -> str:
        # The purpose is signed too: the same secret may sign other things.
        said = f"unsubscribe {written(person)}"
        return hmac.new(self.secret, said.encode(), sha256).hexdigest()[:MARK]
