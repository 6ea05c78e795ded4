"""What people type in each of our languages, as the words of the one English grammar.

A table for each language says which of its words stand for which of the grammar's; why so, see
docs/decisions/typed-words.md. English words stay as they are, so English is always understood as
well; where a word means something in both, the person's own language counts.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

from babel.dates import get_day_names, get_month_names

from views.words import SOURCE

Section: TypeAlias = Literal["times", "nothing", "sizes", "prices", "control"]

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BEGINS, _ENDS = r"(?:(?<![^\W\d_])|(?=/))", r"(?![^\W\d_])"
"""No letter stands before a word and none behind it; "50 грн/год" has a word that is a slash."""
_SLASHED = re.compile(r"(?<![\d/])(?!24/7\b)(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?![\d/])")
_PUNCTUATION = {**dict.fromkeys(map(ord, "‐‑‒–—−"), "-"), **dict.fromkeys(map(ord, "’ʼ`´"), "'")}


def plainly(text: str) -> str:
    """Small letters without accents, the plain dash and apostrophe, single spaces."""
    apart = unicodedata.normalize("NFKD", text.translate(_PUNCTUATION)).lower()
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(bare.split())


def in_english(text: str, language: str, *sections: Section) -> str:
    """The text, plainly written, with the words of a language as English ones; others stay.

    Numbers in words, of either, are digits where it may be about time.
    """
    plain = plainly(text)
    if "times" in sections:
        for words in (_numbers(language), _numbers(SOURCE)):
            plain = words.sub(lambda found: str((found.lastindex or 0) + 1), plain)
    table = _table(language, sections)
    return plain if table is None else table.english_of(plain)


def as_typed(part: str, text: str) -> str:
    """The part of a text to name to whoever typed it; all of it where that was put otherwise."""
    return part if part and part in text.lower() else text[:40]


@dataclass(frozen=True, slots=True)
class _Table:
    """``words`` has a group for each entry of ``english``."""

    words: re.Pattern[str]
    english: tuple[str, ...]
    day_first: bool

    def english_of(self, plain: str) -> str:
        if self.day_first:
            plain = _SLASHED.sub(r"\1.\2.\3", plain)
        english = self.words.sub(lambda found: self.english[(found.lastindex or 1) - 1], plain)
        return " ".join(english.split())


@lru_cache
def _numbers(language: str) -> re.Pattern[str]:
    """A group for each of two to twelve."""
    words = "|".join(f"({plainly(said)})" for said in spoken(language)["numbers"])
    return re.compile(rf"{_BEGINS}(?:{words}){_ENDS}")


@lru_cache
def _table(language: str, sections: tuple[Section, ...]) -> _Table | None:
    """None for English itself."""
    if language == SOURCE:
        return None
    known = spoken(language)
    pairs = [
        (english, plainly(said))
        for section in sections
        for english, words in known[section].items()
        for said in words
    ]
    if "times" in sections:
        pairs += _calendar(language)
    # An empty group behind each: one around it would hide its first letter from the regex engine.
    entries = "|".join(f"{said}()" for _, said in pairs)
    words = re.compile(rf"{_BEGINS}(?:{entries}){_ENDS}(?:\.(?!\d))?")
    day_first = "times" in sections and known["slashed_dates"]
    return _Table(words, tuple(english for english, _ in pairs), day_first)


def spoken(language: str) -> dict[str, Any]:
    """What is written of it in its file."""
    return tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text("utf-8"))


def _calendar(language: str) -> Iterator[tuple[str, str]]:
    """Days, singly or every one of them, and months, as the cards write them too."""
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            for day, name in get_day_names(width, context, language).items():
                yield _DAYS[day], re.escape(plainly(name).rstrip(".")) + "s?"
            for month, name in get_month_names(width, context, language).items():
                yield MONTHS[month - 1], re.escape(plainly(name).rstrip("."))
