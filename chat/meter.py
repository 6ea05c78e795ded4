"""What the kit tells whoever counts: how updates end, how long they take, and what is sent."""

from typing import Protocol


class Meter(Protocol):
    """Called on the way of every update: must be quick, and must not raise."""

    def handled(self, handler: str, seconds: float, *, refused: bool) -> None:
        """From the beginning of an update's unit of work to its commit."""

    def buried(self) -> None:
        """An update was given up."""

    def delivered(self, fate: str) -> None:
        """Screens were handed to Telegram, or were not."""

    def pictured(self, outcome: str, seconds: float) -> None:
        """A picture was added to a message, or was not, so long after the message."""


class Unmetered:
    """Counts nothing."""

    def handled(self, handler: str, seconds: float, *, refused: bool) -> None:
        pass

    def buried(self) -> None:
        pass

    def delivered(self, fate: str) -> None:
        pass

    def pictured(self, outcome: str, seconds: float) -> None:
        pass
