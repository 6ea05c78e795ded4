from typing import Protocol


class Passwords(Protocol):
    """Hashes, slowly and on purpose, so never inside a unit of work."""

    async def hashed(self, password: str) -> str: ...

    async def fits(self, password: str, kept: str | None) -> bool:
        """Whether it is the password of a hash; without one, no, after just as long."""

    def outdated(self, kept: str) -> bool:
        """Whether a hash was made more cheaply than one would be today."""
