"""Pictures that Telegram has already: shown again, they need not be sent again."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from chat.screen import Photo, Screen

REMEMBERED = 2_000
"""By their keys. After a restart each is sent once more."""


class Uploads:
    """What Telegram called the pictures of our photo store when they were sent to it."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, str] = OrderedDict()

    def of(self, photo: Photo) -> Photo:
        """The photo, by Telegram's name if it has one by now."""
        if photo.file_id is not None or photo.key is None or photo.key not in self._known:
            return photo
        self._known.move_to_end(photo.key)
        return replace(photo, file_id=self._known[photo.key])

    def on(self, screen: Screen) -> Screen:
        return (
            replace(screen, photos=tuple(map(self.of, screen.photos))) if screen.photos else screen
        )

    def learn(self, photos: Iterable[Photo], answer: Any) -> None:
        """From what Telegram says to a message, or to the messages of an album, with these."""
        messages = answer if isinstance(answer, list) else [answer]
        for photo, message in zip(photos, messages, strict=False):
            sizes = message.get("photo") if isinstance(message, dict) else None
            if photo.key is not None and sizes:
                self._known[photo.key] = sizes[-1]["file_id"]
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    def forget(self, photos: Iterable[Photo]) -> None:
        """Telegram would not have them by that name."""
        for photo in photos:
            self._known.pop(photo.key or "", None)
