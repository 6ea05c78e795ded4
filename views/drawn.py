"""Pictures that are drawn when they are sent: their key says all that is on them.

Nobody draws while a unit of work is open, and nothing has to be stored.
"""

import json
from dataclasses import asdict, dataclass
from typing import ClassVar

PREFIX = "drawn:"
"""No key of the photo store begins so."""


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: int
    caption: str
    """Above the bar; empty where there is nothing to say."""


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    bars: tuple[Bar, ...]
    kind: ClassVar[str] = "chart"

    @property
    def key(self) -> str:
        return _key(self.kind, asdict(self))


@dataclass(frozen=True, slots=True)
class Sticker:
    """A code to scan, with a few words around it."""

    link: str
    head: str
    lines: tuple[str, ...]
    foot: str
    kind: ClassVar[str] = "sticker"

    @property
    def key(self) -> str:
        return _key(self.kind, asdict(self))

    @property
    def page(self) -> str:
        """The same, as a page to print."""
        return _key("page", asdict(self))


@dataclass(frozen=True, slots=True)
class Map:
    """Places, seen from as near as shows them all. Degrees of latitude and longitude."""

    pins: tuple[tuple[float, float, str], ...]
    """With what is written on them."""
    here: tuple[float, float] | None = None
    """The person, or the place that was searched for."""
    dark: bool = False
    around: float = 0.0
    """Metres around each pin in which the real place is; 0 where the pin is exact."""
    rings: tuple[tuple[float, str], ...] = ()
    """Metres around ``here`` with their names, drawn where there is no map."""
    kind: ClassVar[str] = "map"

    @property
    def key(self) -> str:
        # By hand, because ``asdict`` copies deeply and takes ten times as long, on every search.
        return _key(self.kind, {name: getattr(self, name) for name in Map.__slots__})


def _key(kind: str, facts: object) -> str:
    return f"{PREFIX}{kind}:{json.dumps(facts, ensure_ascii=False, separators=(',', ':'))}"
