"""Password hashes, by Argon2id: slow and large on purpose, for whoever steals them."""

import anyio.to_thread
from anyio import CapacityLimiter
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_A_TIME = 2
"""Hashes; each takes 64 MiB and every lane of the processor that it can get."""


class Argon2:
    """Implements market.ports.passwords.Passwords."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobody = self._hasher.hash("")
        """Checked where there is no account, so that the time taken does not tell."""
        self._limiter = CapacityLimiter(AT_A_TIME)

    async def hashed(self, password: str) -> str:
        return await anyio.to_thread.run_sync(self._hasher.hash, password, limiter=self._limiter)

    async def fits(self, password: str, kept: str | None) -> bool:
        """Whether it is the password of a hash; without one, no, after just as long."""
        fits = await anyio.to_thread.run_sync(
            self._verify, kept or self._nobody, password, limiter=self._limiter
        )
        return fits and kept is not None

    def outdated(self, kept: str) -> bool:
        return self._hasher.check_needs_rehash(kept)

    def _verify(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False
