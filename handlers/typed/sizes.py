"""Lengths of time and sizes of vehicles as listers type them: "30 min", "2 days", "1.9 m"."""

import re
from datetime import timedelta

from handlers.typed.hours import as_lengths
from handlers.typed.words import in_english
from market.domain.errors import Invalid
from market.domain.preferences import Size

_UNITS = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "mo": timedelta(days=30),
}
_LENGTH = re.compile(
    r"(\d+(?:[.,]\d+)?)\s?(months?|mo|min(?:ute)?s?|m|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:eeks?)?)"
)
_NOTHING = frozenset(("none", "no", "0", "nothing", "any", "no limit", "-"))
_METRIC = re.compile(r"(\d+(?:[.,]\d+)?)\s?(cm|m|meters?|metres?)?")
_FEET = re.compile(
    r"(\d{1,2})\s?(?:'|′|’|ft|feet|foot)\s?(?:(\d{1,2})\s?(?:\"|″|''|′′|in|inch(?:es)?)?)?"
)
_INCH = 2.54
_BETWEEN = re.compile(r"\s*(?:[x×*/]|\bby\b)\s*")
_BARE = re.compile(r"\d+(?:[.,]\d+)?")
_UNIT = re.compile(r"(?:cm|m)\w*$")


def read_length(text: str, language: str = "en") -> timedelta:
    """ "1 day 12 h"; nothing at all is no time. Raises Invalid("length", "not understood")."""
    plain = as_lengths(in_english(text, language, "nothing", "times"))
    if plain in _NOTHING:
        return timedelta()
    found = _LENGTH.findall(plain)
    if not found or _LENGTH.sub("", plain).replace("and", "").strip(" ,"):
        raise Invalid("length", "not understood", text[:40])
    return sum((_length(amount, unit) for amount, unit in found), timedelta())


def _length(amount: str, unit: str) -> timedelta:
    size = _UNITS["mo" if unit.startswith("mo") else unit[0]]
    seconds = float(amount.replace(",", ".")) * size.total_seconds()
    if seconds > timedelta(days=10_000).total_seconds():
        raise Invalid("length", "not understood", amount)
    return timedelta(minutes=round(seconds / 60))


def read_size(text: str, language: str = "en") -> int | None:
    """Centimetres, or None for no limit. Raises Invalid("size", "not understood").

    A bare number is metres if it can be one, else centimetres: nothing that parks is 30 cm high.
    """
    plain = in_english(text, language, "nothing", "sizes")
    if plain in _NOTHING:
        return None
    if found := _FEET.fullmatch(plain):
        return round((int(found[1]) * 12 + int(found[2] or 0)) * _INCH)
    found = _METRIC.fullmatch(plain)
    if found is None:
        raise Invalid("size", "not understood", text[:40])
    number = float(found[1].replace(",", "."))
    metres = found[2][0] == "m" if found[2] else number < 30
    return round(min(number, 100_000) * (100 if metres else 1))


def read_vehicle(text: str, language: str = "en") -> Size:
    """Height and length, or the height alone: "1.9 x 4.6 m". Raises Invalid, as for one size."""
    plain = in_english(text, language, "nothing", "sizes")
    height, *length = _BETWEEN.split(plain, maxsplit=1)
    if length and (unit := _UNIT.search(length[0])) and _BARE.fullmatch(height):
        height += unit[0]
    return Size(read_size(height), read_size(length[0]) if length else None)
