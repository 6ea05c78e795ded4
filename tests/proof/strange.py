"""Updates of every kind: as Telegram sends them, and as nobody ever should."""

import random
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count
from typing import Any

Json = dict[str, Any]

SCRIPTS = (
    "abc xyz 0123 .,:-",
    "äöüß ñ é ç Ωλ жук їжак",
    "\u202e\u2066\u2069\u200b\u200d\u00ad\ufeff",
    "😀🅿️👩‍👩‍👧🇺🇦",
    "\x00\x07\t\n\x7f\x9f",
    "<b>&amp;</i>\"'`*_[]()~",
)
SAYINGS = (
    *("2,50", "tomorrow 9-17", "fri 18:00 3h", "off till 18", "free 3h", "yes", "no"),
    *("HEL 204", "52.52, 13.405", "0,0", "Bakery Street 4", "1e999", "-1", "٣٤", "9" * 400),
    *("📍 Find parking", "📅 My bookings", "➕ List a space", "🏠 My spaces", "⚙️ Settings", "Done"),
)
COMMANDS = (
    *("start", "find", "list", "bookings", "spaces", "settings", "language", "help", "privacy"),
    *("terms", "export", "delete", "cancel", "admin", "nonsense", "start@parkplace_bot"),
)
JUNK: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 2**31, 2**63, -(2**70), 1.5, -1e308, "", "0", "private"),
    *("x" * 10_000, "\ud83d", "\x00", [], {}, [[]], [None], {"id": {}}, {"": ""}),
)
ENDS = ("channel_post", "edited_channel_post", "business_message", "edited_business_message")


