"""Hours with a mark behind them: "18 o'clock", "18h", and "18h?", which may be either.

English and German say "18h" for a length alone, unless it stands where only a time of day can;
elsewhere the same mark is a time of day as well, and the words around it have to tell which.
"""

import re

_MINUTES = r"(?:\s?(?P<minutes>[0-5]\d)(?![\d:.,]\d|\d|\s?(?:h|min|m|d|w)))?"
_OCLOCK = re.compile(rf"(?P<hour>\d{{1,2}})\s?o'clock{_MINUTES}")
_NEEDLESS = re.compile(r"(\d:\d{2}|\d\.\d{2}(?=\s?o'clock))\s?(?:o'clock|h\??)(?![\w?])")
_MARKED = re.compile(rf"(?<![\d:.,])(?P<hour>\d{{1,3}})\s?(?P<mark>h\?|h(?![a-z?])){_MINUTES}")
_LEADS = re.compile(r"(?:\b(?:from|at|between|till|until|til|to|and)|[-@])\s*$")
_LENGTH_LEADS = re.compile(r"\b(?:for|in)\s*$")
_JOINS = re.compile(r"\s*(?:-|(?:to|till|until|and)\b)\s*\d|\s*[ap]m\b")
_START_FOLLOWS = re.compile(r"\s*(?:(?:from|at)\b|@)")
_OTHER_TIME = re.compile(r"\d:\d\d|\d\s?h\?")
_LENGTH_FOLLOWS = re.compile(r".*(?:\d\s?(?:h\b|h\?|days?\b|weeks?\b)|\bfor\b)")
_MINUTES_FOLLOW = re.compile(r"\s*\d{1,2}\s?min")

_DAYTIME = 12
"""Nobody stays for 13 to 23 hours and says so in hours: that is a time of day."""
_SHORT = 6
"""Hours that nobody gives as a time of day without saying more."""


def settled(text: str) -> str:
    """Times of day as "18:00", lengths as "18h"; what may well be meant as either stays "9h?"."""
    text = _OCLOCK.sub(_as_clock, _NEEDLESS.sub(r"\1", text))
    return _MARKED.sub(lambda found: _settled(found, text), text)


def unsettled(text: str) -> bool:
    """Whether this is an hour that may be meant as either."""
    return bool(_MARKED.fullmatch(text))


def as_clocks(text: str) -> str:
    """Where hours are times of day and nothing else: all of them but a whole day, "24h"."""
    text = _OCLOCK.sub(_as_clock, _NEEDLESS.sub(r"\1", text))
    return _MARKED.sub(lambda found: _as_clock(found) if _placed(found, text) else found[0], text)


def as_lengths(text: str) -> str:
    """Where hours are lengths and nothing else."""
    return text.replace("h?", "h")


def _settled(found: re.Match[str], text: str) -> str:
    """By where it stands, what stands beside it, and how many hours; else it stays as it is."""
    before, after = text[: found.start()], text[found.end() :]
    hours, as_length = int(found["hour"]), f"{found['hour']}h{found['minutes'] or ''}"
    if _placed(found, text):
        return _as_clock(found)
    if found["mark"] == "h" or _LENGTH_LEADS.search(before) or hours >= 24:
        return as_length
    if _START_FOLLOWS.match(after):
        return as_length
    if hours > _DAYTIME or (_LENGTH_FOLLOWS.match(after) and not _OTHER_TIME.search(before)):
        return _as_clock(found)
    if _OTHER_TIME.search(before + after) or _MINUTES_FOLLOW.match(after):
        return as_length
    if hours > _SHORT or before.strip() not in ("", "now"):
        return found[0]
    return as_length


def _placed(found: re.Match[str], text: str) -> bool:
    """Whether it stands where only a time of day can: behind "at", or on a side of a span."""
    return bool(_LEADS.search(text, 0, found.start()) or _JOINS.match(text, found.end()))


def _as_clock(found: re.Match[str]) -> str:
    return f"{found['hour']}:{found['minutes'] or '00'}"
