"""What Telegram finds in a text by itself: commands, links, addresses, mentions, tags."""

import re
from collections.abc import Iterator

from sandbox.wire import Json

PATTERN = re.compile(
    r"(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<url>\bhttps?://[^\s<>\"]*[^\s<>\".,;:!?)\]])"
    r"|(?P<mention>(?<![\w/@])@[A-Za-z]\w{3,31}\b)"
    r"|(?P<bot_command>(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/]))"
    r"|(?P<hashtag>(?<![\w#])#\w*[^\W\d]\w*)"
)
CLOSED = {"code", "pre", "text_link", "text_mention"}


def detected(text: str, marks: list[Json]) -> Iterator[Json]:
    """Entities for what is recognised outside of code and links."""
    closed = [(m["offset"], m["offset"] + m["length"]) for m in marks if m["type"] in CLOSED]
    taken = {(m["offset"], m["type"]) for m in marks}
    # Entities count UTF-16 units, regular expressions count characters.
    wide = [i for i, letter in enumerate(text) if letter > "\uffff"]
    for found in PATTERN.finditer(text):
        kind = str(found.lastgroup)
        start = found.start() + sum(i < found.start() for i in wide)
        end = found.end() + sum(i < found.end() for i in wide)
        inside = any(start < b and a < end for a, b in closed)
        if not inside and (start, kind) not in taken:
            yield {"type": kind, "offset": start, "length": end - start}
