"""Cursors: where a list goes on, sealed so that nobody writes their own."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from market.domain.errors import Invalid

_SEAL = 12
"""Bytes of the signature; nobody can try 2^96 of them."""

Mark = Sequence[int | str]
"""What a list goes on after."""


@dataclass(frozen=True, slots=True)
class Cursors:
    key: bytes

    def write(self, listing: str, mark: Mark) -> str:
        """The cursor of one listing; ``listing`` names everything that makes it that one."""
        content = json.dumps(list(mark), separators=(",", ":")).encode()
        return urlsafe_b64encode(self._seal(listing, content) + content).decode().rstrip("=")

    def read(self, listing: str, cursor: str) -> list[int | str]:
        """Raises Invalid for a cursor that we did not write for this very listing."""
        try:
            sealed = urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4))
        except ValueError:
            raise Invalid("cursor", "unknown") from None
        seal, content = sealed[:_SEAL], sealed[_SEAL:]
        if not hmac.compare_digest(seal, self._seal(listing, content)):
            raise Invalid("cursor", "unknown")
        mark: list[int | str] = json.loads(content)
        return mark

    def skipped(self, listing: str, cursor: str | None) -> int:
        """How many of a listing the pages before have shown. Raises Invalid as ``read`` does."""
        return 0 if cursor is None else int(self.read(listing, cursor)[0])

    def beyond(self, listing: str, shown: int, *, more: bool) -> str | None:
        """The cursor of the page after so many; None where that was the last one."""
        return self.write(listing, (shown,)) if more else None

    def _seal(self, listing: str, content: bytes) -> bytes:
        message = listing.encode() + b"\0" + content
        return hmac.digest(self.key, message, hashlib.sha256)[:_SEAL]
