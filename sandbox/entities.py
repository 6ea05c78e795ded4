"""Formatted text: HTML to plain text and entities, with Telegram's own complaints.

Offsets and lengths of entities count UTF-16 code units; offsets in complaints count bytes.
"""

import re
from dataclasses import dataclass

from sandbox.detect import detected
from sandbox.errors import BadRequest
from sandbox.links import link
from sandbox.parameters import Parameters
from sandbox.wire import Json, present

SIMPLE_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
}
TAGS = {*SIMPLE_TAGS, "a", "pre", "blockquote", "tg-emoji"}
NAMED_ESCAPES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

ESCAPE = re.compile(r"&(?:#(?P<decimal>\d+)|#x(?P<hex>[0-9a-fA-F]+)|(?P<name>lt|gt|amp|quot));?")
TAG_NAME = re.compile(r"[^\s>]*")
ATTRIBUTE_NAME = re.compile(r"""[^\s=>/"']*""")
BARE_VALUE = re.compile(r"[A-Za-z0-9.-]*")
SPACES = re.compile(r"\s*")
USER_LINK = re.compile(r"tg://user\?id=(\d+)")


def read_text(parameters: Parameters, name: str, entities: str) -> tuple[str, list[Json]]:
    """The text called ``name``, trimmed, and what marks it: parse_mode, entities, or found ones."""
    text = parameters.text(name)
    mode = parameters.text("parse_mode").lower()
    if mode == "html":
        text, marks = parse_html(text)
    elif mode in ("", "none"):
        marks = [_checked(mark) for mark in parameters.objects(entities)]
    else:
        raise BadRequest("unsupported parse_mode")
    text, marks = trimmed(text, marks)
    return text, in_order([*marks, *detected(text, marks)])


def parse_html(text: str) -> tuple[str, list[Json]]:
    return _Html(text).parse()


