"""A person for tests: acts like a phone, and waits for what the bot shows."""

import asyncio
from collections.abc import Callable

from sandbox.errors import Refused
from sandbox.people import FRIENDS, Person
from sandbox.phone import Asked, Phone
from sandbox.wire import Json
from sandbox.world import World

PATIENCE = 5.0


class Driver(Phone):
    """Every act is awaited and done when it returns; the bot's answer is waited for apart."""

    def __init__(self, world: World, person: Person, token: str) -> None:
        super().__init__(world, person, token)
        self.toasts: list[Json] = []
        self._from_bot: list[Json] = []
        self._read = 0
        self._changed = asyncio.Event()
        world.listeners[person.id].add(self._notice)

    @property
    def last_message(self) -> Json:
        """The newest message of the chat with the bot."""
        return list(self.world.messages[self.id].values())[-1]

    @property
    def keyboard(self) -> list[str]:
        """The labels of the reply keyboard, row by row."""
        rows = (self.world.chats[self.id].reply_keyboard or {}).get("keyboard", [])
        return [button["text"] for row in rows for button in row]

    async def send(
        self, content: Json, *, reply_to: int | None = None, chat: int | None = None
    ) -> Json:
        self._read = len(self._from_bot)
        return await super().send(content, reply_to=reply_to, chat=chat)

    async def press(self, button: str, message: Json | None = None) -> Asked:
        """Press an inline button by its label or data: the newest one, or that of ``message``.

        A label may go on with `` · `` and facts that need not be known.
        """
        candidates = [message] if message else reversed(self.messages)
        for each in candidates:
            if data := _data_of(each, button):
                return await self.press_data(each["message_id"], data)
        raise Refused(f"There is no button {button!r} to press.\n{self.transcript()}")

    async def tap(self, label: str, at: tuple[float, float] | None = None) -> Json:
        """Tap a reply keyboard's button; ``at`` is where one is, should it ask for that."""
        rows = (self.world.chats[self.id].reply_keyboard or {}).get("keyboard", [])
        for button in (button for row in rows for button in row):
            if button["text"] != label:
                continue
            if button.get("request_location"):
                if at is None:
                    raise Refused(f"{label!r} sends a location: say where with at=(lat, lng).")
                return await self.send_location(*at)
            return await self.send_text(label)
        raise Refused(f"The keyboard has no button {label!r}, only {self.keyboard}.")

    async def inline(
        self,
        query: str,
        *,
        offset: str = "",
        at: tuple[float, float] | None = None,
        timeout: float = PATIENCE,
    ) -> Json:
        """Ask inline; the bot's answer with ``results``, ``next_offset`` and ``button``."""
        asked = await self.ask_inline(query, offset=offset, at=at)
        return await asked.answer(timeout)

    async def choose(self, result: Json, query: str = "", *, chat: int = FRIENDS) -> Json:
        return await self.choose_inline(result, query, chat=chat)

    async def reply(self, timeout: float = PATIENCE) -> Json:
        """The next message the bot sent or edited since this person's last act."""
        async with asyncio.timeout(timeout):
            while self._read >= len(self._from_bot):
                await self._changed.wait()
        self._read += 1
        return self._from_bot[self._read - 1]

    async def wait_for(
        self, predicate: Callable[[Json], object], timeout: float = PATIENCE
    ) -> Json:
        """The newest message, as it is now, that fulfils the predicate; seen ones count."""
        try:
            async with asyncio.timeout(timeout):
                while True:
                    for message in reversed(self.messages):
                        if predicate(message):
                            return message
                    await self._changed.wait()
        except TimeoutError:
            raise TimeoutError(f"It did not come. This came:\n{self.transcript()}") from None

    async def wait_for_text(self, part: str, timeout: float = PATIENCE) -> Json:
        """The newest message that shows ``part`` in its text, caption or buttons."""
        return await self.wait_for(lambda message: part in shown(message), timeout)

    def transcript(self, last: int = 8) -> str:
        return "\n--\n".join(shown(message) for message in self.messages[-last:])

    def _ask(self, kind: str, facts: Json, seconds: float) -> Asked:
        self._read = len(self._from_bot)
        return super()._ask(kind, facts, seconds)

    def _show_edit(self, edited: Json) -> Json:
        self._read = len(self._from_bot)
        return super()._show_edit(edited)

    def _notice(self, frame: Json) -> None:
        message = frame.get("message", {})
        by_bot = message.get("from", {}).get("id") == self.world.profile.id
        if by_bot or (frame["type"] == "edit" and "via_bot" in message):
            self._from_bot.append(message)
        if frame["type"] == "callback_answer":
            self.toasts.append(frame)
        # Whoever waits now is woken; who comes later waits for the next change.
        self._changed.set()
        self._changed = asyncio.Event()


def buttons(message: Json) -> list[list[Json]]:
    """The inline buttons of a message, row by row."""
    rows: list[list[Json]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return rows


def shown(message: Json) -> str:
    """A message as one reads it: its words or kind, then rows of ``[label]``."""
    words = message.get("text") or message.get("caption", "")
    kinds = ("photo", "document", "venue", "location", "contact", "sticker", "pinned_message")
    kind = next((f"<{kind}>" for kind in kinds if kind in message), "")
    rows = [" ".join(f"[{button['text']}]" for button in row) for row in buttons(message)]
    return "\n".join(line for line in (kind, words, *rows) if line)


def _data_of(message: Json, wanted: str) -> str | None:
    pressable = [b for row in buttons(message) for b in row if "callback_data" in b]
    for button in pressable:
        if wanted in (button["text"], button["callback_data"]):
            return str(button["callback_data"])
    for button in pressable:
        if button["text"].startswith(f"{wanted} ·"):
            return str(button["callback_data"])
    return None
