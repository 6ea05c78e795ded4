"""What is shown to a person: plain values that travel as JSON, so that an answer survives a crash.

A :class:`Screen` is made by a view and sent by the courier. Text is Telegram HTML, escaped by the
view that wrote it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button; exactly one of the fields after ``label`` says what it does."""

    label: str
    action: str | None = None
    url: str | None = None
    copy: str | None = None
    switch_inline: str | None = None
    web_app: str | None = None

    def to_json(self) -> dict[str, str]:
        names = Button.__slots__
        return {name: told for name in names if (told := getattr(self, name)) is not None}


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the menu keyboard below the input field."""

    label: str
    asks_location: bool = False


@dataclass(frozen=True, slots=True)
class Keyboard:
    """The menu keyboard; no rows take it away."""

    rows: tuple[tuple[Key, ...], ...]
    placeholder: str = ""


@dataclass(frozen=True, slots=True)
class Venue:
    """A place that the person's own map application can navigate to."""

    lat: float
    lng: float
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture: by Telegram's ``file_id`` if it has one, else by the key of the photo store."""

    file_id: str | None = None
    key: str | None = None
    content: str | None = None
    """Of a small one made by us, such as a chart: base64."""


@dataclass(frozen=True, slots=True)
class Document:
    """A small file made by us, such as a calendar entry.

    ``content`` is base64; where it is empty, ``key`` is what the photo store is asked for.
    """

    name: str
    content: str
    mime: str
    key: str = ""


class Where(StrEnum):
    """Which message a screen becomes."""

    HERE = "here"
    """Edit the message whose button was pressed; without one, send anew."""

    CARD = "card"
    """Edit the last message known under ``card``; if it is gone, send anew."""

    ANEW = "anew"
    """Always a new message (it takes over ``card``, if named)."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One message to show, or one card to redraw. A card that cannot be edited is sent anew."""

    text: str = ""
    rows: tuple[tuple[Button, ...], ...] = ()
    keyboard: Keyboard | None = None
    photos: tuple[Photo, ...] = ()
    picture: Photo | None = None
    """Added to the message when it is out already; until then, or if it fails, the text stands
    alone. A picture that the message has stays where the next screen brings none."""
    venue: Venue | None = None
    document: Document | None = None
    card: str | None = None
    where: Where = Where.HERE
    silent: bool = False
    toast: str = ""
    """The answer to a button press, up to 200 characters; a screen may be a toast alone."""

    def to_json(self) -> dict[str, Any]:
        """Only what differs from the defaults, as the inbox keeps it."""
        # By hand, because ``asdict`` copies deeply and takes ten times as long, on every reply.
        names = Screen.__slots__
        plain = {name: told for name in names if (told := getattr(self, name)) not in _EMPTY}
        if self.rows:
            plain["rows"] = [[button.to_json() for button in row] for row in self.rows]
        for name in ("keyboard", "picture", "venue", "document"):
            if name in plain:
                plain[name] = asdict(plain[name])
        if self.photos:
            plain["photos"] = [asdict(photo) for photo in self.photos]
        return plain

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        known = dict(data)
        if "rows" in known:
            known["rows"] = tuple(tuple(Button(**b) for b in row) for row in known["rows"])
        if (keyboard := known.get("keyboard")) is not None:
            rows = tuple(tuple(Key(**key) for key in row) for row in keyboard["rows"])
            known["keyboard"] = Keyboard(rows, keyboard["placeholder"])
        if "photos" in known:
            known["photos"] = tuple(Photo(**photo) for photo in known["photos"])
        if (picture := known.get("picture")) is not None:
            known["picture"] = Photo(**picture)
        if (venue := known.get("venue")) is not None:
            known["venue"] = Venue(**venue)
        if (document := known.get("document")) is not None:
            known["document"] = Document(**document)
        if "where" in known:
            known["where"] = Where(known["where"])
        return cls(**known)


_EMPTY: tuple[object, ...] = (None, "", (), False, Where.HERE)
