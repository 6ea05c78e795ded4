"""What is sent after an update, kept in its inbox row until it is out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from chat.screen import Screen


class Target(NamedTuple):
    """A message that can be edited, and whether it is a picture with a caption."""

    message: int
    media: bool = False

    def otherwise(self) -> "Target":
        """The same message, should it not be what we took it for."""
        return Target(self.message, not self.media)


@dataclass(frozen=True, slots=True)
class Answer:
    chat: int
    screens: tuple[Screen, ...] = ()
    callback_id: str | None = None
    """The press to answer, so that its button stops spinning."""
    here: Target | None = None
    """The message whose button was pressed."""
    cards: Mapping[str, Target] = field(default_factory=dict)
    """The messages known under the cards that the screens name."""

    def to_json(self) -> str:
        return json.dumps(
            {
                "chat": self.chat,
                "screens": [screen.to_json() for screen in self.screens],
                "callback_id": self.callback_id,
                "here": self.here,
                "cards": self.cards,
            }
        )

    @classmethod
    def from_json(cls, packed: str) -> Self:
        data = json.loads(packed)
        return cls(
            data["chat"],
            tuple(Screen.from_json(screen) for screen in data["screens"]),
            data["callback_id"],
            Target(*data["here"]) if data["here"] else None,
            {name: Target(*target) for name, target in data["cards"].items()},
        )
