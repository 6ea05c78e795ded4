"""The bot as people see it: names, descriptions, commands and the menu button."""

from dataclasses import dataclass, field

from sandbox.people import Chat
from sandbox.wire import Json, present

DEFAULT_MENU = {"type": "default"}


@dataclass(slots=True)
class Profile:
    """Texts are kept per language, '' being for everybody else; commands per scope too."""

    id: int
    first_name: str
    username: str
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)

    def user(self) -> Json:
        name = self.names.get("") or self.first_name
        return {"id": self.id, "is_bot": True, "first_name": name, "username": self.username}

    def me(self) -> Json:
        return self.user() | {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def menu_button(self, chat_id: int) -> Json:
        fallback = self.menu_buttons.get(0, DEFAULT_MENU)
        return self.menu_buttons.get(chat_id, fallback)

    def seen_in(self, chat: Chat, language: str) -> Json:
        """The bot as somebody of that language sees it in their private chat."""
        commands: list[Json] = []
        for scope in (f"chat:{chat.id}", "all_private_chats", "default"):
            commands = self.commands.get((scope, language)) or self.commands.get((scope, "")) or []
            if commands:
                break
        described = in_language(self.descriptions, language)
        name = in_language(self.names, language) or self.first_name
        return (
            self.user()
            | {"first_name": name, "commands": commands, "menu_button": self.menu_button(chat.id)}
            | present(description=described)
        )


def in_language(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or texts.get("", "")


def scope_key(scope: Json) -> str:
    """The name under which the commands of a BotCommandScope are kept."""
    parts = [scope.get("type", "default"), scope.get("chat_id"), scope.get("user_id")]
    return ":".join(str(part) for part in parts if part is not None)
