"""The outside of an update, read without parsing it: even a broken one has a sender.

Whatever it says is taken only if it is what it should be; nothing here raises.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

LARGEST = 2**63 - 1
WAKE = "wake"


@dataclass(frozen=True, slots=True)
class Envelope:
    """An update on its way, with what is known about it beforehand."""

    id: int
    raw: Mapping[str, Any]
    person: int | None
    language: str
    chat: int | None
    private: bool
    callback_id: str | None
    sent_at: datetime
    """By its own date; a tap carries none."""

    @classmethod
    def of(cls, raw: object, sent_by: datetime) -> Self | None:
        """None for what has no usable id. ``sent_by`` counts where it carries no date itself."""
        if not isinstance(raw, Mapping) or (id_ := _number(raw.get("update_id"))) is None:
            return None
        body = next((part for key, part in raw.items() if key != "update_id"), None)
        body = body if isinstance(body, Mapping) else {}
        sender = _mapping(body, "from")
        person = _number(sender.get("id"))
        pressed = raw.get("callback_query") is body
        chat = _mapping(_mapping(body, "message") if pressed else body, "chat")
        language = sender.get("language_code")
        callback = body.get("id") if pressed else None
        return cls(
            id_,
            raw,
            person,
            language if isinstance(language, str) else "",
            _number(chat.get("id")) or person,
            chat.get("type", "private") == "private",
            callback if isinstance(callback, str) else None,
            _date(body) or sent_by,
        )

    @property
    def wakes(self) -> str | None:
        """The conversation to wake, if this is a wake-up and no update of Telegram's."""
        wake = self.raw.get(WAKE)
        return wake.get("flow") if isinstance(wake, Mapping) and self.id < 0 else None


def wake_up(id_: int, person: int, flow: str) -> Mapping[str, Any]:
    """A wake-up in the shape of an update, so that it takes the same way."""
    return {"update_id": id_, WAKE: {"from": {"id": person}, "flow": flow}}


def _mapping(whole: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    part = whole.get(key)
    return part if isinstance(part, Mapping) else {}


def _number(value: object) -> int | None:
    """An id that the database can hold."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if value and abs(value) <= LARGEST else None


def _date(body: Mapping[str, Any]) -> datetime | None:
    stamp = _number(body.get("edit_date")) or _number(body.get("date"))
    try:
        return datetime.fromtimestamp(stamp, UTC) if stamp else None
    except (ValueError, OverflowError, OSError):
        return None
