"""What a person can do in their Telegram app; chat page and tests act through this."""

import asyncio
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sandbox.contents import forwarded
from sandbox.detect import detected
from sandbox.errors import Refused
from sandbox.files import Files
from sandbox.inline import post_result, sent_content
from sandbox.methods.locations import is_live
from sandbox.parameters import Upload
from sandbox.people import FRIENDS, Chat, Person
from sandbox.webapps import launch_url
from sandbox.wire import Json, present
from sandbox.world import Question, World, callback_answer, for_bot, quoted

TEXT_CHARACTERS = 4096
INLINE_CHARACTERS = 256
MOST_IN_ALBUM = 10
HISTORY = 200
WEB_APP_SECONDS = 24 * 3600
START_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A press or query that the bot owes an answer to."""

    id: str
    reply: asyncio.Future[Json]

    async def answer(self, timeout: float = 5) -> Json:
        """What the bot answered; TimeoutError where it does not."""
        return await asyncio.wait_for(asyncio.shield(self.reply), timeout)


class Phone:
    def __init__(self, world: World, person: Person, token: str) -> None:
        self.world = world
        self.person = person
        self._token = token

    @property
    def id(self) -> int:
        return self.person.id

    @property
    def messages(self) -> list[Json]:
        """Everything this person sees now, oldest first."""
        return self.world.messages_of(self.id)

    def hello(self) -> Json:
        """What a chat page needs to draw itself from nothing."""
        return {
            "type": "hello",
            "person": self.person.user(),
            "bot": self.world.profile_for(self.person),
            "messages": self.messages[-HISTORY:],
            "reply_keyboard": self.world.chats[self.id].reply_keyboard,
            "blocked": self.person.blocked,
        }

    async def send(
        self, content: Json, *, reply_to: int | None = None, chat: int | None = None
    ) -> Json:
        """Send any kind of message: ``{"sticker": ...}``; to the bot, or into a group."""
        place = self._chat(chat)
        if place.has_bot and self.person.blocked:
            raise Refused("You have blocked this bot. Unblock it to write.")
        if place.id == self.id:
            self.person.started = True
        replied = self.world.find(place.id, reply_to)
        extras = present(reply_to_message=replied and quoted(replied))
        message = self.world.post(place, self.person.user(), content | extras)
        self.world.hear(message)
        return message

    async def send_text(
        self, text: str, *, reply_to: int | None = None, chat: int | None = None
    ) -> Json:
        return await self.send(plain_text(text), reply_to=reply_to, chat=chat)

    async def start(self, payload: str = "") -> Json:
        """Open the bot, as by its ``?start=payload`` link."""
        if payload and not START_PAYLOAD.fullmatch(payload):
            raise Refused(
                "This link is broken: up to 64 letters, digits, - and _ may follow start="
            )
        return await self.send_text(f"/start {payload}")

    async def send_location(
        self, latitude: float, longitude: float, *, live_period: int | None = None
    ) -> Json:
        return await self.send(
            {"location": place(latitude, longitude) | present(live_period=live_period)}
        )

    async def move_location(self, message_id: int, latitude: float, longitude: float) -> Json:
        message = self._live(message_id)
        return self._edit(message, {**message["location"], **place(latitude, longitude)})

    async def stop_location(self, message_id: int) -> Json:
        location = dict(self._live(message_id)["location"])
        location.pop("live_period")
        return self._edit(self._live(message_id), location)

    async def send_photo(self, data: bytes, caption: str = "", *, album: str = "") -> Json:
        """One photo; ``album`` names an album whose parts are sent one by one."""
        photo = {"photo": await self._files.add_photo(data)} | present(media_group_id=album)
        [message] = await self._send_album([photo], caption)
        return message

    async def send_photos(self, photos: Sequence[bytes], caption: str = "") -> list[Json]:
        """One photo, or 2-10 as an album whose first part carries the caption."""
        check_count(photos)
        kept = [{"photo": await self._files.add_photo(data)} for data in photos]
        return await self._send_album(kept, caption)

    async def send_document(
        self, data: bytes, name: str = "file.bin", mime: str = "", caption: str = ""
    ) -> Json:
        [message] = await self.send_documents([Upload(name, mime, data)], caption)
        return message

    async def send_documents(self, files: Sequence[Upload], caption: str = "") -> list[Json]:
        """Files as they are, even where they are pictures."""
        check_count(files)
        kept = [{"document": self._files.add_document(upload)} for upload in files]
        return await self._send_album(kept, caption)

    async def forward(self, message_id: int, *, chat: int | None = None) -> Json:
        """Forward a message that this person sees, without its buttons."""
        return await self.send(forwarded(self._message(message_id)), chat=chat)

    async def edit_text(self, message_id: int, text: str) -> Json:
        """Change one's own earlier message."""
        message = self._message(message_id)
        if message["from"]["id"] != self.id or "text" not in message:
            raise Refused("Only your own texts can be edited.")
        kept = {name: value for name, value in message.items() if name != "entities"}
        return self._show_edit(kept | plain_text(text) | {"edit_date": self.world.now})

    async def press_data(self, message_id: int, data: str) -> Asked:
        """Press the inline button that carries ``data``, even one that has just gone."""
        message = self._message(message_id)
        if inline_id := message.get("inline_message_id"):
            return await self.press_inline(inline_id, data)
        place = {"message": for_bot(message)}
        return self._pressed(place, data, message_id)

    async def press_inline(self, inline_message_id: str, data: str) -> Asked:
        """Press a button of a message sent via the bot; the bot does not see the message."""
        _, message_id = self.world.inline_messages.get(inline_message_id, (0, 0))
        if not message_id:
            raise Refused("This message is gone.")
        return self._pressed({"inline_message_id": inline_message_id}, data, message_id)

    async def ask_inline(
        self, query: str, *, offset: str = "", at: tuple[float, float] | None = None
    ) -> Asked:
        """Type ``@bot query``; ``at`` shares the location with it."""
        facts = {
            "from": self.person.user(),
            "query": query[:INLINE_CHARACTERS],
            "offset": offset,
        } | present(location=place(*at) if at else None)
        asked = self._ask("inline_query", facts, self.world.query_timeout)
        self.world.updates.add(
            "inline_query", {"id": asked.id, "chat_type": "group"} | facts, self.id
        )
        return asked

    async def choose_inline(
        self,
        result: Json,
        query: str,
        *,
        at: tuple[float, float] | None = None,
        chat: int = FRIENDS,
    ) -> Json:
        """Send an inline result into the friends' chat, or another."""
        message = post_result(self.world, self.person, self._chat(chat), sent_content(result))
        inline_id = message["inline_message_id"] if "reply_markup" in message else None
        chosen = {
            "result_id": result["id"],
            "from": self.person.user(),
            "query": query[:INLINE_CHARACTERS],
        } | present(location=place(*at) if at else None, inline_message_id=inline_id)
        self.world.updates.add("chosen_inline_result", chosen, self.id)
        return message

    async def open_web_app(self, url: str) -> str:
        """The address of a web app with launch data signed for this person."""
        asked = self._ask("web_app_query", {}, WEB_APP_SECONDS)
        return launch_url(url, self._token, self.person, asked.id, self.world.now)

    async def send_web_app_data(self, data: str, button_text: str) -> Json:
        """What a web app opened from the reply keyboard sends back."""
        return await self.send({"web_app_data": {"data": data, "button_text": button_text}})

    async def block(self, blocked: bool = True) -> None:
        """Block the bot or let it write again; it is told either way."""
        if self.person.blocked == blocked:
            return
        self.person.blocked = blocked
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        self.world.change_membership(self.world.chats[self.id], self.person, old, new)

    @property
    def _files(self) -> Files:
        return self.world.files

    def _chat(self, chat_id: int | None) -> Chat:
        chat = self.world.chats.get(chat_id or self.id)
        if chat is None or self.id not in chat.members:
            raise Refused("You are not in this chat.")
        return chat

    def _message(self, message_id: int) -> Json:
        for chat in self.world.chats_of(self.id):
            if message := self.world.find(chat.id, message_id):
                return message
        raise Refused("This message is gone.")

    def _live(self, message_id: int) -> Json:
        message = self._message(message_id)
        if message["from"]["id"] != self.id or not is_live(message, self.world.now):
            raise Refused("This location is no longer live.")
        return message

    def _edit(self, message: Json, location: Json) -> Json:
        return self._show_edit(message | {"location": location, "edit_date": self.world.now})

    def _show_edit(self, edited: Json) -> Json:
        self.world.replace(edited)
        chat = self.world.chats[edited["chat"]["id"]]
        if chat.has_bot:
            self.world.updates.add("edited_message", for_bot(edited), chat.id)
        return edited

    async def _send_album(self, parts: list[Json], caption: str) -> list[Json]:
        several = len(parts) > 1
        group = present(media_group_id=str(secrets.randbelow(2**53)) if several else None)
        parts[0] |= present(caption=caption, caption_entities=list(detected(caption, [])))
        return [await self.send(part | group) for part in parts]

    def _pressed(self, where: Json, data: str, message_id: int) -> Asked:
        shown_at = {"message_id": message_id} | present(
            inline_message_id=where.get("inline_message_id")
        )
        asked = self._ask("callback_query", shown_at, self.world.query_timeout)
        query = {
            "id": asked.id,
            "from": self.person.user(),
            "chat_instance": str(self.id),
            "data": data,
        }
        self.world.updates.add("callback_query", query | where, self.id)
        return asked

    def _ask(self, kind: str, facts: Json, seconds: float) -> Asked:
        loop = asyncio.get_running_loop()
        reply: asyncio.Future[Json] = loop.create_future()
        ends_at = self.world.clock() + seconds
        query_id = self.world.ask(Question(kind, self.id, ends_at, facts, reply.set_result))
        loop.call_later(seconds, self._give_up, query_id)
        return Asked(query_id, reply)

    def _give_up(self, query_id: str) -> None:
        """Forget a question that nobody answered, and stop the button's spinner."""
        question = self.world.questions.pop(query_id, None)
        if question and question.kind == "callback_query":
            self.world.show(self.id, callback_answer(query_id) | question.facts)


def plain_text(text: str) -> Json:
    """Typed words as a message, with the commands and links found in them."""
    text = text.strip()
    if not text:
        raise Refused("There is nothing to send.")
    if len(text) > TEXT_CHARACTERS:
        raise Refused(f"A message has at most {TEXT_CHARACTERS} characters.")
    return {"text": text} | present(entities=list(detected(text, [])))


def check_count(files: Sequence[object]) -> None:
    if not 1 <= len(files) <= MOST_IN_ALBUM:
        raise Refused(f"Choose between 1 and {MOST_IN_ALBUM} files.")


def place(latitude: float, longitude: float) -> Json:
    # A comparison with NaN is false, so this refuses it too.
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise Refused("This is not a place.")
    return {"latitude": latitude, "longitude": longitude}