@dataclass
class Strange:
    """``buttons`` gives the data of every button that anybody was shown."""

    chance: random.Random
    people: Sequence[int]
    now: Callable[[], int]
    buttons: Callable[[], Sequence[str]]
    ids: Any = field(default_factory=lambda: count(1_000_000))

    def sound(self) -> Json:
        """Of the shape that the Bot API describes, whatever it says."""
        kinds: Sequence[Callable[[], Json]] = (
            *(self._sent, self._sent, self._sent, self._sent, self._pressed, self._pressed),
            *(self._pressed, self._inline, self._chosen, self._edited, self._elsewhere),
            *(self._member, self._other),
        )
        return {"update_id": next(self.ids), **self.chance.choice(kinds)()}

    def typed(self) -> Json:
        """A sound inline query."""
        return {"update_id": next(self.ids), **self._inline()}

    def broken(self) -> object:
        """A sound one with some of it lost, replaced or grown; rarely no update at all."""
        if self.chance.random() < 0.02:
            return deepcopy(self.chance.choice(JUNK))
        update = deepcopy(self.sound())
        for _ in range(self.chance.randint(1, 4)):
            self._break(update)
        return update

    def _break(self, update: Json) -> None:
        """Its number is mostly left alone: without it nobody could tell what became of it."""
        bodies = [key for key in update if key != "update_id"]
        here: Any = update
        if bodies and self.chance.random() < 0.95:
            body = update[self.chance.choice(bodies)]
            here = body if body and isinstance(body, dict) else update
        while True:
            keys = list(here) if isinstance(here, dict) else range(len(here))
            if not keys:
                return
            key = self.chance.choice(list(keys))
            deeper = here[key]
            if not isinstance(deeper, dict | list) or not deeper or self.chance.random() < 0.25:
                break
            here = deeper
        match self.chance.randrange(4):
            case 0:
                del here[key]
            case 1 if isinstance(here, dict):
                here[self.text(8)] = deepcopy(self.chance.choice(JUNK))
            case 2:
                here[key] = self.text(5000)
            case _:
                here[key] = deepcopy(self.chance.choice(JUNK))

    def text(self, longest: int = 4096) -> str:
        if self.chance.random() < 0.5:
            return self.chance.choice(SAYINGS)[:longest]
        length = self.chance.choice((1, 5, 60, 600, longest))
        signs = "".join(self.chance.sample(SCRIPTS, 2))
        return "".join(self.chance.choices(signs, k=min(length, longest)))

    def _user(self) -> Json:
        user: Json = {"id": self.chance.choice(self.people), "is_bot": False}
        user["first_name"] = self.chance.choice(("Ann", self.text(64), " "))
        extras = {"last_name": self.text(64), "username": "somebody", "is_premium": True}
        extras["language_code"] = self.chance.choice(("en", "de", "uk", "", "xx-YY", self.text(9)))
        return {**user, **self._some(extras)}

    def _some(self, fields: Mapping[str, Any]) -> Json:
        return {key: value for key, value in fields.items() if self.chance.random() < 0.4}

    def _chat(self, user: Json) -> Json:
        if self.chance.random() < 0.85:
            return {"id": user["id"], "type": "private", "first_name": user["first_name"]}
        kind = self.chance.choice(("group", "supergroup", "channel"))
        return {"id": -self.chance.randint(1, 50), "type": kind, "title": self.text(60)}

    def _message(self, user: Json | None = None, **content: Any) -> Json:
        user = user or self._user()
        message: Json = {
            "message_id": self.chance.randint(1, 9999),
            "date": self.now() - self.chance.choice((0, 0, 0, 1, 700, 10**8)),
            "chat": self._chat(user),
            "from": user,
            **(content or self._content()),
        }
        around = {
            "reply_to_message": {"message_id": 1, "date": 0, "chat": message["chat"]},
            "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "X"},
            "media_group_id": self.chance.choice(("1", "2", self.text(20))),
            "message_thread_id": 3,
            "caption": self.text(1024),
        }
        return {**message, **self._some(around)} if self.chance.random() < 0.2 else message

    def _content(self) -> Json:
        chance = self.chance
        file = {"file_id": self.text(30), "file_unique_id": self.text(9), "file_size": 10**9}
        size = {**file, "width": 100_000, "height": 1}
        place = {"latitude": chance.uniform(-90, 90), "longitude": chance.uniform(-180, 180)}
        near = {"latitude": 52.52, "longitude": 13.405}
        live = {**near, "live_period": 900, "heading": 1, "horizontal_accuracy": 1500.0}
        contents: Sequence[Callable[[], Json]] = (
            *(lambda: {"text": self.text()}, self._command, lambda: {"location": near}),
            *(lambda: {"location": place}, lambda: {"location": live}),
            lambda: {"venue": {"location": place, "title": self.text(60), "address": ""}},
            *(lambda: {"photo": [size]}, lambda: {"photo": []}),
            lambda: {"document": {**file, **self._some({"mime_type": self.text(20)})}},
            lambda: {"contact": {"phone_number": self.text(20), "first_name": "A"}},
            *(
                lambda: {"voice": {**file, "duration": 0}},
                lambda: {"video": {**size, "duration": 1}},
            ),
            lambda: {"dice": {"emoji": "🎲", "value": 6}},
            lambda: {"new_chat_members": [self._user(), self._user()]},
            lambda: {"left_chat_member": self._user()},
            lambda: {"web_app_data": {"data": self.text(), "button_text": "x"}},
            *(
                lambda: {"migrate_to_chat_id": -10},
                lambda: {"pinned_message": self._message(text="x")},
            ),
            dict,
        )
        return chance.choice(contents)()

    def _command(self) -> Json:
        command = "/" + self.chance.choice(COMMANDS)
        parameter = self.chance.choice(("", self._link(), self.text(64)))
        entity = {"type": "bot_command", "offset": 0, "length": len(command)}
        return {"text": f"{command} {parameter}".strip(), "entities": [entity]}

    def _link(self) -> str:
        kinds = ("space", "scan", "link", "join", "book", "invite", "find", "report", "")
        number = "".join(self.chance.choices("0123456789abcdefghjkmnpqrstvwxyz", k=10))
        return f"{self.chance.choice(kinds)}_{self.chance.choice(('0000000007', number, ''))}"

    def _sent(self) -> Json:
        return {"message": self._message()}

    def _edited(self) -> Json:
        return {"edited_message": {**self._message(), "edit_date": self.now()}}

    def _elsewhere(self) -> Json:
        message = self._message()
        message["chat"] = {"id": -1000, "type": "channel", "title": "News"}
        if self.chance.random() < 0.5:
            del message["from"]
        return {self.chance.choice(ENDS): message}

    def _pressed(self) -> Json:
        user, shown = self._user(), self.buttons()
        query: Json = {"id": f"tap-{next(self.ids)}", "from": user, "chat_instance": "1"}
        if shown and self.chance.random() < 0.7:
            query["data"] = self.chance.choice(shown)
        else:
            query["data"] = (
                self.text(64).encode(errors="replace")[:60].decode(errors="ignore") or "?"
            )
        card = self._message(user, text="card")
        match self.chance.randrange(8):
            case 0:
                query["inline_message_id"] = self.text(20)
            case 1:
                query["message"] = {"message_id": 5, "date": 0, "chat": card["chat"]}
            case 2:
                query = {**query, "message": card, "game_short_name": "chess"}
                del query["data"]
            case _:
                query["message"] = card
        return {"callback_query": query}

    def _inline(self) -> Json:
        query: Json = {"id": str(next(self.ids)), "from": self._user(), "query": self.text(256)}
        query["offset"] = self.chance.choice(("", "5", "-1", self.text(64)))
        place = {"latitude": 52.52, "longitude": 13.405}
        return {"inline_query": {**query, **self._some({"location": place, "chat_type": "sender"})}}

    def _chosen(self) -> Json:
        chosen = {"result_id": self.text(64), "from": self._user(), "query": self.text(256)}
        return {"chosen_inline_result": chosen}

    def _member(self) -> Json:
        user = self._user()
        statuses = ("member", "kicked", "left", "restricted")
        bot = {"id": 42, "is_bot": True, "first_name": "P"}
        was, now = ({"user": bot, "status": self.chance.choice(statuses)} for _ in range(2))
        for one in (was, now):
            if one["status"] == "kicked":
                one["until_date"] = 0
            if one["status"] == "restricted":
                one["status"] = "member"
        return {
            "my_chat_member": {
                "chat": self._chat(user),
                "from": user,
                "date": self.now(),
                "old_chat_member": was,
                "new_chat_member": now,
            }
        }

    def _other(self) -> Json:
        user = self._user()
        order = {"id": "1", "from": user, "currency": "EUR", "total_amount": 1}
        answer = {"poll_id": "1", "user": user, "option_ids": [0], "option_persistent_ids": ["a"]}
        reaction = {"chat": self._chat(user), "message_id": 1, "user": user, "date": self.now()}
        others: Sequence[Json] = (
            {"pre_checkout_query": {**order, "invoice_payload": self.text(100)}},
            {"poll_answer": answer},
            {"message_reaction": {**reaction, "old_reaction": [], "new_reaction": []}},
            {self.text(20): {"from": user, "chat": self._chat(user)}},
            {},
        )
        return self.chance.choice(others)
