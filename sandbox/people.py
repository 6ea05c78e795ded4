"""The invented people, and the chats they meet the bot and each other in."""

from dataclasses import dataclass, field

from sandbox.wire import Json, present

FRIENDS = -1000


@dataclass(slots=True)
class Person:
    """Somebody with a Telegram app. ``started`` is false until they opened the bot."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "en"
    role: str = ""
    started: bool = True
    blocked: bool = False

    def names(self) -> Json:
        return {"first_name": self.first_name} | present(
            last_name=self.last_name, username=self.username
        )

    def user(self) -> Json:
        """The person as every app and the bot see them: no empty fields."""
        language = present(language_code=self.language_code)
        return {"id": self.id, "is_bot": False} | self.names() | language


def two_neighbours() -> list[Person]:
    """The two people of the chat page."""
    return [
        Person(1001, "Riva", role="renter"),
        Person(1002, "Lasse", role="lister"),
    ]


@dataclass(slots=True)
class Chat:
    """A private chat with the bot (its id is the person's), or a group."""

    id: int
    type: str
    names: Json
    members: set[int]
    has_bot: bool = True
    hears_everything: bool = True
    reply_keyboard: Json | None = None
    pinned: list[int] = field(default_factory=list)

    @classmethod
    def private(cls, person: Person) -> "Chat":
        return cls(person.id, "private", person.names(), {person.id})

    @classmethod
    def group(cls, chat_id: int, title: str, members: set[int]) -> "Chat":
        return cls(chat_id, "group", {"title": title}, members, hears_everything=False)

    @classmethod
    def friends(cls) -> "Chat":
        """Where people talk without the bot; inline results are tried out here."""
        return cls(FRIENDS, "group", {"title": "Friends"}, set(), has_bot=False)

    def as_json(self) -> Json:
        return {"id": self.id, "type": self.type} | self.names
