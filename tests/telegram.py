"""A Telegram inside the test: no network, real updates in, transcripts out.

A transcript has one block a message, blank lines between them: the text, then a line a row of
buttons as ``[label | action]``. An edited card begins with ``~ ``, a toast with ``toast: ``; the
menu keyboard is ``(label) (label)``; ``<3 photos>``, ``<venue ...>`` and ``<document>`` stand for
what is no text.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Protocol

from tests.fake_api import BOT, TOKEN, FakeTelegram, Message, Refusal, bad_request

__all__ = [
    "BOT",
    "TOKEN",
    "Chat",
    "Clock",
    "FakeTelegram",
    "Message",
    "Refusal",
    "bad_request",
    "photo_size",
]


class Intake(Protocol):
    async def accept(self, updates: Sequence[object]) -> None: ...


@dataclass
class Chat:
    """One person's chat with the bot. Every method returns the transcript of what came back."""

    telegram: FakeTelegram
    intake: Intake
    idle: Callable[[], Awaitable[None]]
    """Returns when everything that was sent is handled and answered."""
    user: int = 7
    profile: Mapping[str, Any] = field(
        default_factory=lambda: {"first_name": "Ann", "language_code": "en"}
    )
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    ids: Any = field(default_factory=lambda: count(1000))

    def of(self, user: int, **profile: Any) -> "Chat":
        """The same bot as somebody else sees it."""
        return replace(self, user=user, profile={**self.profile, **profile})

    async def say(self, text: str, *, user: int | None = None, **fields: Any) -> str:
        if text.startswith("/"):
            length = len(text.split()[0])
            entity = {"type": "bot_command", "offset": 0, "length": length}
            fields = {"entities": [entity], **fields}
        return await self.send(user=user, text=text, **fields)

    async def send_location(
        self, lat: float, lng: float, *, user: int | None = None, **fields: Any
    ) -> str:
        place = {"latitude": lat, "longitude": lng}
        return await self.send(user=user, location=place, **fields)

    async def move_location(
        self, message: int, lat: float, lng: float, *, user: int | None = None
    ) -> str:
        """A live location that is somewhere else now."""
        place = {"latitude": lat, "longitude": lng, "live_period": 3600}
        body = self._message({"message_id": message, "location": place}, user)
        return await self.feed({"edited_message": body}, user=user)

    async def send_photo(
        self, *file_ids: str, album: str | None = None, user: int | None = None, **fields: Any
    ) -> str:
        """One picture, or the parts of an album, each an update of its own as Telegram does it."""
        said = []
        for file_id in file_ids or ("photo-1",):
            body: dict[str, Any] = {"photo": [photo_size(file_id)], **fields}
            if album or len(file_ids) > 1:
                body["media_group_id"] = album or f"album-{file_ids[0]}"
            said.append(await self.send(user=user, **body))
        return "\n\n".join(part for part in said if part)

    async def send_file(
        self, name: str, mime: str, size: int = 1000, *, user: int | None = None
    ) -> str:
        document = {
            "file_id": name,
            "file_unique_id": name,
            "file_name": name,
            "mime_type": mime,
            "file_size": size,
        }
        return await self.send(user=user, document=document)

    async def send_sticker(self, *, user: int | None = None) -> str:
        sticker = {
            "file_id": "sticker",
            "file_unique_id": "sticker",
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
        }
        return await self.send(user=user, sticker=sticker)

    async def send(self, *, user: int | None = None, **fields: Any) -> str:
        """A message with any fields of the Bot API's."""
        return await self.feed({"message": self._message(fields, user)}, user=user)

    async def press(self, label: str, *, on: Message | None = None, user: int | None = None) -> str:
        """The newest button with that label, or that of a message kept from earlier."""
        presser = user or self.user
        message = on or self.card(label, user=presser)
        data = message.button(label)["callback_data"]
        return await self.press_data(data, message, user=presser)

    async def press_data(
        self, data: str, message: Message | None = None, *, user: int | None = None
    ) -> str:
        """A press that says anything at all."""
        presser = user or self.user
        callback = f"press-{next(self.ids)}"
        self.telegram.spinning[callback] = presser
        body = {
            "id": callback,
            "from": self._sender(presser),
            "chat_instance": "1",
            "data": data,
        }
        if message is not None:
            body["message"] = {
                "message_id": message.id,
                "date": int(self.clock().timestamp()),
                "chat": {"id": presser, "type": "private"},
                "from": BOT,
                **({"photo": []} if message.editable == "text" else {"photo": [photo_size("x")]}),
            }
        transcript = await self.feed({"callback_query": body}, user=presser)
        assert callback not in self.telegram.spinning, f"{data!r} is left spinning"
        return transcript

    async def inline(self, query: str, *, user: int | None = None, **fields: Any) -> dict[str, Any]:
        """The parameters of the answer, or nothing if there was none."""
        number = f"inline-{next(self.ids)}"
        sender = self._sender(user or self.user)
        body = {"id": number, "from": sender, "query": query, "offset": "", **fields}
        await self.feed({"inline_query": body}, user=user)
        return self.telegram.inline_answers.get(number, {})

    async def feed(self, update: Mapping[str, Any], *, user: int | None = None) -> str:
        """Any update, through the real intake and worker."""
        await self.intake.accept([{"update_id": next(self.ids), **update}])
        await self.idle()
        return self.heard(user=user)

    def heard(self, *, user: int | None = None) -> str:
        """What came since one last looked."""
        return "\n\n".join(self.telegram.unread.pop(user or self.user, ()))

    def card(self, label: str = "", *, user: int | None = None) -> Message:
        """The newest message with buttons, or with that one."""
        for (chat, _), message in sorted(self.telegram.messages.items(), reverse=True):
            if chat == (user or self.user) and message.rows and (not label or message.has(label)):
                return message
        raise AssertionError(f"nothing to press {label!r} on")

    def _message(self, fields: Mapping[str, Any], user: int | None) -> dict[str, Any]:
        sender = user or self.user
        return {
            "message_id": next(self.ids),
            "date": int(self.clock().timestamp()),
            "chat": {"id": sender, "type": "private", "first_name": "Ann"},
            "from": self._sender(sender),
            **fields,
        }

    def _sender(self, user: int) -> dict[str, Any]:
        return {"id": user, "is_bot": False, **self.profile}


def photo_size(file_id: str) -> dict[str, Any]:
    return {"file_id": file_id, "file_unique_id": file_id, "width": 800, "height": 600}


@dataclass
class Clock:
    """Stands still until it is told to go on."""

    now: datetime = datetime(2030, 6, 3, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **span: float) -> None:
        self.now += timedelta(**span)
