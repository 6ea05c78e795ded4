"""Typed callback data: ``action:id:version``, at most 64 bytes.

The version is that of the card the button stands on; a press on an older card redraws it.
"""

from dataclasses import dataclass
from typing import Self

LIMIT = 64
"""Telegram's limit for callback data, in bytes."""


@dataclass(frozen=True, slots=True)
class Press:
    """What a button says when it is pressed."""

    action: str
    id: str = ""
    version: int = 0

    def pack(self) -> str:
        """As callback data. Raises ValueError beyond 64 bytes or with a colon inside a part."""
        if ":" in self.action or ":" in self.id:
            raise ValueError(f"a colon inside callback data: {self!r}")
        packed = f"{self.action}:{self.id}:{self.version}"
        if len(packed) > LIMIT or (not packed.isascii() and len(packed.encode()) > LIMIT):
            raise ValueError(f"callback data over {LIMIT} bytes: {packed!r}")
        return packed

    @classmethod
    def parse(cls, packed: str) -> Self | None:
        """The press behind callback data, or None for what we never packed."""
        match packed.split(":"):
            case [action, id_, version] if action and version.isascii() and version.isdigit():
                return cls(action, id_, int(version))
            case _:
                return None
