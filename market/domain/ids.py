"""Ids: 50 random bits, written as ten characters that survive being read aloud.

Random, so that nobody can walk through them; an integer, so that the store joins on it quickly and
a script in a browser can hold it exactly.
"""

import secrets
from typing import NewType

PersonId = NewType("PersonId", int)
SpaceId = NewType("SpaceId", int)
QuoteId = NewType("QuoteId", int)
BookingId = NewType("BookingId", int)
VehicleId = NewType("VehicleId", int)
PhotoId = NewType("PhotoId", int)
MessageId = NewType("MessageId", int)
ReportId = NewType("ReportId", int)
SessionId = NewType("SessionId", int)
InvitationId = NewType("InvitationId", int)
PlaceId = NewType("PlaceId", int)
AlertId = NewType("AlertId", int)

BITS = 50
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 in lower case: no i, l, o or u."""
_VALUE = {letter: value for value, letter in enumerate(_ALPHABET)} | {"i": 1, "l": 1, "o": 0}
LENGTH = BITS // 5


def new_id() -> int:
    """A fresh id, never 0."""
    return secrets.randbelow((1 << BITS) - 1) + 1


def written(number: int) -> str:
    """The ten characters of an id, as links, buttons and the HTTP API carry it."""
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(BITS - 5, -1, -5))


def read_id(text: str) -> int | None:
    """The id behind ten characters, forgiving capitals and look-alikes; None for anything else."""
    values = [_VALUE.get(letter) for letter in text.strip().lower()]
    if len(values) != LENGTH:
        return None
    number = 0
    for value in values:
        if value is None:
            return None
        number = number << 5 | value
    return number or None
