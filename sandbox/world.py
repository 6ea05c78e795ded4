"""The whole state of the local Telegram, in memory: people, chats, messages, open questions."""

import itertools
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from sandbox.errors import BadRequest
from sandbox.files import Files
from sandbox.people import FRIENDS, Chat, Person
from sandbox.profile import Profile
from sandbox.updates import Updates
from sandbox.wire import Clock, Json

NOT_QUOTED = {"reply_to_message", "inline_message_id"}

Listener = Callable[[Json], None]


@dataclass(frozen=True, slots=True)
class Question:
    """A callback, inline or web app query that the bot has not answered yet."""

    kind: str
    person_id: int
    ends_at: float
    facts: Json
    answered: Callable[[Json], None] = lambda answer: None


@dataclass
class World:
    """Messages are never changed in place: updates and frames hold on to what they showed."""

    profile: Profile
    clock: Clock
    query_timeout: float
    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=lambda: {FRIENDS: Chat.friends()})
    messages: dict[int, dict[int, Json]] = field(default_factory=lambda: defaultdict(dict))
    inline_messages: dict[str, tuple[int, int]] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    listeners: dict[int, set[Listener]] = field(default_factory=lambda: defaultdict(set))
    files: Files = field(default_factory=Files)
    updates: Updates = field(default_factory=lambda: Updates(secrets.randbelow(2**30) + 1))
    _message_ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _group_ids: Iterator[int] = field(default_factory=lambda: itertools.count(FRIENDS - 1, -1))

    @property
    def now(self) -> int:
        return int(self.clock())

    def add_person(self, person: Person) -> None:
        self.people[person.id] = person
        self.chats[person.id] = Chat.private(person)
        self.chats[FRIENDS].members.add(person.id)

    def add_group(self, title: str, members: Iterable[int]) -> Chat:
        """A group that the bot has just been added to."""
        chat = Chat.group(next(self._group_ids), title, set(members))
        self.chats[chat.id] = chat
        return chat

    def chats_of(self, person_id: int) -> list[Chat]:
        return [chat for chat in self.chats.values() if person_id in chat.members]

    def messages_of(self, person_id: int) -> list[Json]:
        """Everything a person sees, oldest first."""
        seen = [m for chat in self.chats_of(person_id) for m in self.messages[chat.id].values()]
        return sorted(seen, key=lambda message: int(message["message_id"]))

    def find(self, chat_id: int, message_id: int | None) -> Json | None:
        return self.messages[chat_id].get(message_id or 0)

    def post(self, chat: Chat, sender: Json, content: Json, *, silent: bool = False) -> Json:
        """Put a message into a chat, before everybody's eyes; the bot's queue is not touched."""
        message_id = next(self._message_ids)
        message = {
            "message_id": message_id,
            "from": sender,
            "chat": chat.as_json(),
            "date": self.now,
        } | content
        self.messages[chat.id][message_id] = message
        self.show_all(chat, {"type": "message", "message": message, "silent": silent})
        return message

    def replace(self, message: Json) -> None:
        """Show the new version of a message."""
        chat = self.chats[message["chat"]["id"]]
        self.messages[chat.id][message["message_id"]] = message
        self.show_all(chat, {"type": "edit", "message": message})

    def delete(self, chat: Chat, message_id: int) -> None:
        del self.messages[chat.id][message_id]
        self.show_all(chat, {"type": "delete", "message_id": message_id, "chat_id": chat.id})

    def set_reply_keyboard(self, chat: Chat, markup: Json | None) -> None:
        chat.reply_keyboard = markup
        self.show_all(chat, {"type": "reply_keyboard", "markup": markup, "chat_id": chat.id})

    def show_all(self, chat: Chat, frame: Json) -> None:
        for member in chat.members:
            self.show(member, frame)

    def show(self, person_id: int, frame: Json) -> None:
        for listener in list(self.listeners[person_id]):
            listener(frame)

    def show_profile(self) -> None:
        """Tell every app that the bot's name, commands or menu have changed."""
        for person in self.people.values():
            self.show(person.id, {"type": "bot", "bot": self.profile_for(person)})

    def profile_for(self, person: Person) -> Json:
        return self.profile.seen_in(self.chats[person.id], person.language_code)

    def hear(self, message: Json) -> None:
        """Tell the bot of a person's message, if it may hear it."""
        chat = self.chats[message["chat"]["id"]]
        if chat.has_bot and (chat.hears_everything or self._concerns_bot(message)):
            self.updates.add("message", for_bot(message), chat.id)

    def change_membership(self, chat: Chat, by: Person, old: str, new: str) -> None:
        """Tell the bot that it was let in or thrown out."""
        change = {
            "chat": chat.as_json(),
            "from": by.user(),
            "date": self.now,
            "old_chat_member": self._member(old),
            "new_chat_member": self._member(new),
        }
        self.updates.add("my_chat_member", change, chat.id)

    def ask(self, question: Question) -> str:
        """Remember a question; its id is what the bot will answer to."""
        query_id = str(secrets.randbelow(2**62) + 2**62)
        self.questions[query_id] = question
        return query_id

    def answered(self, kind: str, query_id: str) -> Question:
        """The question being answered: each can be once, and not late."""
        question = self.questions.get(query_id)
        if question is None or question.kind != kind or self.clock() > question.ends_at:
            raise BadRequest("query is too old and response timeout expired or query ID is invalid")
        del self.questions[query_id]
        return question

    def _member(self, status: str) -> Json:
        until = {"until_date": 0} if status == "kicked" else {}
        return {"status": status, "user": self.profile.user()} | until

    def _concerns_bot(self, message: Json) -> bool:
        """What a bot in privacy mode hears of a group: commands, replies, who comes and goes."""
        if "new_chat_members" in message or "left_chat_member" in message:
            return True
        replied = message.get("reply_to_message", {}).get("from", {}).get("id")
        if replied == self.profile.id or "via_bot" in message:
            return True
        command = message.get("text", "").split()[:1]
        name, _, addressee = "".join(command).partition("@")
        return name.startswith("/") and addressee.lower() in ("", self.profile.username.lower())


def quoted(message: Json) -> Json:
    """A message as it stands in a reply: without what it replied to itself."""
    return {name: value for name, value in message.items() if name not in NOT_QUOTED}


def for_bot(message: Json) -> Json:
    """A message without what only the chat page needs to know."""
    return {name: value for name, value in message.items() if name != "inline_message_id"}


def callback_answer(
    query_id: str, text: str = "", url: str = "", *, show_alert: bool = False
) -> Json:
    """The frame that ends the waiting of a pressed button."""
    return {
        "type": "callback_answer",
        "callback_id": query_id,
        "text": text,
        "show_alert": show_alert,
        "url": url,
    }