def units(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def trimmed(text: str, marks: list[Json]) -> tuple[str, list[Json]]:
    """Cut white space at both ends, and the entities that reach into it."""
    leading = units(text) - units(text.lstrip())
    kept = text.strip()
    length = units(kept)
    moved = []
    for mark in marks:
        start = max(mark["offset"] - leading, 0)
        end = min(mark["offset"] + mark["length"] - leading, length)
        if end > start:
            moved.append(mark | {"offset": start, "length": end - start})
    return kept, moved


def _checked(mark: Json) -> Json:
    """An entity as it was sent, if it says what and where it is."""
    for field, kind in (("type", str), ("offset", int), ("length", int)):
        if not isinstance(mark.get(field), kind):
            raise BadRequest(f"can't parse MessageEntity: Can't find field \"{field}\"")
    return mark


def in_order(marks: list[Json]) -> list[Json]:
    return sorted(marks, key=lambda mark: (mark["offset"], -mark["length"]))


@dataclass(frozen=True, slots=True)
class _OpenTag:
    name: str
    argument: str
    offset: int
    characters: int


class _Html:
    """One pass over the text; ``at`` is the next character, ``plain`` what was read so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.plain: list[str] = []
        self.offset = 0
        self.open: list[_OpenTag] = []
        self.marks: list[Json] = []

    def parse(self) -> tuple[str, list[Json]]:
        while self.at < len(self.text):
            if self.text.startswith("</", self.at):
                self._close()
            elif self.text[self.at] == "<":
                self._open()
            else:
                self._put(self._character())
        if self.open:
            name = self.open[-1].name
            raise self._broken(f'Can\'t find end tag corresponding to start tag "{name}"')
        return "".join(self.plain), _without_nonsense(self.marks)

    def _put(self, letters: str) -> None:
        self.plain.append(letters)
        self.offset += units(letters)

    def _character(self) -> str:
        """The next character, an escape counting as the one it stands for."""
        escape = ESCAPE.match(self.text, self.at)
        letter = _unescaped(escape) if escape else ""
        if escape is None or not letter:
            letter = self.text[self.at]
            self.at += 1
        else:
            self.at = escape.end()
        return letter

    def _open(self) -> None:
        begin = self.at
        self.at += 1
        name = self._take(TAG_NAME).lower()
        if self.at >= len(self.text):
            raise self._broken_at("Unclosed start tag", begin)
        if name not in TAGS:
            raise self._broken_at(f'Unsupported start tag "{name}"', begin)
        argument = ""
        while not self._skip_to_end_of_tag(name, begin):
            argument = self._attribute(name, begin) or argument
        self.at += 1
        if name == "span" and argument != "spoiler":
            raise self._broken_at('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_OpenTag(name, argument, self.offset, len(self.plain)))

    def _skip_to_end_of_tag(self, name: str, begin: int) -> bool:
        self._take(SPACES)
        if self.at >= len(self.text):
            raise self._broken_at(f'Unclosed start tag "{name}"', begin)
        return self.text[self.at] == ">"

    def _attribute(self, tag: str, begin: int) -> str:
        """Read one attribute; what it says about the tag, if it is one that counts."""
        attribute = self._take(ATTRIBUTE_NAME).lower()
        if not attribute:
            raise self._broken_at(f'Empty attribute name in the tag "{tag}"', begin)
        self._take(SPACES)
        if self.at >= len(self.text):
            raise self._broken_at(f'Unclosed start tag "{tag}"', begin)
        if self.text[self.at] == "=":
            value = self._value(tag, begin)
        elif attribute == "expandable":
            value = "1"
        else:
            complaint = f'Expected equal sign in declaration of an attribute of the tag "{tag}"'
            raise self._broken_at(complaint, begin)
        match tag, attribute:
            case ("a", "href") | ("tg-emoji", "emoji-id") | ("blockquote", "expandable"):
                return value
            case ("code", "class") if value.startswith("language-"):
                return value.removeprefix("language-")
            case ("span", "class") if value.startswith("tg-"):
                return value.removeprefix("tg-")
        return ""

    def _value(self, tag: str, begin: int) -> str:
        self.at += 1
        self._take(SPACES)
        quote = self.text[self.at : self.at + 1]
        if quote not in ("'", '"'):
            token_begin = self.at
            value = self._take(BARE_VALUE).lower()
            if not re.match(r"[\s>]", self.text[self.at : self.at + 1]):
                raise self._broken_at("Unexpected end of name token", token_begin)
            return value
        self.at += 1
        letters: list[str] = []
        while self.at < len(self.text) and self.text[self.at] != quote:
            letters.append(self._character())
        if self.at >= len(self.text):
            raise self._broken_at(f'Unclosed start tag "{tag}"', begin)
        self.at += 1
        return "".join(letters)

    def _close(self) -> None:
        begin = self.at
        if not self.open:
            raise self._broken_at("Unexpected end tag", begin)
        self.at += 2
        name = self._take(TAG_NAME).lower()
        self._take(SPACES)
        if self.text[self.at : self.at + 1] != ">":
            raise self._broken_at("Unclosed end tag", begin)
        self.at += 1
        tag = self.open.pop()
        if name not in ("", tag.name):
            byte = len(self.text[:begin].encode())
            raise self._broken(
                f"Unmatched end tag at byte offset {byte}, "
                f'expected "</{tag.name}>", found "</{name}>"'
            )
        if self.offset > tag.offset:
            self._mark(tag)

    def _mark(self, tag: _OpenTag) -> None:
        span = {"offset": tag.offset, "length": self.offset - tag.offset}
        match tag.name:
            case "a":
                shown = "".join(self.plain[tag.characters :])
                self.marks += [span | target for target in _links(tag.argument or shown)]
            case "pre":
                inner = next((m for m in self.marks if m == m | span and "language" in m), {})
                language = present(language=inner.get("language"))
                self.marks.append({"type": "pre"} | span | language)
            case "blockquote":
                kind = "expandable_blockquote" if tag.argument else "blockquote"
                self.marks.append({"type": kind} | span)
            case "tg-emoji":
                emoji = {"type": "custom_emoji", "custom_emoji_id": tag.argument}
                self.marks.append(emoji | span)
            case name:
                language = present(language=tag.argument if name == "code" else "")
                self.marks.append({"type": SIMPLE_TAGS[name]} | span | language)

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        taken = found.group() if found else ""
        self.at += len(taken)
        return taken

    def _broken_at(self, complaint: str, position: int) -> BadRequest:
        byte = len(self.text[:position].encode())
        return self._broken(f"{complaint} at byte offset {byte}")

    @staticmethod
    def _broken(complaint: str) -> BadRequest:
        return BadRequest(f"can't parse entities: {complaint}")


def _unescaped(escape: re.Match[str]) -> str:
    """The character an escape stands for; nothing where there is no such character."""
    if name := escape["name"]:
        return NAMED_ESCAPES[name]
    code = int(escape["decimal"]) if escape["decimal"] else int(escape["hex"], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _links(address: str) -> list[Json]:
    """A link as an entity; an address that leads nowhere makes none."""
    if user := USER_LINK.fullmatch(address):
        mentioned = {"id": int(user[1]), "is_bot": False, "first_name": ""}
        return [{"type": "text_mention", "user": mentioned}]
    url = link(address)
    return [{"type": "text_link", "url": url}] if url else []


def _without_nonsense(marks: list[Json]) -> list[Json]:
    """Nothing marks up code from inside or as its twin, and quotes do not nest."""
    kept: list[Json] = []
    for mark in in_order(marks[::-1]):
        if not any(_swallows(outer, mark) for outer in kept):
            kept.append({k: v for k, v in mark.items() if k != "language" or mark["type"] == "pre"})
    return kept


def _swallows(outer: Json, inner: Json) -> bool:
    if inner["offset"] >= outer["offset"] + outer["length"]:
        return False
    if outer["type"] in ("pre", "code"):
        return True
    return "blockquote" in outer["type"] and "blockquote" in inner["type"]
